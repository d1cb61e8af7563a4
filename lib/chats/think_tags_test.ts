import { assertEquals } from "@std/assert";
import { ThinkTags } from "./think_tags.ts";

function split(chunks: string[]): { reasoning: string; text: string } {
  const tags = new ThinkTags();
  const pieces = [...chunks.flatMap((chunk) => tags.push(chunk)), ...tags.end()];
  const of = (type: string) => pieces.filter((piece) => piece.type === type).map(({ text }) => text).join("");
  return { reasoning: of("reasoning"), text: of("text") };
}

Deno.test("thinking at the beginning becomes reasoning, however the text is cut", () => {
  const whole = "\n<think>\nLet me < see </ now.\n</think>\n\nThe answer is <b>4</b>.";
  const expected = { reasoning: "Let me < see </ now.\n", text: "The answer is <b>4</b>." };
  assertEquals(split([...whole]), expected);
  for (let at = 0; at <= whole.length; at++) {
    assertEquals(split([whole.slice(0, at), whole.slice(at)]), expected, `cut at ${at}`);
  }
});

Deno.test("an answer without thinking, or one about the tags, stays as it is", () => {
  for (const text of ["Hello", "", "  <thin air>", "Use <think>…</think> for this.", "<"]) {
    assertEquals(split([...text]), { reasoning: "", text });
  }
});

Deno.test("thinking that never ends is reasoning", () => {
  assertEquals(split(["<think>hm", "m </thi"]), { reasoning: "hmm </thi", text: "" });
});
