import type { BenchmarkResult, BenchmarkSummary, TimeFigures } from "../../shared/mod.ts";
import { emptyHistogram, type Histogram, observe, percentileOf } from "../../analytics/mod.ts";
import { meanOf, shareOf } from "./intervals.ts";
import { countIn, type Moments, noMoments } from "./moments.ts";

/** The results of one model as they are counted, in the shape in which they are kept. */
export interface Tally {
  calls: number;
  complete: number;
  graded: number;
  correct: number;
  promptTokens: number;
  completionTokens: number;
  estimated: number;
  firstToken: Histogram;
  duration: Histogram;
  firstTokenMoments: Moments;
  durationMoments: Moments;
  speedMoments: Moments;
  /** ms during which calls were made, without the warm-up. */
  measuredMs: number;
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return {
    calls: 0,
    complete: 0,
    graded: 0,
    correct: 0,
    promptTokens: 0,
    completionTokens: 0,
    estimated: 0,
    firstToken: emptyHistogram(),
    duration: emptyHistogram(),
    firstTokenMoments: noMoments(),
    durationMoments: noMoments(),
    speedMoments: noMoments(),
    measuredMs: 0,
  };
}

/** Counts a result, in place. Of a call that failed there are no times: they would say how soon it failed. */
export function countResult(tally: Tally, result: BenchmarkResult): void {
  tally.calls++;
  tally.promptTokens += result.promptTokens;
  tally.completionTokens += result.completionTokens;
  if (result.isEstimated) tally.estimated++;
  if (result.isCorrect !== null) tally.graded++;
  if (result.isCorrect) tally.correct++;
  if (result.error) return;
  tally.complete++;
  observe(tally.duration, result.durationMs);
  countIn(tally.durationMoments, result.durationMs);
  if (result.firstTokenMs !== null) {
    observe(tally.firstToken, result.firstTokenMs);
    countIn(tally.firstTokenMoments, result.firstTokenMs);
  }
  if (result.tokensPerSecond !== null) countIn(tally.speedMoments, result.tokensPerSecond);
}

/** The figures of what was counted. */
export function summaryOf(tally: Tally): BenchmarkSummary {
  const { calls, complete, graded, correct, completionTokens, measuredMs } = tally;
  return {
    calls,
    complete,
    failed: calls - complete,
    success: shareOf(complete, calls),
    accuracy: shareOf(correct, graded),
    correct,
    firstToken: timesOf(tally.firstToken, tally.firstTokenMoments),
    duration: timesOf(tally.duration, tally.durationMoments),
    tokensPerSecond: meanOf(tally.speedMoments),
    throughput: measuredMs > 0 && completionTokens > 0 ? completionTokens * 1_000 / measuredMs : null,
    promptTokens: tally.promptTokens,
    completionTokens,
    estimated: tally.estimated,
  };
}

function timesOf(histogram: Histogram, moments: Moments): TimeFigures {
  return {
    p50: percentileOf(histogram, 0.5),
    p90: percentileOf(histogram, 0.9),
    p99: percentileOf(histogram, 0.99),
    mean: meanOf(moments),
  };
}
