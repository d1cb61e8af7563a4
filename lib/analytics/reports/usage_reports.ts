import type { UsagePart, UsageReport } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import {
  type Grain,
  GRAIN_MS,
  PACKED_DIMENSIONS,
  type PackedDimension,
  PAGED_DIMENSIONS,
  type PagedDimension,
  ROLLUP,
  type Rollup,
  STATS,
} from "../rollups/rollup.ts";
import { figureOf, type Stats } from "../rollups/stats.ts";
import { shownAt, wholeHours } from "./hours.ts";
import { pageParts } from "./page_parts.ts";
import { Points } from "./points.ts";
import { type Span, spansOf } from "./spans.ts";
import { StatsSum } from "./stats_sum.ts";
import { summaryOf } from "./summary.ts";
import type { UsageFilter } from "./usage_filter.ts";
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
    const points = new Points({ from, to }, zone);
    const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    const parts = new Map<PackedDimension, Map<string, StatsSum>>();
    for (const span of spansOf(from, to)) {
      for await (const { at, grain, all, by } of this.#slices(principal, span, only)) {
        if (!all) continue;
        points.add(at, grain, all);
        addToWeek(week, zone, at, grain, all);
        if (!only) addParts(parts, by);
      }
      const moved = points.moved(span);
      for await (const { at, all } of this.#slicesAt(principal, "hour", moved, only)) {
        if (all) points.move(at, all);
      }
    }
    return {
      from,
      to,
      zone: zone.name,
      step: points.step,
      only: only ? { ...only, label: only.value } : null,
      total: summaryOf(points.total()),
      points: points.list(),
      week,
      parts: Object.fromEntries([...parts].map(([dimension, values]) => [dimension, partsOf(values)])),
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
    return await pageParts({ store: this.#store, profileId, dimension }, spansOf(from, to), limit);
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
    principal: Principal,
    { grain, from, to }: Span,
    only: UsageFilter | undefined,
  ): AsyncGenerator<Slice, void, undefined> {
    if (pagedOf(only)) {
      const starts: number[] = [];
      for (let at = from; at < to; at += GRAIN_MS[grain]) starts.push(at);
      return yield* this.#slicesAt(principal, grain, starts, only);
    }
    const prefix = [...keys.ledgerRollups(principal.profileId), grain];
    const selector = { start: [...prefix, from], end: [...prefix, to] };
    for await (const { key, value } of this.#store.list(ROLLUP, selector, { batchSize: LIST_BATCH })) {
      yield sliceOf(Number(key[3]), grain, value, only);
    }
  }

  /** The same of some hours or days only. */
  async *#slicesAt(
    { profileId }: Principal,
    grain: Grain,
    starts: readonly number[],
    only: UsageFilter | undefined,
  ): AsyncGenerator<Slice, void, undefined> {
    const paged = pagedOf(only);
    if (paged && only) {
      const wanted = starts.map((at) => keys.ledgerPage(profileId, grain, paged, at, only.value));
      const found = await this.#store.getMany(STATS, wanted);
      for (const [i, at] of starts.entries()) yield { at, grain, all: found[i]?.value, by: {} };
      return;
    }
    const wanted = starts.map((at) => keys.ledgerRollup(profileId, grain, at));
    const found = await this.#store.getMany(ROLLUP, wanted);
    for (const [i, at] of starts.entries()) {
      const value = found[i]?.value;
      if (value) yield sliceOf(at, grain, value, only);
    }
  }
}

function pagedOf(only: UsageFilter | undefined): PagedDimension | undefined {
  return PAGED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
}

function sliceOf(at: number, grain: Grain, { all, by }: Rollup, only: UsageFilter | undefined): Slice {
  const packed = PACKED_DIMENSIONS.find((dimension) => dimension === only?.dimension);
  if (!packed || !only) return { at, grain, all, by };
  const one = by[packed];
  return { at, grain, all: Object.hasOwn(one, only.value) ? one[only.value] : undefined, by };
}

function addToWeek(week: number[][], zone: Zone, at: number, grain: Grain, stats: Stats): void {
  const count = (time: number, calls: number) => {
    const local = zone.localOf(shownAt(time));
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

function partsOf(values: Map<string, StatsSum>): UsagePart[] {
  return [...values].map(([value, sum]) => ({ value, label: value, ...summaryOf(sum.stats()) }))
    .sort((a, b) => b.calls - a.calls || a.value.localeCompare(b.value));
}
