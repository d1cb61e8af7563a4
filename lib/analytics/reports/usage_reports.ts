import type { UsageDimension, UsagePart, UsagePoint, UsageReport } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { percentileOf } from "../rollups/histogram.ts";
import {
  type Grain,
  GRAIN_MS,
  PACKED_DIMENSIONS,
  type PackedDimension,
  PAGED_DIMENSIONS,
  type PagedDimension,
  ROLLUP,
  STATS,
} from "../rollups/rollup.ts";
import { emptyStats, figureOf, mergeStats, type Stats } from "../rollups/stats.ts";
import { type Span, spansOf } from "./spans.ts";
import { StatsSum } from "./stats_sum.ts";
import { stepOf, stepStart, stepStarts } from "./steps.ts";
import { summaryOf } from "./summary.ts";
import { hourOf, weekdayOf, Zone } from "./zone.ts";

/**
 * A stretch of time to be reported on. Both ends are taken back to whole hours of UTC, so that periods that follow each other
 * have no hour in common, in zones with half hours too.
 */
export interface Period {
  /** ms since 1970. */
  from: number;
  /** The first ms that is not in it. */
  to: number;
  /** As in the IANA database. */
  zone: string;
}

/** One value of a dimension. */
export interface UsageFilter {
  dimension: UsageDimension;
  value: string;
}

/** The stats of one hour or day. */
interface Slice {
  at: number;
  grain: Grain;
  all: Stats | undefined;
  by: Partial<Record<PackedDimension, Record<string, Stats>>>;
}

const LIST_BATCH = 500;

/** Answers from the rollups: what was used in a period costs as many reads as it has hours, or days where it is long. */
export class UsageReports {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** What was used in a period, of everything or of one value of a dimension. Throws `invalid_request` for an unknown zone. */
  async report(principal: Principal, period: Period, only?: UsageFilter): Promise<UsageReport> {
    const zone = new Zone(period.zone);
    const { from, to } = wholeHours(period);
    const step = stepOf(from, to);
    const points = new Map(stepStarts(step, from, to, zone).map((start) => [start, new StatsSum()]));
    const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    const total = new StatsSum();
    const parts = new Map<PackedDimension, Map<string, StatsSum>>();
    for (const span of spansOf(from, to)) {
      for await (const { at, grain, all, by } of this.#slices(principal, span, only)) {
        if (!all) continue;
        points.get(stepStart(step, zone.localOf(middleOf(at, grain))))?.add(all);
        addToWeek(week, zone, at, grain, all);
        if (!only) addParts(parts, by);
      }
    }
    for (const point of points.values()) total.addSum(point);
    return {
      from,
      to,
      zone: zone.name,
      step,
      only: only ? { ...only, label: only.value } : null,
      total: summaryOf(total.stats()),
      points: [...points].map(([start, stats]) => pointOf(Math.max(from, zone.timeOf(start)), stats.stats())),
      week,
      parts: Object.fromEntries(
        [...parts].map((
          [dimension, values],
        ) => [dimension, partsOf(values.entries().map(([value, sum]) => [value, sum.stats()]))]),
      ),
    };
  }

  /** The chats or projects of a period, those with the most calls first. */
  async pages(
    { profileId }: Principal,
    period: Omit<Period, "zone">,
    dimension: PagedDimension,
    limit = 100,
  ): Promise<UsagePart[]> {
    const { from, to } = wholeHours(period);
    const values = new Map<string, Stats>();
    for (const span of spansOf(from, to)) {
      const prefix = [...keys.ledgerPages(profileId), span.grain, dimension];
      const selector = { start: [...prefix, span.from], end: [...prefix, span.to] };
      for await (const { key, value } of this.#store.list(STATS, selector, { batchSize: LIST_BATCH })) {
        mergeStats(at(values, String(key[5])), value);
      }
    }
    return partsOf(values).slice(0, limit);
  }

  /** What nodes were called last, by their ids; of those too that are gone. */
  async nodeNames({ profileId }: Principal): Promise<Map<string, string>> {
    const prefix = keys.ledgerNodeNames(profileId);
    const entries = await Array.fromAsync(this.#store.kv.list<string>({ prefix }));
    return new Map(entries.map(({ key, value }) => [String(key[2]), value]));
  }

  /** Changes whenever rows were added to the hour that a time is in. */
  async revision({ profileId }: Principal, now: number): Promise<string> {
    const hour = Math.floor(now / GRAIN_MS.hour) * GRAIN_MS.hour;
    return (await this.#store.kv.get(keys.ledgerRollup(profileId, "hour", hour))).versionstamp ?? "";
  }

  async *#slices(
    { profileId }: Principal,
    { grain, from, to }: Span,
    only: UsageFilter | undefined,
  ): AsyncGenerator<Slice, void, undefined> {
    const paged = PAGED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
    if (paged && only) {
      const starts: number[] = [];
      for (let at = from; at < to; at += GRAIN_MS[grain]) starts.push(at);
      const wanted = starts.map((at) => keys.ledgerPage(profileId, grain, paged, at, only.value));
      const found = await this.#store.getMany(STATS, wanted);
      for (const [i, at] of starts.entries()) yield { at, grain, all: found[i]?.value, by: {} };
      return;
    }
    const prefix = [...keys.ledgerRollups(profileId), grain];
    const selector = { start: [...prefix, from], end: [...prefix, to] };
    for await (const { key, value } of this.#store.list(ROLLUP, selector, { batchSize: LIST_BATCH })) {
      const at = Number(key[3]);
      const packed = PACKED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
      const one = packed && only && value.by[packed];
      const all = one ? Object.hasOwn(one, only.value) ? one[only.value] : undefined : value.all;
      yield { at, grain, all, by: value.by };
    }
  }
}

function wholeHours({ from, to }: Omit<Period, "zone">): { from: number; to: number } {
  const hour = GRAIN_MS.hour;
  return { from: Math.floor(from / hour) * hour, to: Math.floor(to / hour) * hour };
}

/** A day of UTC is counted to the day of the calendar that most of it is in. */
function middleOf(at: number, grain: Grain): number {
  return grain === "day" ? at + GRAIN_MS.day / 2 : at;
}

function addToWeek(week: number[][], zone: Zone, at: number, grain: Grain, stats: Stats): void {
  const count = (time: number, calls: number) => {
    const local = zone.localOf(time);
    const day = week[weekdayOf(local)];
    const hour = hourOf(local);
    if (day) day[hour] = (day[hour] ?? 0) + calls;
  };
  if (grain === "hour") return count(at, figureOf(stats, "calls"));
  const { hours = [] } = stats;
  for (let i = 0; i < hours.length; i += 3) count(at + (hours[i] ?? 0) * GRAIN_MS.hour, hours[i + 1] ?? 0);
}

function addParts(parts: Map<PackedDimension, Map<string, StatsSum>>, by: Slice["by"]): void {
  for (const dimension of PACKED_DIMENSIONS) {
    const values = parts.get(dimension) ?? new Map<string, StatsSum>();
    parts.set(dimension, values);
    for (const [value, stats] of Object.entries(by[dimension] ?? {})) {
      const sum = values.get(value) ?? new StatsSum();
      values.set(value, sum);
      sum.add(stats);
    }
  }
}

function at(values: Map<string, Stats>, value: string): Stats {
  const stats = values.get(value) ?? emptyStats();
  values.set(value, stats);
  return stats;
}

function partsOf(values: Iterable<[string, Stats]>): UsagePart[] {
  return [...values].map(([value, stats]) => ({ value, label: value, ...summaryOf(stats) }))
    .sort((a, b) => b.calls - a.calls || a.value.localeCompare(b.value));
}

function pointOf(at: number, stats: Stats): UsagePoint {
  return {
    at,
    calls: figureOf(stats, "calls"),
    failed: figureOf(stats, "failed"),
    promptTokens: figureOf(stats, "promptTokens"),
    completionTokens: figureOf(stats, "completionTokens"),
    costNano: figureOf(stats, "costNano"),
    firstTokenP50: percentileOf(stats.firstToken, 0.5),
    firstTokenP95: percentileOf(stats.firstToken, 0.95),
    durationP50: percentileOf(stats.duration, 0.5),
    durationP95: percentileOf(stats.duration, 0.95),
  };
}
