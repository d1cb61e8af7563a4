import { assertEquals } from "@std/assert";
import { RowWindow } from "./row_window.ts";

const rowsOf = (window: RowWindow) => [window.range.start, window.range.end];

Deno.test("of a short table all rows are rendered", () => {
  const window = new RowWindow();
  window.setCount(80);
  assertEquals([window.show(0, 900), window.show(3_000, 3_900)], [false, false]);
  assertEquals(window.range, { start: 0, end: 80, before: 0, after: 0 });
});

Deno.test("the window moves only when what is seen comes near its edge, and keeps the table's height", () => {
  const window = new RowWindow();
  window.setCount(1_000);
  window.measure(100, 5_000);
  assertEquals([rowsOf(window), window.range.after], [[0, 100], 45_000]);
  assertEquals(window.show(3_000, 3_900), false);
  assertEquals(window.show(3_500, 4_400), true);
  assertEquals(rowsOf(window), [29, 129]);
  assertEquals(window.show(49_500, 50_000), true);
  assertEquals([rowsOf(window), window.range.before, window.range.after], [[900, 1_000], 45_000, 0]);
  assertEquals(window.show(49_000, 49_900), false);
  window.setCount(150);
  assertEquals(rowsOf(window), [50, 150]);
  window.setCount(3);
  assertEquals(rowsOf(window), [0, 3]);
});
