import { Cron } from "croner";
import type { BackupSchedule } from "../shared/mod.ts";

/** The first time after `after` at which a schedule wants a backup (ms since 1970), by the clock on the wall; null for none. */
export function nextTime({ every, time, weekday }: BackupSchedule, after: number): number | null {
  if (every === "off") return null;
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const pattern = every === "hour"
    ? `${minute} * * * *`
    : `${minute} ${hour} * * ${every === "week" ? weekday : "*"}`;
  return new Cron(pattern).nextRun(new Date(after))?.getTime() ?? null;
}
