import { recordType } from "../../store/mod.ts";
import type { LedgerRow } from "../row.ts";
import { observe } from "./histogram.ts";
import { addFigures, addHour, emptyStats, mergeStats, type Stats } from "./stats.ts";

/** The lengths of time that calls are summed over; both begin with whole ones of UTC. */
export const GRAINS = ["hour", "day"] as const;

/** One of `GRAINS`. */
export type Grain = (typeof GRAINS)[number];

/** ms of a grain. */
export const GRAIN_MS: Readonly<Record<Grain, number>> = { hour: 3_600_000, day: 86_400_000 };

/** What calls are told apart by within one record: there are few of each. */
export const PACKED_DIMENSIONS = ["model", "node", "key", "source"] as const;

/** What there may be thousands of in a day: each has records of its own. */
export const PAGED_DIMENSIONS = ["chat", "project"] as const;

/** A dimension whose values share a record. */
export type PackedDimension = (typeof PACKED_DIMENSIONS)[number];

/** A dimension whose values have records of their own. */
export type PagedDimension = (typeof PAGED_DIMENSIONS)[number];

/** All calls of an hour or a day, together and by what they are told apart by. */
export interface Rollup {
  all: Stats;
  by: Record<PackedDimension, Record<string, Stats>>;
}

/** How rollups are kept. */
export const ROLLUP = recordType<Rollup>("rollup");

/** How the stats of one chat or project are kept. */
export const STATS = recordType<Stats>("rollup of one value");

/** A rollup of no calls. */
export function emptyRollup(): Rollup {
  return { all: emptyStats(), by: { model: {}, node: {}, key: {}, source: {} } };
}

/** The beginning of the hour or day that a time is in, in ms since 1970. */
export function startOf(grain: Grain, at: number): number {
  return Math.floor(at / GRAIN_MS[grain]) * GRAIN_MS[grain];
}

/** Adds what another rollup of the same time has counted, in place. */
export function mergeRollup(into: Rollup, from: Rollup): void {
  mergeStats(into.all, from.all, true);
  for (const dimension of PACKED_DIMENSIONS) {
    for (const [value, stats] of Object.entries(from.by[dimension])) {
      mergeStats(statsAt(into.by[dimension], value), stats, true);
    }
  }
}

/** Adds a call to the rollup of its hour or day, in place. */
export function addRow(rollup: Rollup, row: LedgerRow, grain: Grain): void {
  addCall(rollup.all, row, grain);
  addCall(statsAt(rollup.by.source, row.source.type), row, grain);
  if (row.keyId !== undefined) addCall(statsAt(rollup.by.key, row.keyId), row, grain);
  addParts(rollup.by.model, row, modelsOf(row), grain);
  addParts(rollup.by.node, row, row.attempts.map(({ nodeId }) => nodeId), grain);
}

/** The chat or project that a call is of. */
export function pageOf({ source }: LedgerRow): { dimension: PagedDimension; id: string } | undefined {
  switch (source.type) {
    case "chat":
    case "title":
      return { dimension: "chat", id: source.chatId };
    case "project":
      return { dimension: "project", id: source.projectId };
    default:
      return undefined;
  }
}

/** Counts a call as a whole, in place. */
export function addCall(stats: Stats, row: LedgerRow, grain: Grain): void {
  const { usage, outcome, firstTokenMs, durationMs } = row;
  addFigures(stats, {
    calls: 1,
    ...outcomeFigure(outcome),
    attempts: row.attempts.length,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    reasoningTokens: usage.reasoningTokens ?? 0,
    cachedTokens: usage.cachedTokens ?? 0,
    costNano: row.costNano,
    unpricedTokens: row.attempts.reduce((sum, attempt) => sum + unpricedOf(attempt), 0),
    ...writingOf(usage.completionTokens, firstTokenMs, durationMs),
  });
  if (firstTokenMs !== undefined) observe(stats.firstToken, firstTokenMs);
  if (outcome === "complete") observe(stats.duration, durationMs);
  if (grain === "day") addHour(stats, hourOf(row.at), 1, usage.totalTokens);
}

/**
 * The model of each attempt. A call that no node took is of no model: anybody may ask for any number of names that there
 * are not.
 */
function modelsOf({ attempts, model }: LedgerRow): string[] {
  return attempts.map((attempt) => attempt.model ?? model);
}

/** Counts the attempts of a call where they belong: each node and model once, with what it used itself. */
function addParts(
  by: Record<string, Stats>,
  row: LedgerRow,
  values: readonly string[],
  grain: Grain,
): void {
  for (const value of new Set(values)) {
    const stats = statsAt(by, value);
    const attempts = row.attempts.filter((_, i) => values[i] === value);
    let tokens = 0;
    for (const attempt of attempts) {
      const { usage, firstTokenMs, durationMs, costNano = 0 } = attempt;
      tokens += usage?.totalTokens ?? 0;
      addFigures(stats, {
        attempts: 1,
        promptTokens: usage?.promptTokens ?? 0,
        completionTokens: usage?.completionTokens ?? 0,
        reasoningTokens: usage?.reasoningTokens ?? 0,
        cachedTokens: usage?.cachedTokens ?? 0,
        costNano,
        unpricedTokens: unpricedOf(attempt),
        ...writingOf(usage?.completionTokens ?? 0, firstTokenMs, durationMs),
      });
      if (firstTokenMs !== undefined) observe(stats.firstToken, firstTokenMs);
      if (attempt.outcome === "complete") observe(stats.duration, durationMs);
    }
    addFigures(stats, { calls: 1, ...outcomeFigure(attempts.at(-1)?.outcome ?? "failed") });
    if (grain === "day") addHour(stats, hourOf(row.at), 1, tokens);
  }
}

function outcomeFigure(outcome: LedgerRow["outcome"]) {
  return outcome === "complete"
    ? { complete: 1 }
    : outcome === "cancelled"
    ? { cancelled: 1 }
    : { failed: 1 };
}

function writingOf(writtenTokens: number, firstTokenMs: number | undefined, durationMs: number) {
  return firstTokenMs === undefined || writtenTokens === 0
    ? {}
    : { writtenTokens, writingMs: Math.max(0, durationMs - firstTokenMs) };
}

/** What a hosted node used without a price that is known. */
function unpricedOf({ usage, costNano, local }: LedgerRow["attempts"][number]): number {
  return usage && costNano === undefined && local === false ? usage.totalTokens : 0;
}

function hourOf(at: number): number {
  return Math.floor(at / GRAIN_MS.hour) % 24;
}

function statsAt(by: Record<string, Stats>, value: string): Stats {
  const known = Object.hasOwn(by, value) ? by[value] : undefined;
  if (known) return known;
  const stats = emptyStats();
  // Assigned, a model by the name of "__proto__" would be lost.
  Object.defineProperty(by, value, { value: stats, enumerable: true, configurable: true, writable: true });
  return stats;
}
