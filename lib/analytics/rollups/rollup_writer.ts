import { KEY_SPEND, type KeyBooking } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import type { LedgerRow } from "../row.ts";
import type { Batch } from "./batch.ts";
import { bookingOf, readKeySums, withRows } from "./key_sums.ts";
import {
  addCall,
  addRow,
  emptyRollup,
  type Grain,
  GRAINS,
  mergeRollup,
  pageOf,
  ROLLUP,
  type Rollup,
  startOf,
  STATS,
} from "./rollup.ts";
import { emptyStats, type Stats } from "./stats.ts";

/** The sums of the hours and days that rows come in now, so that they need not be read for every commit. */
const KEPT_MAX = 8;

/** A sum as it is in the store, or is going to be. */
interface Sum<T> {
  key: Deno.KvKey;
  versionstamp: string | null;
  value: T;
}

/**
 * Commits rows together with the sums that they change. The versions of the sums are checked, so that whoever else has added to
 * them meanwhile is not undone; the first row is checked not to be there, so that a batch whose answer was lost is not counted
 * twice.
 */
export class RollupWriter {
  readonly #store: Store;
  readonly #kept = new Map<string, Sum<Rollup>>();
  /** Of nodes, as they were written. */
  readonly #names = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Commits a batch exactly once, also where it was tried before; returns what API keys have spent with it. Throws where it is
   * not known whether it was committed.
   */
  async commit(batch: Batch): Promise<KeyBooking[]> {
    const [first] = batch.rows;
    if (!first) return [];
    try {
      for (;;) {
        const booked = await this.#tryCommit(batch, first.key);
        if (booked) return booked;
        this.#forget();
        // Had it been another one that was faster, our own rows would not be there.
        if ((await this.#store.kv.get(first.key)).versionstamp !== null) {
          const sums = await readKeySums(this.#store, batch.rows.map(({ row }) => row));
          return sums.map((sum) => bookingOf(sum, sum.stored, sum.versionstamp ?? ""));
        }
      }
    } catch (error) {
      // They hold what may not be in the store.
      this.#forget();
      throw error;
    }
  }

  async #tryCommit({ rows }: Batch, firstKey: Deno.KvKey): Promise<KeyBooking[] | null> {
    const all = rows.map(({ row }) => row);
    const rollups = await this.#rollups(all);
    const pages = await this.#pages(all);
    const keySums = (await readKeySums(this.#store, all)).map((sum) => ({ sum, booked: withRows(sum) }));
    await using transaction = this.#store.transaction();
    const { operation } = transaction;
    operation.check({ key: firstKey, versionstamp: null });
    for (const { key, bytes } of rows) operation.set(key, bytes);
    for (const { key, versionstamp, value } of pages) {
      operation.check({ key, versionstamp }).set(key, this.#store.encode(STATS, value));
    }
    for (const { sum: { key, versionstamp }, booked } of keySums) {
      operation.check({ key, versionstamp }).set(key, this.#store.encode(KEY_SPEND, booked));
    }
    for (const { key, versionstamp, value } of rollups) {
      operation.check({ key, versionstamp });
      await transaction.set(ROLLUP, key, value);
    }
    this.#setNames(operation, all);
    const result = await transaction.commit();
    if (!result.ok) return null;
    const { versionstamp } = result;
    for (const sum of rollups) this.#keep({ ...sum, versionstamp });
    return keySums.map(({ sum, booked }) => bookingOf(sum, booked, versionstamp));
  }

  /** Each row is counted once, to its hour, and what an hour got is added to the sums. */
  async #rollups(rows: readonly LedgerRow[]): Promise<Sum<Rollup>[]> {
    const sums = new Map<string, Sum<Rollup>>();
    for (const { profileId, at, added } of addedByHour(rows)) {
      for (const grain of GRAINS) {
        const start = startOf(grain, at);
        const name = `${profileId} ${grain} ${start}`;
        const sum = sums.get(name) ?? await this.#rollup(profileId, grain, start);
        sums.set(name, sum);
        mergeRollup(sum.value, added, grain === "day");
      }
    }
    return [...sums.values()];
  }

  async #rollup(profileId: string, grain: Grain, at: number): Promise<Sum<Rollup>> {
    const key = keys.ledgerRollup(profileId, grain, at);
    const kept = this.#kept.get(String(key));
    if (kept) return kept;
    const stored = await this.#store.get(ROLLUP, key);
    return { key, versionstamp: stored?.versionstamp ?? null, value: stored?.value ?? emptyRollup() };
  }

  async #pages(rows: readonly LedgerRow[]): Promise<Sum<Stats>[]> {
    const wanted = new Map<string, { key: Deno.KvKey; grain: Grain; rows: LedgerRow[] }>();
    for (const row of rows) {
      const page = pageOf(row);
      if (!page) continue;
      for (const grain of GRAINS) {
        const key = keys.ledgerPage(row.profileId, grain, page.dimension, startOf(grain, row.at), page.id);
        const found = wanted.get(String(key)) ?? { key, grain, rows: [] };
        wanted.set(String(key), found);
        found.rows.push(row);
      }
    }
    const pages = [...wanted.values()];
    const stored = await this.#store.getMany(STATS, pages.map(({ key }) => key));
    return pages.map(({ key, grain, rows }, i) => {
      const value = stored[i]?.value ?? emptyStats();
      for (const row of rows) addCall(value, row, grain);
      return { key, versionstamp: stored[i]?.versionstamp ?? null, value };
    });
  }

  #setNames(operation: Deno.AtomicOperation, rows: readonly LedgerRow[]): void {
    for (const { profileId, attempts } of rows) {
      for (const { nodeId, nodeName } of attempts) {
        const key = keys.ledgerNodeName(profileId, nodeId);
        if (this.#names.get(String(key)) === nodeName) continue;
        this.#names.set(String(key), nodeName);
        operation.set(key, nodeName);
      }
    }
  }

  #forget(): void {
    this.#kept.clear();
    this.#names.clear();
  }

  #keep(sum: Sum<Rollup>): void {
    const name = String(sum.key);
    this.#kept.delete(name);
    this.#kept.set(name, sum);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function addedByHour(rows: readonly LedgerRow[]): Iterable<{ profileId: string; at: number; added: Rollup }> {
  const hours = new Map<string, { profileId: string; at: number; added: Rollup }>();
  for (const row of rows) {
    const { profileId, at } = row;
    const name = `${profileId} ${startOf("hour", at)}`;
    const hour = hours.get(name) ?? { profileId, at, added: emptyRollup() };
    hours.set(name, hour);
    addRow(hour.added, row, "day");
  }
  return hours.values();
}
