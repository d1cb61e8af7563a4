import { assertEquals } from "@std/assert";
import { median, percentile, spread } from "./statistics.ts";

Deno.test("the median is the middle, whatever the order", () => {
  assertEquals(median([9, 1, 5]), 5);
  assertEquals(median([4, 1, 3, 2]), 2.5);
  assertEquals(median([]), NaN);
});

Deno.test("a percentile is one of the values", () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  assertEquals([0, 0.5, 0.99, 1].map((share) => percentile(values, share)), [1, 50, 99, 100]);
  assertEquals(percentile([7], 0.99), 7);
  assertEquals(spread(values), { p50: 50, p99: 99 });
  assertEquals(spread([]), { p50: NaN, p99: NaN });
});
