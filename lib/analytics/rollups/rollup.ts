import { recordType } from "../../store/mod.ts";
import type { Usage } from "../../shared/mod.ts";
import type { LedgerRow } from "../row.ts";
import { observe } from "./histogram.ts";
import { addHour, emptyStats, FIGURE, mergeStats, plus, type Stats } from "./stats.ts";

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

/** Adds what another rollup has counted, in place; the hours of its day only where both are of the same. */
export function mergeRollup(into: Rollup, from: Rollup, sameDay: boolean): void {
  mergeStats(into.all, from.all, sameDay);
  for (const dimension of PACKED_DIMENSIONS) {
    for (const [value, stats] of Object.entries(from.by[dimension])) {
      mergeStats(statsAt(into.by[dimension], value), stats, sameDay);
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
  const { figures } = stats;
  plus(figures, FIGURE.calls, 1);
  plus(figures, FIGURE[outcomeOf(outcome)], 1);
  plus(figures, FIGURE.attempts, row.attempts.length);
  plus(figures, FIGURE.costNano, row.costNano);
  addUsage(figures, usage);
  for (const attempt of row.attempts) addUnpriced(figures, attempt);
  addTimes(stats, usage.completionTokens, firstTokenMs, durationMs, outcome);
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
function addParts(by: Record<string, Stats>, row: LedgerRow, values: readonly string[], grain: Grain): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? "";
    if (values.indexOf(value) === i) addPart(statsAt(by, value), row, values, value, grain);
  }
}

function addPart(
  stats: Stats,
  row: LedgerRow,
  values: readonly string[],
  value: string,
  grain: Grain,
): void {
  const { figures } = stats;
  let tokens = 0;
  let outcome: LedgerRow["outcome"] = "failed";
  for (let i = 0; i < values.length; i++) {
    const attempt = row.attempts[i];
    if (values[i] !== value || !attempt) continue;
    const { usage, firstTokenMs, durationMs, costNano = 0 } = attempt;
    outcome = attempt.outcome;
    plus(figures, FIGURE.attempts, 1);
    plus(figures, FIGURE.costNano, costNano);
    addUnpriced(figures, attempt);
    if (usage) addUsage(figures, usage);
    addTimes(stats, usage?.completionTokens ?? 0, firstTokenMs, durationMs, outcome);
    tokens += usage?.totalTokens ?? 0;
  }
  plus(figures, FIGURE.calls, 1);
  plus(figures, FIGURE[outcomeOf(outcome)], 1);
  if (grain === "day") addHour(stats, hourOf(row.at), 1, tokens);
}

function addUsage(figures: number[], usage: Usage): void {
  plus(figures, FIGURE.promptTokens, usage.promptTokens);
  plus(figures, FIGURE.completionTokens, usage.completionTokens);
  plus(figures, FIGURE.reasoningTokens, usage.reasoningTokens ?? 0);
  plus(figures, FIGURE.cachedTokens, usage.cachedTokens ?? 0);
}

function addTimes(
  stats: Stats,
  writtenTokens: number,
  firstTokenMs: number | undefined,
  durationMs: number,
  outcome: LedgerRow["outcome"],
): void {
  if (outcome === "complete") observe(stats.duration, durationMs);
  if (firstTokenMs === undefined) return;
  observe(stats.firstToken, firstTokenMs);
  if (writtenTokens === 0) return;
  plus(stats.figures, FIGURE.writtenTokens, writtenTokens);
  plus(stats.figures, FIGURE.writingMs, Math.max(0, durationMs - firstTokenMs));
}

function outcomeOf(outcome: LedgerRow["outcome"]): "complete" | "cancelled" | "failed" {
  return outcome === "interrupted" ? "failed" : outcome;
}

/** What a hosted node used without a price that is known. */
function addUnpriced(figures: number[], { usage, costNano, local }: LedgerRow["attempts"][number]): void {
  if (usage && costNano === undefined && local === false) {
    plus(figures, FIGURE.unpricedTokens, usage.totalTokens);
  }
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
