import { createHash } from "node:crypto";
import { type ApiKeyView, FreshetError, newId } from "../shared/mod.ts";
import { type ApiKeyRecord, keys, records, type Store } from "../store/mod.ts";
import { type Principal, requireScope, type Scope, SCOPES } from "./principal.ts";

/** Every key of ours begins with this. */
export const KEY_PREFIX = "fsh_";
const SECRET_BYTES = 32;
const TOUCH_INTERVAL_MS = 60_000;

/** API keys for outside programs. Only the SHA-256 of a key is kept: with 256 random bits in it, that is enough. */
export class ApiKeys {
  #store: Store;
  #touched = new Map<string, number>();
  #known = new Map<string, ApiKeyRecord>();
  #revocations = 0;
  #streams = new Map<string, Set<() => void>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Makes a key; its secret is in the answer and nowhere else. */
  async create(
    principal: Principal,
    name: string,
    scopes: Scope[],
  ): Promise<ApiKeyView & { secret: string }> {
    requireScope(principal, "admin");
    const secret = KEY_PREFIX + crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
    const record: ApiKeyRecord = {
      id: newId(),
      profileId: principal.profileId,
      name,
      scopes,
      prefix: secret.slice(0, KEY_PREFIX.length + 4),
      hash: hashOf(secret),
      createdAt: Date.now(),
    };
    await this.#store.kv.atomic()
      .set(keys.apiKey(principal.profileId, record.id), this.#store.encode(records.apiKey, record))
      .set(keys.apiKeyByHash(record.hash), this.#store.encode(records.apiKey, record))
      .commit();
    return { ...viewOf(record), secret };
  }

  /** The keys of the principal's profile, oldest first. */
  async list(principal: Principal): Promise<ApiKeyView[]> {
    const prefix = keys.apiKeys(principal.profileId);
    const stored = await Array.fromAsync(this.#store.list(records.apiKey, { prefix }));
    return stored.map(({ value }) => viewOf(value));
  }

  /** Revokes a key at once. Throws `not_found` for ids of other profiles too. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such API key");
    await this.#store.kv.atomic().delete(stored.key).delete(keys.apiKeyByHash(stored.value.hash)).commit();
    this.#revocations++;
    this.#known.delete(stored.value.hash);
    for (const end of this.#streams.get(id) ?? []) end();
    this.#touched.delete(id);
  }

  /**
   * Calls `end` when the principal's key is revoked, by this process: what was begun with it and has no end of its own stops.
   * The returned function calls it off.
   */
  onRevoked({ keyId }: Principal, end: () => void): () => void {
    if (keyId === undefined) return () => {};
    const ends = this.#streams.get(keyId) ?? new Set();
    this.#streams.set(keyId, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0) this.#streams.delete(keyId);
    };
  }

  /** The principal that a secret stands for, or null where it stands for none. */
  async verify(secret: string): Promise<Principal | null> {
    const record = await this.#lookUp(hashOf(secret));
    if (!record) return null;
    const { id, profileId, scopes } = record;
    await this.#touch(record);
    return {
      profileId,
      type: "key",
      keyId: id,
      scopes: new Set(SCOPES.filter((scope) => scopes.includes(scope))),
    };
  }

  /** Kept in memory where no other process can revoke it: a read would wait behind every commit under way. */
  async #lookUp(hash: string): Promise<ApiKeyRecord | null> {
    const known = this.#known.get(hash);
    if (known) return known;
    const revocations = this.#revocations;
    const record = (await this.#store.get(records.apiKey, keys.apiKeyByHash(hash)))?.value ?? null;
    // What was read while a key was revoked may be that key.
    const isCurrent = revocations === this.#revocations && !this.#store.shared;
    if (record && isCurrent) this.#known.set(hash, record);
    return record;
  }

  /** Keeps the time of the last use, at most once a minute so that reading does not become writing. */
  async #touch(record: ApiKeyRecord): Promise<void> {
    const now = Date.now();
    const touched = this.#touched.get(record.id) ?? record.lastUsedAt ?? 0;
    if (now - touched < TOUCH_INTERVAL_MS) return;
    this.#touched.set(record.id, now);
    const key = keys.apiKey(record.profileId, record.id);
    const current = await this.#store.kv.get(key);
    // Revoked since it was looked up: writing would bring it back to the list.
    if (current.versionstamp === null) return;
    const bytes = this.#store.encode(records.apiKey, { ...record, lastUsedAt: now });
    await this.#store.kv.atomic().check(current).set(key, bytes).commit();
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function viewOf({ id, name, scopes, prefix, createdAt, lastUsedAt }: ApiKeyRecord): ApiKeyView {
  return { id, name, scopes, prefix, createdAt, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
}
