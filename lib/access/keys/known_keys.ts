import type { Budgets, RateLimits } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { type ApiKeyRecord, keys, records, type Store } from "../../store/mod.ts";
import { hasBudget } from "../budgets/key_budgets.ts";
import type { Revocations } from "../revocations.ts";
import { KeyDeadlines } from "./key_deadlines.ts";

/** What this process knows of the keys that were shown to it: every call asks for it, and a read would wait behind commits. */
export class KnownKeys {
  readonly #store: Store;
  readonly #revocations: Revocations;
  readonly #deadlines: KeyDeadlines;
  /** By hash, where no other process can change one. */
  readonly #records = new Map<string, ApiKeyRecord>();
  readonly #limits = new Map<string, RateLimits>();
  readonly #budgets = new Map<string, { name: string; budgets: Budgets }>();
  readonly #hashes = new Map<string, string>();
  /** Counts keys that were changed or revoked. */
  #changes = 0;

  constructor({ store, revocations, clock }: { store: Store; revocations: Revocations; clock: Clock }) {
    this.#store = store;
    this.#revocations = revocations;
    const deadlines = new KeyDeadlines(clock, (keyId) => revocations.endOpen(keyId));
    this.#deadlines = deadlines;
    revocations.watch({ opened: (id) => deadlines.watch(id), closed: (id) => deadlines.unwatch(id) });
  }

  /**
   * Learns of a key that was not shown to this process, where there is one: what it caused may go on after a restart, or at
   * another process. Returns a promise only where something has to be read.
   */
  learn(profileId: string, keyId: string): void | Promise<void> {
    if (!this.#limits.has(keyId)) return this.recall(profileId, keyId).then(() => {});
  }

  /** The limits of a key; undefined for one that is not known. */
  limitsOf(keyId: string): RateLimits | undefined {
    return this.#limits.get(keyId);
  }

  /** The budgets of a key, with its name; undefined where it has none. */
  budgetsOf(keyId: string): { name: string; budgets: Budgets } | undefined {
    return this.#budgets.get(keyId);
  }

  /** The key with a hash, or null. */
  async find(hash: string): Promise<ApiKeyRecord | null> {
    for (;;) {
      const known = this.#records.get(hash);
      if (known) return known;
      const changes = this.#changes;
      const record = (await this.#store.get(records.apiKey, keys.apiKeyByHash(hash)))?.value ?? null;
      // What was read while a key was changed or revoked may be that key as it was.
      if (changes !== this.#changes) continue;
      if (record) this.#note(record);
      if (record && !this.#store.shared) this.#records.set(hash, record);
      return record;
    }
  }

  /** The key with an id, or null; what it is limited to is known from then on. */
  async recall(profileId: string, id: string): Promise<ApiKeyRecord | null> {
    for (;;) {
      const changes = this.#changes;
      const record = (await this.#store.get(records.apiKey, keys.apiKey(profileId, id)))?.value ?? null;
      if (changes !== this.#changes) continue;
      if (record) this.#note(record);
      return record;
    }
  }

  /** Takes over a change of a key that goes on with its secret. */
  changed(record: ApiKeyRecord): void {
    this.forgetHash(record.hash);
    if (this.#limits.has(record.id)) this.#note(record);
  }

  /** The key that was found by a hash is not found by it any more, or has changed. */
  forgetHash(hash: string): void {
    this.#changes++;
    this.#records.delete(hash);
  }

  /** Forgets a key that is gone. */
  forget({ id, hash }: Pick<ApiKeyRecord, "id" | "hash">): void {
    this.forgetHash(hash);
    this.#limits.delete(id);
    this.#budgets.delete(id);
    this.#hashes.delete(id);
    this.#deadlines.forget(id);
  }

  /** Takes over what another process has changed of the profile's keys with which something is open here. */
  async changedElsewhere(profileId: string): Promise<void> {
    const open = this.#revocations.idsOf(profileId).filter((id) => this.#hashes.has(id));
    const stored = await this.#store.getMany(records.apiKey, open.map((id) => keys.apiKey(profileId, id)));
    for (const [i, id] of open.entries()) {
      const record = stored[i]?.value;
      if (!record) this.#revocations.end(id);
      else if (record.hash !== this.#hashes.get(id)) this.#revocations.endOpen(id);
      else this.#deadlines.set(id, record.expiresAt);
    }
  }

  #note(record: ApiKeyRecord): void {
    const { id, name, hash, budgets, expiresAt } = record;
    // What is open was begun with the secret of before.
    if ((this.#hashes.get(id) ?? hash) !== hash) this.#revocations.endOpen(id);
    this.#hashes.set(id, hash);
    this.#limits.set(id, limitsOf(record));
    if (hasBudget(budgets)) this.#budgets.set(id, { name, budgets });
    else this.#budgets.delete(id);
    this.#deadlines.set(id, expiresAt);
  }
}

function limitsOf({ requestsPerMinute, tokensPerMinute }: RateLimits): RateLimits {
  return {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
  };
}
