import { assertEquals } from "@std/assert";
import { parseParameters } from "./parameters.ts";

Deno.test("parameters are read as Ollama writes them, and what cannot be set is left out", () => {
  const text = [
    'stop                           "<|eot_id|>"',
    'stop                           "say \\"no\\"\\n\\x00"',
    "num_ctx                        1.048576e+06",
    "temperature                    0.7",
    "num_keep                       24",
    "top_k                          many",
  ].join("\n");
  assertEquals(parseParameters(text), {
    stop: ["<|eot_id|>", 'say "no"\n\u0000'],
    num_ctx: 1_048_576,
    temperature: 0.7,
  });
  assertEquals(parseParameters(""), {});
});
