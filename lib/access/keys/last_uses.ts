import type { Clock } from "../../host/mod.ts";
import { type ApiKeyRecord, keys, records, type Store } from "../../store/mod.ts";

const INTERVAL_MS = 60_000;

/** Keeps when keys were used last, at most once a minute so that reading does not become writing. */
export class LastUses {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #kept = new Map<string, number>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A key is used now. */
  async note({ id, profileId, lastUsedAt = 0 }: ApiKeyRecord): Promise<void> {
    const now = this.#clock.now();
    if (now - (this.#kept.get(id) ?? lastUsedAt) < INTERVAL_MS) return;
    this.#kept.set(id, now);
    const current = await this.#store.get(records.apiKey, keys.apiKey(profileId, id));
    // Revoked since it was looked up: writing would bring it back to the list.
    if (!current) return;
    const bytes = this.#store.encode(records.apiKey, { ...current.value, lastUsedAt: now });
    await this.#store.kv.atomic().check(current).set(current.key, bytes).commit();
  }

  /** Forgets a key that is gone. */
  forget(id: string): void {
    this.#kept.delete(id);
  }
}
