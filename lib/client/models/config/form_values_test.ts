import { assertEquals } from "@std/assert";
import { contentOf, valuesOf } from "./form_values.ts";

const CONTENT = {
  base: "a:latest",
  parameters: { temperature: 0, stop: ["<s>", " end", "a\n\\n"] },
  system: "S",
  template: "",
};

Deno.test("a content goes through the form and back, and an empty field is none", () => {
  const values = valuesOf(CONTENT);
  assertEquals([values.parameters.temperature, values.parameters.stop, values.parameters.seed], [
    "0",
    "<s>\n end\na\\n\\\\n",
    "",
  ]);
  assertEquals(contentOf(values), { content: CONTENT, problems: [] });
});

Deno.test("what is not a number, not whole or out of range is told with its range", () => {
  const { parameters, ...rest } = valuesOf(CONTENT);
  const wrong = (changes: Partial<typeof parameters>) =>
    contentOf({ ...rest, parameters: { ...parameters, ...changes } }).problems.map(({ name, type }) =>
      `${name} ${type}`
    );
  assertEquals(wrong({ temperature: "hot", top_k: "1.5", num_ctx: "1", min_p: "1,5" }), [
    "temperature number",
    "top_k integer",
    "min_p number",
    "num_ctx integer",
  ]);
  assertEquals(wrong({ stop: "a".repeat(201) }), ["stop stop"]);
  assertEquals(wrong({ seed: "−1", temperature: "0,5" }), []);
});
