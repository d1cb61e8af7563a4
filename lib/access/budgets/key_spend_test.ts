import { assertEquals } from "@std/assert";
import { periodEnd, periodStart } from "../../shared/mod.ts";
import { addSpend, noSpend, spentIn } from "./mod.ts";

const NOON = Date.UTC(2026, 10, 30, 12);
const HOUR = 3_600_000;
const one = { costNano: 1, tokens: 10 };

Deno.test("days and months of UTC begin and end at midnight, also over the end of a year", () => {
  const end = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
  assertEquals([periodStart("day", end), periodEnd("day", end)], [
    Date.UTC(2026, 11, 31),
    Date.UTC(2027, 0, 1),
  ]);
  assertEquals([periodStart("month", end), periodEnd("month", end)], [
    Date.UTC(2026, 11, 1),
    Date.UTC(2027, 0, 1),
  ]);
  assertEquals([periodStart("total", end), periodEnd("total", end)], [0, Infinity]);
});

Deno.test("what was spent counts in its day, its month and in all", () => {
  const sum = noSpend();
  addSpend(sum, NOON - 24 * HOUR, one);
  addSpend(sum, NOON, one);
  const at = (now: number) =>
    (["day", "month", "total"] as const).map((period) => spentIn(sum, period, now).tokens);
  assertEquals(at(NOON), [10, 20, 20]);
  assertEquals(at(Date.UTC(2026, 10, 30, 23, 59, 59)), [10, 20, 20]);
  assertEquals(at(Date.UTC(2026, 11, 1)), [0, 0, 20], "a day and a month later");
  addSpend(sum, Date.UTC(2026, 11, 1), one);
  assertEquals(at(Date.UTC(2026, 11, 1)), [10, 10, 30]);
  addSpend(sum, NOON, one);
  assertEquals(at(Date.UTC(2026, 11, 1)), [10, 10, 40], "a call of yesterday that ends today");
  assertEquals(at(NOON), [10, 10, 40], "a clock that lags behind the others opens nothing");
});
