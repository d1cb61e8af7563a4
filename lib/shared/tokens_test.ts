import { assert, assertEquals } from "@std/assert";
import { estimateTokens } from "./tokens.ts";

Deno.test("estimateTokens counts four Latin letters, or one and a half of others, to a token", () => {
  assertEquals(estimateTokens(""), 0);
  assertEquals(estimateTokens("a"), 1);
  assertEquals(estimateTokens("four"), 1);
  assertEquals(estimateTokens("Grüße dich!!"), 3);
  assertEquals(estimateTokens("世界世界世界"), 4);
});

Deno.test("estimateTokens is near the truth for prose", () => {
  // 23 short words and two signs: about as many tokens in the common vocabularies.
  const text =
    "The quick brown fox jumps over the lazy dog, and then it sleeps for a while under the big old oak tree until dusk.";
  assert(Math.abs(estimateTokens(text) - 25) <= 5);
});
