import type { UsagePoint, UsageStep } from "../../shared/mod.ts";
import { percentileOf } from "../rollups/histogram.ts";
import { type Grain, GRAIN_MS } from "../rollups/rollup.ts";
import { figureOf, type Stats } from "../rollups/stats.ts";
import { shownAt } from "./hours.ts";
import { StatsSum } from "./stats_sum.ts";
import { stepOf, stepStart, stepStarts } from "./steps.ts";
import type { Zone } from "./zone.ts";

/**
 * The points in which a period is drawn, by the calendar of a zone. A day of UTC may be of two days of that calendar: it counts
 * to the one that most of it is in, and its other hours are moved.
 */
export class Points {
  readonly step: UsageStep;
  readonly #from: number;
  readonly #zone: Zone;
  readonly #points: Map<number, StatsSum>;

  constructor({ from, to }: { from: number; to: number }, zone: Zone) {
    this.step = stepOf(from, to);
    this.#from = from;
    this.#zone = zone;
    const starts = stepStarts(this.step, shownAt(from), to, zone);
    this.#points = new Map(starts.map((start) => [start, new StatsSum()]));
  }

  /** Adds an hour or a day. */
  add(at: number, grain: Grain, stats: Stats): void {
    this.#points.get(this.#stepOf(at, grain))?.add(stats);
  }

  /** Moves an hour from the point that its day was added to to its own. */
  move(hour: number, stats: Stats): void {
    const day = Math.floor(hour / GRAIN_MS.day) * GRAIN_MS.day;
    this.#points.get(this.#stepOf(day, "day"))?.add(stats, -1);
    this.add(hour, "hour", stats);
  }

  /** The hours of a day that have to be moved, of those in which there were calls. */
  moved(day: number, { hours = [] }: Stats): number[] {
    const step = this.#stepOf(day, "day");
    if (this.#hourStep(day) === step && this.#hourStep(day + 23 * GRAIN_MS.hour) === step) return [];
    const moved: number[] = [];
    for (let i = 0; i < hours.length; i += 3) {
      const hour = day + (hours[i] ?? 0) * GRAIN_MS.hour;
      if (this.#hourStep(hour) !== step) moved.push(hour);
    }
    return moved;
  }

  /** The sum of all points. */
  total(): Stats {
    const total = new StatsSum();
    for (const point of this.#points.values()) total.addSum(point);
    return total.stats();
  }

  /** What is drawn. */
  list(): UsagePoint[] {
    return [...this.#points].map(([start, sum]) =>
      pointOf(Math.max(this.#from, this.#zone.timeOf(start)), sum.stats())
    );
  }

  #stepOf(at: number, grain: Grain): number {
    return this.#hourStep(grain === "day" ? at + GRAIN_MS.day / 2 : at);
  }

  #hourStep(hour: number): number {
    return stepStart(this.step, this.#zone.localOf(shownAt(hour)));
  }
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
