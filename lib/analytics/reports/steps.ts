import type { UsageStep } from "../../shared/mod.ts";
import { weekdayOf, type Zone } from "./zone.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The step in which a period is drawn: some ten to a hundred points. */
export function stepOf(from: number, to: number): UsageStep {
  const days = (to - from) / DAY_MS;
  if (days <= 3) return "hour";
  if (days <= 92) return "day";
  return days <= 750 ? "week" : "month";
}

/** The beginning of the step that a time is in, as the calendar shows it. */
export function stepStart(step: UsageStep, local: number): number {
  switch (step) {
    case "hour":
      return Math.floor(local / HOUR_MS) * HOUR_MS;
    case "day":
      return Math.floor(local / DAY_MS) * DAY_MS;
    case "week":
      return (Math.floor(local / DAY_MS) - weekdayOf(local)) * DAY_MS;
    case "month": {
      const date = new Date(local);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    }
  }
}

/** The beginnings of all steps of a period, as the calendar shows them. */
export function stepStarts(step: UsageStep, from: number, to: number, zone: Zone): number[] {
  const starts: number[] = [];
  const end = zone.localOf(to);
  for (let at = stepStart(step, zone.localOf(from)); at < end; at = next(step, at)) starts.push(at);
  return starts;
}

function next(step: UsageStep, start: number): number {
  if (step === "hour") return start + HOUR_MS;
  if (step === "day") return start + DAY_MS;
  if (step === "week") return start + 7 * DAY_MS;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
