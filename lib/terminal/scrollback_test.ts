import { assert, assertEquals } from "@std/assert";
import { Scrollback } from "./scrollback.ts";

Deno.test("what came after a place is given as long as it is kept", () => {
  const scrollback = new Scrollback(1_000);
  scrollback.add("one\n");
  scrollback.add("two\n");
  assertEquals([scrollback.after(0), scrollback.after(4), scrollback.after(8)], ["one\ntwo\n", "two\n", ""]);
  assertEquals([scrollback.after(9), scrollback.after(-1)], [undefined, undefined]);
});

Deno.test("of a flood the end is kept, from the begin of a line, and never much of it", () => {
  const scrollback = new Scrollback(1_000);
  for (let i = 0; i < 2_000; i++) {
    scrollback.add(`\x1b[32mline ${i}\x1b[0m\n`);
    assert(scrollback.all().length <= 2_100);
  }
  assert(scrollback.all().startsWith("\x1b[32mline "));
  assert(scrollback.all().endsWith("line 1999\x1b[0m\n"));
  assertEquals(scrollback.offset - scrollback.start, scrollback.all().length);
  assertEquals(scrollback.after(0), undefined);
  assertEquals(scrollback.after(scrollback.start), scrollback.all());
  const endless = new Scrollback(1_000);
  for (let i = 0; i < 500; i++) endless.add("x".repeat(100));
  assert(endless.all().length >= 1_000 && endless.all().length <= 2_100);
});
