import { assertEquals } from "@std/assert";
import { bytesOf } from "./byte_size.ts";

Deno.test("sizes in words are read, by thousands unless they say otherwise", () => {
  const sizes: [string, number | undefined][] = [
    ["4.7 GiB", 5_046_586_573],
    ["815MB", 815_000_000],
    ["12 K", 12_000],
    ["900", 900],
    ["", undefined],
    ["unknown", undefined],
    ["0 B", undefined],
  ];
  for (const [words, bytes] of sizes) assertEquals(bytesOf(words), bytes, words);
});
