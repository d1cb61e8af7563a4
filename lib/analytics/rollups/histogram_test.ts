import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { seededRandom } from "../../../tests/random.ts";
import { bucketOf, countOf, emptyHistogram, type Histogram, HISTOGRAM_ERROR } from "./histogram.ts";
import { mergeHistogram, middleOf, observe, percentileOf } from "./histogram.ts";

/** Times as calls have them: from nothing to hours. */
function times(random: () => number, count: number): number[] {
  return Array.from({ length: count }, () => Math.floor(2 ** (random() * 23)));
}

function histogramOf(values: readonly number[]): Histogram {
  const histogram = emptyHistogram();
  for (const value of values) observe(histogram, value);
  return histogram;
}

function merged(...parts: readonly Histogram[]): Histogram {
  const sum = emptyHistogram();
  for (const part of parts) mergeHistogram(sum, part);
  return sum;
}

Deno.test("merging is associative and commutative, and the same as counting together", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 100; round++) {
    const [a, b, c] = [0, 1, 2].map(() => times(random, Math.floor(random() * 60)));
    const [x, y, z] = [a, b, c].map((values) => histogramOf(values ?? []));
    assert(a && b && c && x && y && z);
    const together = histogramOf([...a, ...b, ...c]);
    assertEquals(merged(merged(x, y), z), together);
    assertEquals(merged(x, merged(y, z)), together);
    assertEquals(merged(z, y, x), together);
    assertEquals(countOf(together), a.length + b.length + c.length);
  }
});

Deno.test("a percentile is within the error that is promised, whatever was merged", () => {
  const random = seededRandom(2);
  for (let round = 0; round < 100; round++) {
    const values = times(random, 1 + Math.floor(random() * 300));
    const cut = Math.floor(random() * values.length);
    const histogram = merged(histogramOf(values.slice(0, cut)), histogramOf(values.slice(cut)));
    const sorted = values.toSorted((a, b) => a - b);
    for (const share of [0, 0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
      const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN;
      const found = percentileOf(histogram, share) ?? NaN;
      // Up to 1 ms everything is one bucket.
      if (exact <= 1) assertEquals(found, 1);
      else assertLessOrEqual(Math.abs(found - exact) / exact, HISTOGRAM_ERROR + 1e-9, `${found} of ${exact}`);
    }
  }
});

Deno.test("what no clock measures is counted all the same", () => {
  assertEquals([bucketOf(0), bucketOf(-5), bucketOf(NaN), bucketOf(1)], [0, 0, 0, 0]);
  assertEquals(bucketOf(Infinity), bucketOf(1e12));
  assertEquals(percentileOf(emptyHistogram(), 0.5), null);
  for (let bucket = 1; bucket < 200; bucket++) assertEquals(bucketOf(middleOf(bucket)), bucket);
});
