import { assert, assertEquals } from "@std/assert";
import type { BenchmarkResult } from "../../shared/mod.ts";
import { meanDifference, meanOf, shareDifference, shareOf, studentT } from "./intervals.ts";
import { countIn, noMoments, varianceOf } from "./moments.ts";
import { countResult, emptyTally, summaryOf } from "./tally.ts";

const near = (actual: number | null | undefined, expected: number, off = 5e-4) =>
  assert(Math.abs((actual ?? NaN) - expected) <= off, `${actual} is not ${expected}`);
const momentsOf = (values: number[]) => {
  const moments = noMoments();
  for (const value of values) countIn(moments, value);
  return moments;
};

Deno.test("Wilson's interval is as in the literature, and stays within 0 and 1", () => {
  // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  for (
    const [hits, n, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [
      1,
      29,
      0.0061,
      0.1718,
    ]] as const
  ) {
    const share = shareOf(hits, n);
    near(share?.low, low);
    near(share?.high, high);
  }
  assertEquals(shareOf(3, 3)?.high, 1);
  assertEquals(shareOf(0, 0), null);
});

Deno.test("differences have their intervals: Newcombe's of shares, Welch's of means", () => {
  // Newcombe (1998), table II, method 10: 56/70 − 48/80.
  const difference = shareDifference(shareOf(48, 80), shareOf(56, 70));
  near(difference?.value, 0.2);
  near(difference?.low, 0.0524);
  near(difference?.high, 0.3339);
  const a = momentsOf([
    27.5,
    21.0,
    19.0,
    23.6,
    17.0,
    17.9,
    16.9,
    20.1,
    21.9,
    22.6,
    23.1,
    19.6,
    19.0,
    21.7,
    21.4,
  ]);
  const b = momentsOf([
    27.1,
    22.0,
    20.8,
    23.4,
    23.4,
    23.5,
    25.8,
    22.0,
    24.8,
    20.2,
    21.9,
    22.1,
    22.9,
    30.5,
    24.9,
  ]);
  const means = meanDifference(a, b);
  near(means?.value, b.mean - a.mean, 1e-9);
  // By numeric integration of the density, to four places.
  near(means?.low, 0.8272);
  near(means?.high, 4.9061);
  assertEquals(meanDifference(noMoments(), b), null);
  assertEquals(meanDifference(momentsOf([1]), b)?.low, null);
});

Deno.test("Student's t is near the tables, and few values have no interval", () => {
  for (const [freedom, t] of [[4, 2.776], [10, 2.228], [30, 2.042], [1_000, 1.962]] as const) {
    near(studentT(freedom), t, t * 0.012);
  }
  assertEquals(studentT(2), null);
  near(varianceOf(momentsOf([2, 4, 4, 4, 5, 5, 7, 9])), 32 / 7);
  assertEquals(meanOf(momentsOf([5, 6])), { mean: 5.5, low: null, high: null, n: 2 });
});

Deno.test("results are summed up; a failed one counts as such and tells no times", () => {
  const tally = emptyTally();
  const result: BenchmarkResult = {
    target: 0,
    prompt: 0,
    repetition: 0,
    at: 0,
    nodeName: "n",
    waitedMs: 5,
    firstTokenMs: 100,
    durationMs: 1_100,
    promptTokens: 10,
    completionTokens: 21,
    isEstimated: false,
    tokensPerSecond: 20,
    answer: "",
    isCorrect: true,
  };
  for (let i = 0; i < 9; i++) countResult(tally, { ...result, isCorrect: i < 6 });
  const error = { code: "upstream", message: "broke off" } as const;
  countResult(tally, { ...result, isCorrect: null, durationMs: 1, tokensPerSecond: null, error });
  tally.measuredMs = 10_000;
  const summary = summaryOf(tally);
  assertEquals([summary.calls, summary.complete, summary.failed, summary.correct], [10, 9, 1, 6]);
  assertEquals([summary.success?.share, summary.accuracy?.n], [0.9, 9]);
  assertEquals([summary.tokensPerSecond?.mean, summary.throughput], [20, 21]);
  near(summary.duration.p50, 1_100, 1_100 * 0.05);
  assertEquals(summaryOf(emptyTally()).accuracy, null);
});
