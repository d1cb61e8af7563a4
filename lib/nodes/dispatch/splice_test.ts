import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { Splice } from "./splice.ts";

const WRITTEN = "The quick brown fox jumps over the lazy dog,\n\n";
const REST = "and then it sleeps 🦊.\nThe end.";

/** What a splice makes of a text that comes in pieces of some length. */
function spliced(splice: Splice, text: string, length: number): string {
  let result = "";
  for (let at = 0; at < text.length; at += length) result += splice.take(text.slice(at, at + length));
  return result + splice.end();
}

Deno.test("a continuation is passed through, in pieces of any length", () => {
  for (let length = 1; length < 40; length++) {
    for (const mayReplay of [false, true]) {
      assertEquals(spliced(new Splice(WRITTEN, mayReplay), REST, length), REST);
      assertEquals(spliced(new Splice(WRITTEN, mayReplay), `\n\n${REST}`, length), REST, "the joint once");
    }
  }
});

Deno.test("an answer that is said once more goes on where the first one stopped", () => {
  for (let length = 1; length < 60; length++) {
    assertEquals(spliced(new Splice(WRITTEN, true), WRITTEN + REST, length), REST);
  }
  assertEquals(spliced(new Splice("The", true), "The end", 1), " end");
});

Deno.test("another answer is an error, and so is one that ends before it has come as far", () => {
  const other = `${WRITTEN.slice(0, 30)}and never comes back`;
  assertThrows(() => spliced(new Splice(WRITTEN, true), other, 7), FreshetError, "something else");
  assertThrows(
    () => spliced(new Splice(WRITTEN, true), WRITTEN.slice(0, 30), 7),
    FreshetError,
    "something else",
  );
});

Deno.test("a short ending that begins as the answer did is not lost", () => {
  assertEquals(spliced(new Splice(WRITTEN, true), "The quick", 4), "The quick");
});

Deno.test("less white space at the joint than there was is kept as it was", () => {
  assertEquals(spliced(new Splice("one \n", false), " \n two", 1), " two");
  assertEquals(spliced(new Splice("one ", false), "\ntwo", 1), "\ntwo");
});
