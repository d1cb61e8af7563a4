import { assertEquals } from "@std/assert";
import type { Threshold } from "../../shared/mod.ts";
import { emptySample } from "../history/average.ts";
import { ThresholdWatch } from "./threshold_watch.ts";

const MEMORY: Threshold = { figure: "memory", above: 90, forSeconds: 60, enabled: true };

/** Feeds a watch with one value each 15 s and returns at which of them it said what. */
function told(values: readonly (number | null)[], thresholds: Threshold[] = [MEMORY]): string[] {
  const watch = new ThresholdWatch("host");
  return values.flatMap((memory, i) =>
    watch.check({ ...emptySample(i * 15_000), memory }, thresholds).map(({ state }) => `${i} ${state}`)
  );
}

const times = (count: number, value: number | null) => Array.from({ length: count }, () => value);

Deno.test("a figure above its threshold for its time is told of once, and once when it is over", () => {
  assertEquals(told([...times(3, 50), ...times(40, 95), ...times(10, 60)]), ["7 raised", "43 cleared"]);
});

Deno.test("a peak that is shorter, and one at the threshold itself, are nothing", () => {
  assertEquals(told([50, 99, 99, 99, 99, 50, ...times(20, 90)]), []);
});

Deno.test("around the threshold nothing is told again: it is over 5 % below", () => {
  assertEquals(told([...times(5, 95), 89, 91, 88, 92, 86, 85.5, 95, 85]), ["4 raised", "12 cleared"]);
});

Deno.test("up and down again and again is told of every ten minutes at most", () => {
  const wave = [...times(6, 95), ...times(2, 50)];
  const values = Array.from({ length: 25 }, () => wave).flat();
  const raised = told(values).filter((one) => one.endsWith("raised")).map((one) => Number(one.split(" ")[0]));
  assertEquals(raised.length, 5, "in fifty minutes");
  assertEquals(raised.every((at, i) => i === 0 || at - (raised[i - 1] ?? 0) >= 40), true);
  const cleared = told(values).filter((one) => one.endsWith("cleared"));
  assertEquals(cleared.length, raised.length, "only what was told is told to be over");
});

Deno.test("a time without a figure is no time above", () => {
  assertEquals(told([95, 95, 95, null, 95, 95, 95, 95, 95]), ["8 raised"]);
});

Deno.test("0 seconds tell at once; what is switched off tells nothing", () => {
  assertEquals(told([95], [{ ...MEMORY, forSeconds: 0 }]), ["0 raised"]);
  assertEquals(told(times(20, 95), [{ ...MEMORY, enabled: false }]), []);
});

Deno.test("another threshold begins afresh, and what is above now can be asked", () => {
  const watch = new ThresholdWatch("host");
  const check = (seconds: number, above: number) =>
    watch.check({ ...emptySample(seconds * 1000), memory: 95 }, [{ ...MEMORY, above, forSeconds: 0 }]);
  assertEquals(check(0, 90).length, 1);
  assertEquals(watch.active.map(({ above, value, host }) => [above, value, host]), [[90, 95, "host"]]);
  assertEquals(check(15, 97).length, 0);
  assertEquals(watch.active, []);
  watch.check({ ...emptySample(30_000), memory: 95 }, []);
  assertEquals(watch.active, []);
});
