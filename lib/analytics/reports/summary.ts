import type { Percentiles, UsageSummary } from "../../shared/mod.ts";
import { type Histogram, percentileOf } from "../rollups/histogram.ts";
import { figureOf, type Stats } from "../rollups/stats.ts";

/** What stats say to people. */
export function summaryOf(stats: Stats): UsageSummary {
  const complete = figureOf(stats, "complete");
  const ended = complete + figureOf(stats, "failed");
  const writingMs = figureOf(stats, "writingMs");
  return {
    calls: figureOf(stats, "calls"),
    complete,
    cancelled: figureOf(stats, "cancelled"),
    failed: figureOf(stats, "failed"),
    attempts: figureOf(stats, "attempts"),
    promptTokens: figureOf(stats, "promptTokens"),
    completionTokens: figureOf(stats, "completionTokens"),
    reasoningTokens: figureOf(stats, "reasoningTokens"),
    cachedTokens: figureOf(stats, "cachedTokens"),
    costNano: figureOf(stats, "costNano"),
    unpricedTokens: figureOf(stats, "unpricedTokens"),
    successRate: ended === 0 ? null : complete / ended,
    tokensPerSecond: writingMs === 0 ? null : figureOf(stats, "writtenTokens") / (writingMs / 1_000),
    firstToken: percentilesOf(stats.firstToken),
    duration: percentilesOf(stats.duration),
  };
}

function percentilesOf(histogram: Histogram): Percentiles {
  return {
    p50: percentileOf(histogram, 0.5),
    p90: percentileOf(histogram, 0.9),
    p95: percentileOf(histogram, 0.95),
    p99: percentileOf(histogram, 0.99),
  };
}
