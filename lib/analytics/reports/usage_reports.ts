import type { UsagePart, UsageReport } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import {
  type Grain,
  GRAIN_MS,
  PACKED_DIMENSIONS,
  type PackedDimension,
  type PagedDimension,
} from "../rollups/rollup.ts";
import { figureOf, type Stats } from "../rollups/stats.ts";
import { hoursOf } from "./hour_months.ts";
import { shownAt, wholeHours } from "./hours.ts";
import { type DayVersions, dayVersions, monthOf, type UsageSource, withMonths } from "./months.ts";
import { pageParts } from "./page_parts.ts";
import { Points } from "./points.ts";
import { nameOf, type Slice, slicesAt, slicesOf } from "./slices.ts";
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

/**
 * Answers from the rollups: what was used in a period costs as many reads as it has hours, or where it is long, months and the
 * days around them.
 */
export class UsageReports {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor({ store, clock, log }: { store: Store; clock: Clock; log: Log }) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** What was used in a period, of everything or of one value of a dimension. Throws `invalid_request` for an unknown zone. */
  async report(principal: Principal, period: Period, only?: UsageFilter): Promise<UsageReport> {
    const zone = new Zone(period.zone);
    const { from, to } = wholeHours(period);
    const source = this.#source(principal);
    const points = new Points({ from, to }, zone);
    const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    const parts = new Map<PackedDimension, Map<string, StatsSum>>();
    for (const span of spansOf(from, to)) {
      const versions = await versionsFor(source, span);
      const moved: number[] = [];
      for (const part of withMonths(span, this.#clock.now())) {
        for await (const { at, grain, all, by } of slicesOf(source, part, versions, only)) {
          points.add(at, grain, all);
          addToWeek(week, zone, at, grain, all);
          if (!only) addParts(parts, by);
          if (grain === "day") moved.push(...points.moved(at, all));
        }
      }
      for (const [at, all] of await hoursFor(source, moved, versions, only)) points.move(at, all);
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
    principal: Principal,
    period: Omit<Period, "zone">,
    dimension: PagedDimension,
    limit = 100,
  ): Promise<UsagePart[]> {
    const { from, to } = wholeHours(period);
    return await pageParts(this.#source(principal), dimension, spansOf(from, to), limit);
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

  #source({ profileId }: Principal): UsageSource {
    return { store: this.#store, clock: this.#clock, log: this.#log, profileId };
  }
}

/** The versions of the days of whole months, which the first and the last day of a span are in. */
async function versionsFor(source: UsageSource, { grain, from, to }: Span): Promise<DayVersions> {
  return grain === "day" ? await dayVersions(source, { from: monthOf(from), to }) : new Map();
}

async function hoursFor(
  source: UsageSource,
  hours: readonly number[],
  versions: DayVersions,
  only: UsageFilter | undefined,
): Promise<[at: number, all: Stats][]> {
  const name = `hours${nameOf(only)}`;
  const read = async (hours: readonly number[]) =>
    (await slicesAt(source, "hour", hours, only)).map(({ at, all }): [number, Stats] => [at, all]);
  return await hoursOf(source, { name, hours, versions, read });
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
