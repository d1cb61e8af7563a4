import { assert, assertEquals, assertFalse } from "@std/assert";
import { WINDOW_SIZE, WindowList } from "./window_list.ts";

function keys(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `m${from + i}`);
}

Deno.test("a short list is rendered whole", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 50));
  assertEquals(list.range, { start: 0, end: 50, before: 0, after: 0 });
  assertFalse(list.show(0, 500));
});

Deno.test("a list of 10,000 renders a hundred at its end, with space for the others", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 10_000));
  const { start, end, before, after } = list.range;
  assertEquals([start, end, after], [10_000 - WINDOW_SIZE, 10_000, 0]);
  assertEquals(before, (10_000 - WINDOW_SIZE) * 140);
});

Deno.test("the window stays on its items when earlier ones come before them", () => {
  const list = new WindowList();
  list.setKeys(keys(1000, 1400));
  list.show(0, 800);
  const first = 1000 + list.range.start;
  list.setKeys(keys(800, 1400));
  assertEquals(800 + list.range.start, first);
});

Deno.test("the window follows the end when items are appended there", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 300));
  list.setKeys(keys(0, 302));
  assertEquals(list.range.end, 302);
});

Deno.test("scrolling moves the window only near its edge", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 1000));
  for (const key of keys(0, 1000)) list.measure(key, 100);
  assert(list.show(50_000, 50_900));
  const { start, end } = list.range;
  assert(start < 480 && end > 520);
  assertFalse(list.show(50_900, 51_800));
  assert(list.show(53_500, 54_400));
  assert(list.range.start > start);
});

Deno.test("spacers are sums of measured heights, and of the mean where none was measured", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 200));
  for (let i = 0; i < 100; i++) list.measure(`m${i}`, i < 50 ? 100 : 300);
  assert(list.measure("m0", 101));
  assertFalse(list.measure("m0", 101));
  list.measure("m0", 100);
  assertEquals(list.range.before, 50 * 100 + 50 * 300);
  assert(list.showKey("m0"));
  assertEquals(list.range.after, 100 * 200);
});

Deno.test("items that went away do not leave the window behind", () => {
  const list = new WindowList();
  list.setKeys(keys(0, 500));
  list.show(0, 500);
  list.setKeys(keys(600, 1000));
  assertEquals(list.range.end, 400);
  list.setKeys([]);
  assertEquals(list.range, { start: 0, end: 0, before: 0, after: 0 });
});
