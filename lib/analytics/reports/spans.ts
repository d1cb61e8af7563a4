import { type Grain, GRAIN_MS, startOf } from "../rollups/rollup.ts";

/** Up to here every hour is looked at, so that days are those of the person's calendar. */
const HOURS_MAX_MS = 35 * GRAIN_MS.day;

/** A stretch of time that is read from rollups of one grain; `to` is the first that is not in it. */
export interface Span {
  grain: Grain;
  from: number;
  to: number;
}

/** A period in stretches: hours, or where it is long, days of UTC with hours at both ends. */
export function spansOf(from: number, to: number): Span[] {
  if (to - from <= HOURS_MAX_MS) return [{ grain: "hour", from, to }];
  const firstDay = Math.ceil(from / GRAIN_MS.day) * GRAIN_MS.day;
  const lastDay = startOf("day", to);
  const spans: Span[] = [
    { grain: "hour", from, to: firstDay },
    { grain: "day", from: firstDay, to: lastDay },
    { grain: "hour", from: lastDay, to },
  ];
  return spans.filter((span) => span.to > span.from);
}
