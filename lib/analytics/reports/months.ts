import type { Clock, Log } from "../../host/mod.ts";
import { keys, type RecordType, type Store, type Stored } from "../../store/mod.ts";
import { GRAIN_MS } from "../rollups/rollup.ts";
import type { Span } from "./spans.ts";

/** Whose sums are read, and where. */
export interface UsageSource {
  store: Store;
  clock: Clock;
  log: Log;
  profileId: string;
}

/** The versions of the sums of days, by the days' beginnings: every commit that changes anything of a day changes its sum too. */
export type DayVersions = ReadonlyMap<number, string>;

/** Something of a whole month, with the versions of the sums that it was made of. */
export interface OfMonth<T> {
  versions: string;
  value: T;
}

/** A span of which it is known whether it is a whole month of UTC that is over. */
export type MonthSpan = Span & { isMonth: boolean };

/** The beginning of the month of UTC that a time is in. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** A span of days in whole months of UTC that are over, and what is around them. One month that goes on changes all the time. */
export function withMonths(span: Span, now: number): MonthSpan[] {
  const { grain, from, to } = span;
  const months: MonthSpan[] = [];
  const end = grain === "day" ? Math.min(to, now) : from;
  for (let at = monthAfter(from - 1); monthAfter(at) <= end; at = monthAfter(at)) {
    months.push({ grain, from: at, to: monthAfter(at), isMonth: true });
  }
  const before = { grain, from, to: months[0]?.from ?? to, isMonth: false };
  const after = { grain, from: months.at(-1)?.to ?? to, to, isMonth: false };
  return [before, ...months, after].filter((part) => part.to > part.from);
}

/** The versions of the sums of all days from `from` on and before `to`. */
export async function dayVersions(
  { store, profileId }: UsageSource,
  { from, to }: Pick<Span, "from" | "to">,
): Promise<DayVersions> {
  const prefix = [...keys.ledgerRollups(profileId), "day"];
  const days = store.kv.list({ start: [...prefix, from], end: [...prefix, to] }, { batchSize: 500 });
  return new Map(
    (await Array.fromAsync(days)).map(({ key, versionstamp }) => [Number(key[3]), versionstamp]),
  );
}

/**
 * What is made of a whole month, from its record as long as its days are those that it was made of. The versions were read
 * before the days are: what is added meanwhile makes the record worthless, and not wrong.
 */
export async function ofMonth<T>(
  source: UsageSource,
  { month, name, type, versions, make, isKept = () => true }: {
    month: Span;
    name: string;
    type: RecordType<OfMonth<T>>;
    versions: DayVersions;
    make: () => Promise<T>;
    isKept?: (value: T) => boolean;
  },
): Promise<T> {
  const key = keys.ledgerMonth(source.profileId, name, month.from);
  const text = versionsText(versions, month);
  if (text === "") return await make();
  const stored = await source.store.get(type, key);
  if (stored?.value.versions === text) return stored.value.value;
  const value = await make();
  if (isKept(value)) await keep(source, type, key, stored, { versions: text, value });
  return value;
}

/** Writes a record that spares work the next time. Where that fails, the answer is there all the same. */
export async function keep<T>(
  { store, log }: UsageSource,
  type: RecordType<T>,
  key: Deno.KvKey,
  stored: Stored<T> | null,
  value: T,
): Promise<void> {
  try {
    await using transaction = store.transaction();
    transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
    await transaction.set(type, key, value);
    // Another reader that was faster has written the same.
    await transaction.commit();
  } catch (error) {
    log.of("ledger").warn("Cannot keep what was read of a month", { record: type.name, error });
  }
}

function versionsText(versions: DayVersions, { from, to }: Span): string {
  const days: string[] = [];
  for (let day = from; day < to; day += GRAIN_MS.day) {
    const version = versions.get(day);
    if (version !== undefined) days.push(`${(day - from) / GRAIN_MS.day}:${version}`);
  }
  return days.join(" ");
}

function monthAfter(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
