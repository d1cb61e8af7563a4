import { keys, recordType } from "../../store/mod.ts";
import {
  emptyRollup,
  type Grain,
  GRAIN_MS,
  mergeRollup,
  PACKED_DIMENSIONS,
  type PackedDimension,
  PAGED_DIMENSIONS,
  type PagedDimension,
  ROLLUP,
  type Rollup,
  STATS,
} from "../rollups/rollup.ts";
import type { Stats } from "../rollups/stats.ts";
import { type DayVersions, type MonthSpan, type OfMonth, ofMonth, type UsageSource } from "./months.ts";
import type { Span } from "./spans.ts";
import type { UsageFilter } from "./usage_filter.ts";

const LIST_BATCH = 500;

/** The stats of one hour or day. */
export interface Slice {
  at: number;
  grain: Grain;
  all: Stats;
  by: Partial<Record<PackedDimension, Record<string, Stats>>>;
}

/** A month as reports need it: its days, and what calls are told apart by in all of them together. */
interface DayMonth {
  days: [at: number, all: Stats][];
  by: Rollup["by"];
}

const DAY_MONTH = recordType<OfMonth<DayMonth>>("month of days");

/** The hours or days of a span in which there were calls; of a whole month only the first has what calls are told apart by. */
export async function* slicesOf(
  source: UsageSource,
  span: MonthSpan,
  versions: DayVersions,
  only: UsageFilter | undefined,
): AsyncGenerator<Slice, void, undefined> {
  if (!span.isMonth || pagedOf(only)) return yield* readSpan(source, span, only);
  const { days, by } = await ofMonth(source, {
    month: span,
    name: `days${nameOf(only)}`,
    type: DAY_MONTH,
    versions,
    make: () => readMonth(source, span, only),
    // Anybody may ask for any number of values that there are not.
    isKept: ({ days }) => days.length > 0,
  });
  for (const [i, [at, all]] of days.entries()) yield { at, grain: "day", all, by: i === 0 ? by : {} };
}

/** The same of some hours or days only. */
export async function slicesAt(
  { store, profileId }: UsageSource,
  grain: Grain,
  starts: readonly number[],
  only: UsageFilter | undefined,
): Promise<Slice[]> {
  const paged = pagedOf(only);
  if (paged && only) {
    const wanted = starts.map((at) => keys.ledgerPage(profileId, grain, paged, at, only.value));
    const found = await store.getMany(STATS, wanted);
    return starts.flatMap((at, i) => {
      const all = found[i]?.value;
      return all ? [{ at, grain, all, by: {} }] : [];
    });
  }
  const wanted = starts.map((at) => keys.ledgerRollup(profileId, grain, at));
  const found = await store.getMany(ROLLUP, wanted);
  return starts.flatMap((at, i) => sliceOf(at, grain, found[i]?.value, only));
}

async function* readSpan(
  source: UsageSource,
  { grain, from, to }: Span,
  only: UsageFilter | undefined,
): AsyncGenerator<Slice, void, undefined> {
  if (pagedOf(only)) {
    const starts: number[] = [];
    for (let at = from; at < to; at += GRAIN_MS[grain]) starts.push(at);
    return yield* await slicesAt(source, grain, starts, only);
  }
  const prefix = [...keys.ledgerRollups(source.profileId), grain];
  const selector = { start: [...prefix, from], end: [...prefix, to] };
  for await (const { key, value } of source.store.list(ROLLUP, selector, { batchSize: LIST_BATCH })) {
    yield* sliceOf(Number(key[3]), grain, value, only);
  }
}

async function readMonth(
  source: UsageSource,
  month: Span,
  only: UsageFilter | undefined,
): Promise<DayMonth> {
  const days: DayMonth["days"] = [];
  const sum = emptyRollup();
  for await (const { at, all, by } of readSpan(source, month, only)) {
    days.push([at, all]);
    mergeRollup(sum, { all, by: { ...emptyRollup().by, ...by } }, false);
  }
  return { days, by: sum.by };
}

/** How what is kept of one value is told from what is kept of all. */
export function nameOf(only: UsageFilter | undefined): string {
  return only ? ` of ${only.dimension} ${only.value}` : "";
}

function pagedOf(only: UsageFilter | undefined): PagedDimension | undefined {
  return PAGED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
}

function sliceOf(
  at: number,
  grain: Grain,
  rollup: Rollup | undefined,
  only: UsageFilter | undefined,
): Slice[] {
  if (!rollup) return [];
  const packed = PACKED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
  if (!packed || !only) return [{ at, grain, ...rollup }];
  const one = rollup.by[packed];
  const all = Object.hasOwn(one, only.value) ? one[only.value] : undefined;
  return all ? [{ at, grain, all, by: {} }] : [];
}
