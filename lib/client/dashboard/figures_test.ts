import { assertEquals } from "@std/assert";
import { formatDollars, formatDuration, formatShare, pointNames, weekdayNames } from "./figures.ts";

Deno.test("costs, times and shares are written as they are read best", () => {
  assertEquals(formatDollars(12_345_678_900_000, "en"), "$12,345.68");
  assertEquals(formatDollars(0, "en"), "$0.00");
  assertEquals(formatDollars(210_000, "en"), "$0.00021");
  // The ticks of an axis, which must not look the same.
  assertEquals([5, 10, 15, 20].map((thousandths) => formatDollars(thousandths * 1_000_000, "en")), [
    "$0.005",
    "$0.01",
    "$0.015",
    "$0.02",
  ]);
  assertEquals(formatDollars(14_334_000, "en"), "$0.0143");
  assertEquals(formatDollars(-999_999_999, "en"), "-$1.00");
  assertEquals(formatDollars(1_500_000_000, "de").replace(/\s/, " "), "1,50 $");
  assertEquals([340, 2_400, 186_000, null].map((ms) => formatDuration(ms, "en")), [
    "340 ms",
    "2.4 s",
    "3.1 min",
    "–",
  ]);
  assertEquals(formatShare(0.9876, "en"), "98.8%");
  assertEquals(formatShare(null, "en"), "–");
  assertEquals(weekdayNames("en")[0], "Mon");
  assertEquals(pointNames("day", "Europe/Berlin", "en")(Date.UTC(2026, 10, 20, 23)), "Nov 21");
});
