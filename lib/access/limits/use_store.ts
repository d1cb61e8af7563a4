import { keys, type RateUseRecord, records, type Store } from "../../store/mod.ts";
import type { Account } from "./account.ts";

/** As many as Deno KV reads at once. */
const BATCH = 10;
const ATTEMPTS = 5;

/** Keeps the use of accounts where a restart and other instances find it. */
export class UseStore {
  #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Where the use of a profile, or of one of its keys, is. */
  keyOf(profileId: string, keyId: string | undefined): Deno.KvKey {
    return keys.rateUse(profileId, keyId);
  }

  /** The stored use of an account, where there is any. */
  async read({ key }: Account): Promise<RateUseRecord | undefined> {
    return (await this.#store.get(records.rateUse, key))?.value;
  }

  /**
   * Stores what the accounts used. Where other instances work on the same data, theirs is added first, for accounts too that
   * have nothing to store. Throws where the store does; what was not stored stays to be stored.
   */
  async sync(accounts: readonly Account[], now: () => number): Promise<void> {
    const wanted = this.#store.shared ? accounts : accounts.filter(({ isDirty }) => isDirty);
    for (let i = 0; i < wanted.length; i += BATCH) {
      await this.#syncBatch(wanted.slice(i, i + BATCH), now);
    }
  }

  /** A conflict means that another instance was faster: its use is read and added, and the sum tried again. */
  async #syncBatch(accounts: Account[], now: () => number): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const operation = this.#store.kv.atomic();
      if (this.#store.shared) await this.#adopt(accounts, operation, now);
      const time = now();
      const snapshots = accounts.filter(({ isDirty }) => isDirty).map((account) => {
        const snapshot = account.snapshot(time);
        const { expireIn, record } = snapshot;
        operation.set(account.key, this.#store.encode(records.rateUse, record), { expireIn });
        return snapshot;
      });
      if (snapshots.length === 0) return;
      if ((await operation.commit()).ok) return snapshots.forEach(({ stored }) => stored());
    }
  }

  async #adopt(accounts: Account[], operation: Deno.AtomicOperation, now: () => number): Promise<void> {
    const found = await this.#store.getMany(records.rateUse, accounts.map(({ key }) => key));
    for (const [i, account] of accounts.entries()) {
      account.adopt(found[i]?.value, now());
      if (!account.isDirty) continue;
      operation.check({ key: account.key, versionstamp: found[i]?.versionstamp ?? null });
    }
  }
}
