import { addSpend, KEY_SPEND, type KeyBooking, type KeySpend, noSpend } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import type { LedgerRow } from "../row.ts";

/** What an API key has spent as it is in the store, and rows that belong to it. */
export interface KeySum {
  profileId: string;
  keyId: string;
  key: Deno.KvKey;
  /** Null where there is none yet. */
  versionstamp: string | null;
  stored: KeySpend;
  rows: LedgerRow[];
}

/** The sums that rows belong to, of those that were asked for with an API key. */
export async function readKeySums(store: Store, rows: readonly LedgerRow[]): Promise<KeySum[]> {
  const sums = new Map<string, Omit<KeySum, "versionstamp" | "stored">>();
  for (const row of rows) {
    const { profileId, keyId } = row;
    if (keyId === undefined) continue;
    const name = `${profileId} ${keyId}`;
    const sum = sums.get(name) ?? { profileId, keyId, key: keys.apiKeySpend(profileId, keyId), rows: [] };
    sums.set(name, sum);
    sum.rows.push(row);
  }
  const wanted = [...sums.values()];
  const found = await store.getMany(KEY_SPEND, wanted.map(({ key }) => key));
  return wanted.map((sum, i) => ({
    ...sum,
    versionstamp: found[i]?.versionstamp ?? null,
    stored: found[i]?.value ?? noSpend(),
  }));
}

/** A sum with its rows. */
export function withRows({ stored, rows }: Pick<KeySum, "stored" | "rows">): KeySpend {
  const spend = structuredClone(stored);
  for (const { at, costNano, usage } of rows) addSpend(spend, at, { costNano, tokens: usage.totalTokens });
  return spend;
}

/** What is told of a sum that was committed as `sum`. */
export function bookingOf(
  { profileId, keyId, rows }: KeySum,
  sum: KeySpend,
  versionstamp: string,
): KeyBooking {
  return { profileId, keyId, added: withRows({ stored: noSpend(), rows }), sum, versionstamp };
}
