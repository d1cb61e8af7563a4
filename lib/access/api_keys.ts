import { createHash } from "node:crypto";
import { type ApiKeyOptions, type ApiKeyView, FreshetError, newId, type RateLimits } from "../shared/mod.ts";
import { type ApiKeyRecord, keys, records, type Store } from "../store/mod.ts";
import { type Principal, requireScope, ROLE_SCOPES, type Scope, SCOPES } from "./principal.ts";
import { Revocations } from "./revocations.ts";

/** Every key of ours begins with this. */
export const KEY_PREFIX = "fsh_";
const SECRET_BYTES = 32;
const TOUCH_INTERVAL_MS = 60_000;

type ScopesOf = (profileId: string) => Promise<ReadonlySet<Scope> | undefined>;

const ALL_SCOPES: ScopesOf = () => Promise.resolve(ROLE_SCOPES.administrator);

/** API keys for outside programs. Only the SHA-256 of a key is kept: with 256 random bits in it, that is enough. */
export class ApiKeys {
  #store: Store;
  #touched = new Map<string, number>();
  #known = new Map<string, ApiKeyRecord>();
  /** Of keys that were shown to this process; by id. */
  #limits = new Map<string, RateLimits>();
  /** Counts keys that were changed or revoked. */
  #changes = 0;
  readonly #revocations: Revocations;
  readonly #onRevoke: (profileId: string) => void;
  readonly #scopesOf: ScopesOf;

  /**
   * `onRevoke` is told when a key was revoked here; `scopesOf` says what the people of a profile may do, which bounds what its
   * keys may.
   */
  constructor(
    store: Store,
    { revocations = new Revocations(), onRevoke = () => {}, scopesOf = ALL_SCOPES }: {
      revocations?: Revocations;
      onRevoke?: (profileId: string) => void;
      scopesOf?: ScopesOf;
    } = {},
  ) {
    this.#store = store;
    this.#revocations = revocations;
    this.#onRevoke = onRevoke;
    this.#scopesOf = scopesOf;
  }

  /** Makes a key; its secret is in the answer and nowhere else. Throws `forbidden` for scopes that its maker lacks. */
  async create(
    principal: Principal,
    name: string,
    scopes: Scope[],
    { continuesAnswers = false, ...limits }: ApiKeyOptions = {},
  ): Promise<ApiKeyView & { secret: string }> {
    requireScope(principal, "account");
    for (const scope of scopes) requireScope(principal, scope);
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
      continuesAnswers,
      ...limitsOf(limits),
    };
    await this.#set(this.#store.kv.atomic(), record).commit();
    return { ...viewOf(record), secret };
  }

  /** The keys of the principal's profile, oldest first. */
  async list(principal: Principal): Promise<ApiKeyView[]> {
    const prefix = keys.apiKeys(principal.profileId);
    const stored = await Array.fromAsync(this.#store.list(records.apiKey, { prefix }));
    return stored.map(({ value }) => viewOf(value));
  }

  /**
   * Changes what was chosen for a key at once; what is absent stays, and 0 takes a limit away. Throws `not_found` for ids of
   * other profiles too.
   */
  async update(principal: Principal, id: string, changes: ApiKeyOptions): Promise<ApiKeyView> {
    requireScope(principal, "account");
    for (;;) {
      const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
      if (!stored) throw unknownKey();
      const { requestsPerMinute, tokensPerMinute, ...rest } = stored.value;
      const limits = limitsOf({ requestsPerMinute, tokensPerMinute, ...changes });
      const { continuesAnswers = rest.continuesAnswers } = changes;
      const record: ApiKeyRecord = { ...rest, continuesAnswers, ...limits };
      if (!(await this.#set(this.#store.kv.atomic().check(stored), record).commit()).ok) continue;
      this.#changes++;
      this.#known.delete(record.hash);
      if (this.#limits.has(id)) this.#limits.set(id, limits);
      return viewOf(record);
    }
  }

  /** The limits of a key that was verified by this process; undefined for others. */
  limitsOf(keyId: string): RateLimits | undefined {
    return this.#limits.get(keyId);
  }

  /** Revokes a key at once. Throws `not_found` for ids of other profiles too. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "account");
    const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
    if (!stored) throw unknownKey();
    await this.#store.kv.atomic().delete(stored.key).delete(keys.apiKeyByHash(stored.value.hash)).commit();
    this.#changes++;
    this.#limits.delete(id);
    this.#known.delete(stored.value.hash);
    this.#revocations.end(id);
    this.#touched.delete(id);
    this.#onRevoke(principal.profileId);
  }

  /** The principal that a secret stands for, or null where it stands for none. */
  async verify(secret: string): Promise<Principal | null> {
    const record = await this.#lookUp(hashOf(secret));
    if (!record) return null;
    const { id, profileId, continuesAnswers } = record;
    const own = await this.#scopesOf(profileId);
    // The profile is gone; its keys follow.
    if (!own) return null;
    await this.#touch(record);
    return {
      profileId,
      type: "key",
      keyId: id,
      scopes: scopesWithin(record.scopes, own),
      continuesAnswers,
    };
  }

  /** Kept in memory where no other process can change it: a read would wait behind every commit under way. */
  async #lookUp(hash: string): Promise<ApiKeyRecord | null> {
    for (;;) {
      const known = this.#known.get(hash);
      if (known) return known;
      const changes = this.#changes;
      const record = (await this.#store.get(records.apiKey, keys.apiKeyByHash(hash)))?.value ?? null;
      // What was read while a key was changed or revoked may be that key as it was.
      if (changes !== this.#changes) continue;
      if (record) this.#limits.set(record.id, record);
      if (record && !this.#store.shared) this.#known.set(hash, record);
      return record;
    }
  }

  /** Keeps the time of the last use, at most once a minute so that reading does not become writing. */
  async #touch(record: ApiKeyRecord): Promise<void> {
    const now = Date.now();
    const touched = this.#touched.get(record.id) ?? record.lastUsedAt ?? 0;
    if (now - touched < TOUCH_INTERVAL_MS) return;
    this.#touched.set(record.id, now);
    const current = await this.#store.get(records.apiKey, keys.apiKey(record.profileId, record.id));
    // Revoked since it was looked up: writing would bring it back to the list.
    if (!current) return;
    const bytes = this.#store.encode(records.apiKey, { ...current.value, lastUsedAt: now });
    await this.#store.kv.atomic().check(current).set(current.key, bytes).commit();
  }

  #set(operation: Deno.AtomicOperation, record: ApiKeyRecord): Deno.AtomicOperation {
    const bytes = this.#store.encode(records.apiKey, record);
    return operation.set(keys.apiKey(record.profileId, record.id), bytes)
      .set(keys.apiKeyByHash(record.hash), bytes);
  }
}

/** What a key may do, and its profile too. Who may do everything has the own account as well, which older keys do not name. */
function scopesWithin(scopes: readonly string[], own: ReadonlySet<Scope>): ReadonlySet<Scope> {
  const isOfKey = (scope: Scope) =>
    scopes.includes(scope) || (scope === "account" && scopes.includes("admin"));
  return new Set(SCOPES.filter((scope) => isOfKey(scope) && own.has(scope)));
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function unknownKey(): FreshetError {
  return new FreshetError("not_found", "There is no such API key");
}

/** The limits there are: 0 and absent mean the same, and only the latter is kept. */
function limitsOf(
  { requestsPerMinute, tokensPerMinute }: { [Name in keyof RateLimits]: number | undefined },
): RateLimits {
  return {
    ...(requestsPerMinute ? { requestsPerMinute } : {}),
    ...(tokensPerMinute ? { tokensPerMinute } : {}),
  };
}

function viewOf({ profileId: _, hash: __, ...view }: ApiKeyRecord): ApiKeyView {
  return view;
}
