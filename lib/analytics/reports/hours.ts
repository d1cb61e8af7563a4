import { GRAIN_MS } from "../rollups/rollup.ts";

const HOUR_MS = GRAIN_MS.hour;

/**
 * A stretch of time with both ends taken back to whole hours of UTC, as everything is counted: stretches that follow each other
 * have no hour in common, in zones with half hours too.
 */
export function wholeHours<Stretch extends { from: number; to: number }>(stretch: Stretch): Stretch {
  return { ...stretch, from: hourOf(stretch.from), to: hourOf(stretch.to) };
}

/**
 * The time by which a calendar shows the hour that a time is in: its last ms. Where midnight is within an hour of UTC, that hour
 * belongs to the day that begins in it, as `wholeHours` has it.
 */
export function shownAt(at: number): number {
  return hourOf(at) + HOUR_MS - 1;
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
