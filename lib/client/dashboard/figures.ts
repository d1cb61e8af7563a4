import { NANO, type UsageStep } from "../../shared/mod.ts";
import { formatNumber, formatSeconds } from "../format.ts";

/** Nano-dollars as dollars: two decimals, and three digits that count where it is less than a dollar. */
export function formatDollars(nano: number, language: string): string {
  const dollars = nano / NANO;
  const zeros = dollars === 0 ? 0 : Math.max(0, -Math.floor(Math.log10(Math.abs(dollars))));
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: zeros === 0 ? 2 : Math.min(9, zeros + 2),
  }).format(dollars);
}

/** Milliseconds as they are read best: 340 ms, 2.4 s, 3.1 min; "–" for none. */
export function formatDuration(ms: number | null, language: string): string {
  if (ms === null) return "–";
  if (ms < 1_000) return `${formatNumber(ms, language, 0)} ms`;
  return ms < 120_000 ? formatSeconds(ms, language) : `${formatNumber(ms / 60_000, language)} min`;
}

/** A share from 0 to 1 in percent; "–" for none. */
export function formatShare(share: number | null, language: string): string {
  if (share === null) return "–";
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

const STEPS: Readonly<Record<UsageStep, Intl.DateTimeFormatOptions>> = {
  hour: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { month: "short", day: "numeric" },
  week: { month: "short", day: "numeric", year: "2-digit" },
  month: { month: "short", year: "numeric" },
};

/** Names the points of a chart by their beginnings. */
export function pointNames(step: UsageStep, zone: string, language: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(language, { ...STEPS[step], timeZone: zone });
  return (at) => format.format(at);
}

/** A day of a zone in full. */
export function formatZoneDay(at: number, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: zone }).format(at);
}

/** The weekdays in short, Monday first. */
export function weekdayNames(language: string): string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, i) => format.format(Date.UTC(2026, 0, 5 + i)));
}
