import { keys, recordType } from "../../store/mod.ts";
import { startOf } from "../rollups/rollup.ts";
import type { Stats } from "../rollups/stats.ts";
import { type DayVersions, keep, monthOf, type UsageSource } from "./months.ts";

/** Hours that are read again each time, rather than written: those of a day that goes on are at most that many. */
const FEW_HOURS = 12;

/** The stats of an hour, by its beginning. */
export type HourStats = [at: number, stats: Stats];

/** Hours of a month that were asked for, by their days, each with the version of the day's sum that they belong to. */
interface HourMonth {
  days: [at: number, version: string, hours: HourStats[]][];
}

const HOUR_MONTH = recordType<HourMonth>("hours of a month");

/**
 * The stats of some hours. Zones far from UTC need half the hours of every day, each of them a record with all that calls are
 * told apart by: those that were read are kept together. `name` says of what the hours are, and `read` reads those that lack.
 */
export async function hoursOf(
  source: UsageSource,
  { name, hours, versions, read }: {
    name: string;
    hours: readonly number[];
    versions: DayVersions;
    read: (hours: readonly number[]) => Promise<HourStats[]>;
  },
): Promise<HourStats[]> {
  const found: HourStats[] = [];
  const months = [...Map.groupBy(hours, monthOf)];
  const wanted = months.map(([month]) => keys.ledgerMonth(source.profileId, name, month));
  const stored = await source.store.getMany(HOUR_MONTH, wanted);
  for (const [i, [, hours]] of months.entries()) {
    const key = wanted[i];
    const record = stored[i] ?? null;
    const days = record?.value.days.filter(([day, version]) => versions.get(day) === version) ?? [];
    const known = new Map(days.flatMap(([, , hours]) => hours));
    const lacking = hours.filter((hour) => !known.has(hour));
    for (const [hour, stats] of await read(lacking)) known.set(hour, stats);
    for (const hour of hours) {
      const stats = known.get(hour);
      if (stats) found.push([hour, stats]);
    }
    if (key && lacking.length > FEW_HOURS) {
      await keep(source, HOUR_MONTH, key, record, { days: byDay(known, versions) });
    }
  }
  return found;
}

function byDay(hours: ReadonlyMap<number, Stats>, versions: DayVersions): HourMonth["days"] {
  return [...Map.groupBy(hours, ([hour]) => startOf("day", hour))].flatMap(([day, hours]) => {
    const version = versions.get(day);
    return version === undefined ? [] : [[day, version, hours]];
  });
}
