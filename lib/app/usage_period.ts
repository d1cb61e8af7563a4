import { FreshetError } from "../shared/mod.ts";
import { type Period, wholeHours, Zone } from "../analytics/mod.ts";

/** A period as it stands in an address. */
export interface PeriodQuery {
  /** ms since 1970, or a day as `2026-01-31`. */
  from?: string;
  to?: string;
  period?: "today" | "7d" | "30d" | "90d" | "year";
  zone?: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = { today: 1, "7d": 7, "30d": 30, "90d": 90, year: 365 } as const;
const LONGEST_MS = 3_660 * DAY_MS;

/**
 * The period that is asked for: from the beginning of a day of the zone up to the end of another one, or between two times, in
 * whole hours; the last 30 days where nothing is said, and `ownZone` where no zone is named. Throws `invalid_request` where there is no such time or the end is not after the beginning.
 */
export function periodOf(
  { from, to, period = "30d", zone: asked }: PeriodQuery,
  now: number,
  ownZone: string,
): Period {
  const zone = asked ?? ownZone;
  const calendar = new Zone(zone);
  const today = Math.floor(calendar.localOf(now) / DAY_MS) * DAY_MS;
  const tomorrow = calendar.timeOf(today + DAY_MS);
  const end = to === undefined ? tomorrow : timeOf(to, calendar, "to");
  const start = from === undefined
    ? calendar.timeOf(dayOf(calendar, end) - (DAYS[period] - 1) * DAY_MS)
    : timeOf(from, calendar, "from");
  if (start < end && end - start <= LONGEST_MS) return wholeHours({ from: start, to: end, zone });
  throw new FreshetError("invalid_request", "The period has to end after it begins, and within ten years", {
    field: "to",
  });
}

/** The calendar's day that ends at or after a time. */
function dayOf(calendar: Zone, end: number): number {
  return Math.floor(calendar.localOf(end - 1) / DAY_MS) * DAY_MS;
}

function timeOf(text: string, calendar: Zone, field: "from" | "to"): number {
  // The hour that a time is in belongs to what ends with it.
  if (/^\d{1,14}$/.test(text)) {
    return field === "to" ? Math.ceil(Number(text) / HOUR_MS) * HOUR_MS : Number(text);
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(day)) {
    throw new FreshetError("invalid_request", `Cannot read "${text.slice(0, 30)}" as a day or a time`, {
      field,
    });
  }
  return calendar.timeOf(field === "to" ? day + DAY_MS : day);
}
