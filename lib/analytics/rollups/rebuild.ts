import { firstIdOf } from "../../shared/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import { LEDGER_ROW, type LedgerRow } from "../row.ts";
import {
  addCall,
  addRow,
  emptyRollup,
  type Grain,
  GRAIN_MS,
  GRAINS,
  PAGED_DIMENSIONS,
  pageOf,
  ROLLUP,
  type Rollup,
  startOf,
  STATS,
} from "./rollup.ts";
import { emptyStats, type Stats } from "./stats.ts";

/** Counts up with every change of what is summed up, so that it is done anew. */
const SHAPE = 1;
const SHAPE_RECORD = recordType<{ shape: number }>("ledger's shape");
/** Below the 100 checks of a commit. */
const CHECKS_MAX = 90;
const DAY_MS = GRAIN_MS.day;
/** An id is made a moment before or after its call begins, or by a clock that was put right since. */
const CLOCK_SLACK_MS = 3_600_000;

/** What is summed up of a day: the records by their keys. */
interface DaySums {
  rollups: Map<string, { key: Deno.KvKey; value: Rollup }>;
  pages: Map<string, { key: Deno.KvKey; value: Stats }>;
}

/** Rebuilds the rollups of a profile where they are of an older shape, or were never made. */
export async function rebuildWhereOld(store: Store, profileId: string, signal: AbortSignal): Promise<void> {
  const key = keys.ledgerShape(profileId);
  const stored = await store.get(SHAPE_RECORD, key);
  if (stored?.value.shape === SHAPE) return;
  await rebuildRollups(store, profileId, signal);
  if (!signal.aborted) await store.kv.set(key, store.encode(SHAPE_RECORD, { shape: SHAPE }));
}

/**
 * Sums all rows of a profile up anew, day by day, while calls go on: each record is only replaced where nobody has added to it
 * since its rows were read. Returns the number of rows.
 */
export async function rebuildRollups(
  store: Store,
  profileId: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let count = 0;
  for (const day of await daysOf(store, profileId)) {
    for (;;) {
      if (signal.aborted) return count;
      const rows = await rebuildDay(store, profileId, day);
      if (rows === null) continue;
      count += rows;
      break;
    }
  }
  return count;
}

/** The days with rows or sums, by a look at one row of each. */
async function daysOf(store: Store, profileId: string): Promise<number[]> {
  const days = new Set<number>();
  const end = [...keys.ledgers(profileId), "~"];
  let start: Deno.KvKey = [...keys.ledgers(profileId), ""];
  for (;;) {
    const [first] = await Array.fromAsync(store.list(LEDGER_ROW, { start, end }, { limit: 1 }));
    if (!first) break;
    const day = startOf("day", first.value.at);
    days.add(day);
    // A call near midnight may stand among the ids of the day beside its own.
    days.add(day - DAY_MS).add(day + DAY_MS);
    const next = keys.ledger(profileId, firstIdOf(day + DAY_MS));
    const [, , id = ""] = first.key;
    start = String(next[2]) > String(id) ? next : [...first.key, ""];
  }
  const prefix = [...keys.ledgerRollups(profileId), "day"];
  for await (const { key } of store.kv.list({ prefix })) days.add(Number(key[3]));
  return [...days].sort((a, b) => a - b);
}

/** Null where somebody has added to the day meanwhile. */
async function rebuildDay(store: Store, profileId: string, day: number): Promise<number | null> {
  const before = await versionsOf(store, profileId, day);
  const selector = {
    start: keys.ledger(profileId, firstIdOf(day - CLOCK_SLACK_MS)),
    end: keys.ledger(profileId, firstIdOf(day + DAY_MS + CLOCK_SLACK_MS)),
  };
  const sums: DaySums = { rollups: new Map(), pages: new Map() };
  let count = 0;
  for await (const { value } of store.list(LEDGER_ROW, selector, { batchSize: 500 })) {
    if (startOf("day", value.at) !== day) continue;
    sum(sums, profileId, value);
    count++;
  }
  return await replace(store, before, sums) ? count : null;
}

async function versionsOf(
  store: Store,
  profileId: string,
  day: number,
): Promise<Map<string, Deno.KvEntry<unknown>>> {
  const found = new Map<string, Deno.KvEntry<unknown>>();
  const range = (before: Deno.KvKey) => ({ start: [...before, day], end: [...before, day + DAY_MS] });
  for (const grain of GRAINS) {
    const prefixes = [
      [...keys.ledgerRollups(profileId), grain],
      ...PAGED_DIMENSIONS.map((dimension) => [...keys.ledgerPages(profileId), grain, dimension]),
    ];
    for (const prefix of prefixes) {
      for await (const entry of store.kv.list(range(prefix))) found.set(String(entry.key), entry);
    }
  }
  return found;
}

function sum({ rollups, pages }: DaySums, profileId: string, row: LedgerRow): void {
  const page = pageOf(row);
  for (const grain of GRAINS) {
    const at = startOf(grain, row.at);
    const key = keys.ledgerRollup(profileId, grain, at);
    const rollup = rollups.get(String(key)) ?? { key, value: emptyRollup() };
    rollups.set(String(key), rollup);
    addRow(rollup.value, row, grain);
    if (!page) continue;
    const pageKey = keys.ledgerPage(profileId, grain, page.dimension, at, page.id);
    const found = pages.get(String(pageKey)) ?? { key: pageKey, value: emptyStats() };
    pages.set(String(pageKey), found);
    addCall(found.value, row, grain);
  }
}

/** In commits of as many records as may be checked: each of them is right by itself, and doing it again is harmless. */
async function replace(
  store: Store,
  before: ReadonlyMap<string, Deno.KvEntry<unknown>>,
  { rollups, pages }: DaySums,
): Promise<boolean> {
  const gone = [...before].filter(([name]) => !rollups.has(name) && !pages.has(name)).map(([, { key }]) =>
    key
  );
  // What was read of a month is known by the sums of its days: they change last.
  const changes = [
    ...[...pages.values()].map((page) => ({ type: "page", ...page }) as const),
    ...[...rollups.values()].map((rollup) => ({ type: "rollup", ...rollup }) as const),
    ...gone.map((key) => ({ type: "gone", key }) as const),
  ].sort((a, b) => Number(isSumOfDay(a.key)) - Number(isSumOfDay(b.key)));
  for (let i = 0; i < changes.length; i += CHECKS_MAX) {
    await using transaction = store.transaction();
    for (const change of changes.slice(i, i + CHECKS_MAX)) {
      const { key } = change;
      const versionstamp = before.get(String(key))?.versionstamp ?? null;
      transaction.operation.check({ key, versionstamp });
      if (change.type === "gone") await transaction.delete(key);
      else if (change.type === "page") await transaction.set(STATS, key, change.value);
      else await transaction.set(ROLLUP, key, change.value);
    }
    if (!(await transaction.commit()).ok) return false;
  }
  return true;
}

function isSumOfDay([entity, , grain]: Deno.KvKey): boolean {
  return entity === "ledger_rollup" && grain === ("day" satisfies Grain);
}
