import { formatDay } from "../format.ts";

const MINUTE_MS = 60_000;
/** Steps of time by how long they hold. */
const STEPS: readonly { unit: Intl.RelativeTimeFormatUnit; ms: number; until: number }[] = [
  { unit: "minute", ms: MINUTE_MS, until: 60 * MINUTE_MS },
  { unit: "hour", ms: 60 * MINUTE_MS, until: 24 * 60 * MINUTE_MS },
  { unit: "day", ms: 24 * 60 * MINUTE_MS, until: 7 * 24 * 60 * MINUTE_MS },
];

/** How long ago something was ("5 minutes ago"), or its day where that is more than a week; "" for less than a minute. */
export function formatAgo(at: number, now: number, language: string): string {
  const passed = now - at;
  if (passed < MINUTE_MS) return "";
  const step = STEPS.find(({ until }) => passed < until);
  if (!step) return formatDay(at, language);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return format.format(-Math.floor(passed / step.ms), step.unit);
}
