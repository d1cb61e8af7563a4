import { assertEquals } from "@std/assert";
import { keySequence, withControl } from "./screen_keys.ts";

Deno.test("keys send what terminals send", () => {
  const plain = { isApplication: false };
  assertEquals(keySequence("up", plain), "\x1b[A");
  assertEquals(keySequence("left", { isApplication: true }), "\x1bOD");
  assertEquals([keySequence("escape", plain), keySequence("tab", plain)], ["\x1b", "\t"]);
  assertEquals(keySequence("pageDown", plain), "\x1b[6~");
});

Deno.test("Ctrl makes control characters of letters and of some signs", () => {
  assertEquals(["c", "C", "[", " ", "?", "@"].map(withControl), [
    "\x03",
    "\x03",
    "\x1b",
    "\x00",
    "\x7f",
    "\x00",
  ]);
  assertEquals(["5", "ä", "ab", ""].map(withControl), ["5", "ä", "ab", ""]);
});
