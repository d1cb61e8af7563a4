import { assert, assertEquals, assertFalse } from "@std/assert";
import type { NodeSecond } from "../../shared/mod.ts";
import { HISTORY_SECONDS, SecondHistory } from "./second_history.ts";

const second = (deltas: number): NodeSecond => ({ requests: deltas > 0 ? 1 : 0, failures: 0, deltas });

function deltasOf(history: SecondHistory): number[] {
  const sums = new Float64Array(HISTORY_SECONDS);
  history.addTo(sums, "deltas");
  return [...sums];
}

Deno.test("a history begins with what there is, at its end", () => {
  const history = new SecondHistory([second(3), second(4)], 10_500);
  assertEquals(deltasOf(history).slice(-3), [0, 3, 4]);
  assertEquals(deltasOf(history).length, HISTORY_SECONDS);
});

Deno.test("seconds are added in their order, and the oldest go", () => {
  const history = new SecondHistory([], 1_000);
  for (let i = 1; i <= 100; i++) assert(history.push(second(i), 1_000 + i * 1_000));
  assertEquals(deltasOf(history), Array.from({ length: HISTORY_SECONDS }, (_, i) => 41 + i));
});

Deno.test("a second that is told twice counts once", () => {
  const history = new SecondHistory([second(5)], 10_100);
  const { version } = history;
  assertFalse(history.push(second(5), 10_900));
  assertEquals([version.value, deltasOf(history).slice(-2)], [0, [0, 5]]);
});

Deno.test("a second or two that were not told are like the one before, a longer pause is empty", () => {
  const history = new SecondHistory([second(5)], 10_000);
  history.push(second(7), 12_000);
  assertEquals(deltasOf(history).slice(-3), [5, 5, 7]);
  history.push(second(9), 20_000);
  assertEquals(deltasOf(history).slice(-9), [7, 0, 0, 0, 0, 0, 0, 0, 9]);
  history.push(second(1), 20_000_000);
  assertEquals(deltasOf(history).slice(-2), [0, 1]);
  assertEquals(deltasOf(history).filter((deltas) => deltas > 0), [1]);
});
