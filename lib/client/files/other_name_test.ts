import { assertEquals } from "@std/assert";
import { nextName, possibleName } from "./other_name.ts";

Deno.test("a taken name gets a number, and the next one after that", () => {
  assertEquals(nextName("notes.md"), "notes (2).md");
  assertEquals(nextName("notes (2).md"), "notes (3).md");
  assertEquals(nextName(".profile"), ".profile (2)");
  assertEquals(new TextEncoder().encode(nextName(`${"ü".repeat(125)}.text`)).length <= 255, true);
});

Deno.test("a name that not every system can have becomes one like it", () => {
  assertEquals(possibleName("100% #1?&a=b.txt"), "100% #1_&a=b.txt");
  assertEquals(possibleName("trailing .txt "), "trailing.txt");
  assertEquals(possibleName("con.txt"), "_con.txt");
  assertEquals(possibleName("a:b\u0007.txt"), "a_b_.txt");
  assertEquals(possibleName(`${"😀".repeat(100)}.txt`), `${"😀".repeat(62)}.txt`);
  assertEquals(possibleName("fine.txt"), undefined);
});
