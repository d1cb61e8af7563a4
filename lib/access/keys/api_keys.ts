import {
  type ApiKeyOptions,
  type ApiKeyView,
  type Budgets,
  FreshetError,
  newId,
  type RateLimits,
} from "../../shared/mod.ts";
import { type Clock, systemClock } from "../../host/mod.ts";
import { type ApiKeyRecord, keys, records, type Store } from "../../store/mod.ts";
import { KEY_SPEND } from "../budgets/key_spend.ts";
import { type Principal, requireScope, ROLE_SCOPES, type Scope, SCOPES } from "../principal.ts";
import { Revocations } from "../revocations.ts";
import { isLimited, keptOptions, keyExpired } from "./key_options.ts";
import { hashOf, newSecret, secretFields } from "./key_secret.ts";
import { viewOf } from "./key_view.ts";
import { KnownKeys } from "./known_keys.ts";
import { LastUses } from "./last_uses.ts";

type ScopesOf = (profileId: string) => Promise<ReadonlySet<Scope> | undefined>;

const ALL_SCOPES: ScopesOf = () => Promise.resolve(ROLE_SCOPES.administrator);

/** API keys for outside programs. Only the SHA-256 of a key is kept: with 256 random bits in it, that is enough. */
export class ApiKeys {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #revocations: Revocations;
  readonly #onRevoke: (profileId: string) => void;
  readonly #scopesOf: ScopesOf;
  readonly #known: KnownKeys;
  readonly #uses: LastUses;

  /**
   * `onRevoke` is told when a key was changed or revoked here so that what others have open with it may have to end; `scopesOf`
   * says what the people of a profile may do, which bounds what its keys may.
   */
  constructor(
    store: Store,
    { revocations = new Revocations(), onRevoke = () => {}, scopesOf = ALL_SCOPES, clock = systemClock }: {
      revocations?: Revocations;
      onRevoke?: (profileId: string) => void;
      scopesOf?: ScopesOf;
      clock?: Clock;
    } = {},
  ) {
    this.#store = store;
    this.#revocations = revocations;
    this.#onRevoke = onRevoke;
    this.#clock = clock;
    this.#scopesOf = scopesOf;
    this.#known = new KnownKeys({ store, revocations, clock });
    this.#uses = new LastUses(store, clock);
  }

  /** Makes a key; its secret is in the answer and nowhere else. Throws `forbidden` for scopes that its maker lacks. */
  async create(
    principal: Principal,
    name: string,
    scopes: Scope[],
    { continuesAnswers = false, ...options }: ApiKeyOptions = {},
  ): Promise<ApiKeyView & { secret: string }> {
    await this.#requireManager(principal);
    for (const scope of scopes) requireScope(principal, scope);
    const { expiresAt } = options;
    if (expiresAt && expiresAt <= this.#clock.now()) {
      throw new FreshetError("invalid_request", "Cannot make a key that has expired: choose a later date", {
        field: "expiresAt",
      });
    }
    const secret = newSecret();
    const record: ApiKeyRecord = {
      id: newId(),
      profileId: principal.profileId,
      name,
      scopes,
      ...secretFields(secret),
      createdAt: this.#clock.now(),
      continuesAnswers,
      ...keptOptions(options),
    };
    await this.#set(this.#store.kv.atomic(), record).commit();
    return { ...await this.#viewOf(record), secret };
  }

  /** The keys of the principal's profile, oldest first, with what they have spent. */
  async list(principal: Principal): Promise<ApiKeyView[]> {
    const { profileId } = principal;
    const stored = await Array.fromAsync(
      this.#store.list(records.apiKey, { prefix: keys.apiKeys(profileId) }),
    );
    const spends = await this.#store.getMany(
      KEY_SPEND,
      stored.map(({ value: { id } }) => keys.apiKeySpend(profileId, id)),
    );
    return stored.map(({ value }, i) => viewOf(value, spends[i]?.value, this.#clock.now()));
  }

  /**
   * Changes what was chosen for a key at once; what is absent stays, and 0 takes a limit or an end away. Throws `not_found` for
   * ids of other profiles too, and `forbidden` for keys that are limited themselves.
   */
  async update(principal: Principal, id: string, changes: ApiKeyOptions): Promise<ApiKeyView> {
    await this.#requireManager(principal);
    for (;;) {
      const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
      if (!stored) throw unknownKey();
      const { requestsPerMinute, tokensPerMinute, expiresAt, budgets, ...rest } = stored.value;
      const options = keptOptions({ requestsPerMinute, tokensPerMinute, expiresAt, budgets, ...changes });
      const { continuesAnswers = rest.continuesAnswers } = changes;
      const record: ApiKeyRecord = { ...rest, continuesAnswers, ...options };
      if (!(await this.#set(this.#store.kv.atomic().check(stored), record).commit()).ok) continue;
      this.#known.changed(record);
      if (options.expiresAt !== expiresAt) this.#onRevoke(principal.profileId);
      return await this.#viewOf(record);
    }
  }

  /**
   * Gives a key a new secret at once; all else of it stays, and who knows the old one is turned away. The new one is in the
   * answer and nowhere else. Throws `not_found` for ids of other profiles too, and `forbidden` for keys that lack its scopes.
   */
  async rotate(principal: Principal, id: string): Promise<ApiKeyView & { secret: string }> {
    await this.#requireManager(principal);
    for (;;) {
      const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
      if (!stored) throw unknownKey();
      // Of a person's keys none may do more than the person; of a key's neighbours some may.
      if (principal.type === "key") {
        for (const scope of SCOPES) if (stored.value.scopes.includes(scope)) requireScope(principal, scope);
      }
      const secret = newSecret();
      const record: ApiKeyRecord = { ...stored.value, ...secretFields(secret) };
      const operation = this.#store.kv.atomic().check(stored).delete(keys.apiKeyByHash(stored.value.hash));
      if (!(await this.#set(operation, record).commit()).ok) continue;
      this.#known.forgetHash(stored.value.hash);
      this.#revocations.endOpen(id);
      this.#onRevoke(principal.profileId);
      return { ...await this.#viewOf(record), secret };
    }
  }

  /**
   * Learns the limits and budgets of a principal's key where it was not shown to this process, as that of a prompt that waited
   * over a restart. Returns a promise only where something has to be read.
   */
  learn({ profileId, keyId }: Pick<Principal, "profileId" | "keyId">): void | Promise<void> {
    if (keyId !== undefined) return this.#known.learn(profileId, keyId);
  }

  /** The limits of a key that is known to this process; undefined for others. */
  limitsOf(keyId: string): RateLimits | undefined {
    return this.#known.limitsOf(keyId);
  }

  /** The budgets of a key that is known to this process, with its name; undefined where it has none. */
  budgetsOf(keyId: string): { name: string; budgets: Budgets } | undefined {
    return this.#known.budgetsOf(keyId);
  }

  /** Revokes a key at once. Throws `not_found` for ids of other profiles too. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "account");
    const stored = await this.#store.get(records.apiKey, keys.apiKey(principal.profileId, id));
    if (!stored) throw unknownKey();
    await this.#store.kv.atomic().delete(stored.key).delete(keys.apiKeyByHash(stored.value.hash))
      .delete(keys.apiKeySpend(principal.profileId, id)).commit();
    this.#known.forget(stored.value);
    this.#revocations.end(id);
    this.#uses.forget(id);
    this.#onRevoke(principal.profileId);
  }

  /** Takes over what another process has changed of the profile's keys with which something is open here. */
  async changedElsewhere(profileId: string): Promise<void> {
    await this.#known.changedElsewhere(profileId);
  }

  /** The principal that a secret stands for, or null where it stands for none. Throws `unauthorized` for a key that has expired. */
  async verify(secret: string): Promise<Principal | null> {
    const record = await this.#known.find(hashOf(secret));
    if (!record) return null;
    const { id, profileId, continuesAnswers } = record;
    this.#refuseExpired(record);
    const own = await this.#scopesOf(profileId);
    // The profile is gone; its keys follow.
    if (!own) return null;
    await this.#uses.note(record);
    return {
      profileId,
      type: "key",
      keyId: id,
      scopes: scopesWithin(record.scopes, own),
      continuesAnswers,
    };
  }

  /**
   * For what a key asked for earlier and is begun only now, perhaps by another process: from here on its limits and budgets hold
   * for it. Throws `unauthorized` where it was revoked or has expired meanwhile.
   */
  async recall({ profileId, keyId }: Pick<Principal, "profileId" | "keyId">): Promise<void> {
    if (keyId === undefined) return;
    const record = await this.#known.recall(profileId, keyId);
    if (record) return this.#refuseExpired(record);
    throw new FreshetError("unauthorized", "The API key that asked for this was revoked meanwhile");
  }

  #refuseExpired({ expiresAt }: Pick<ApiKeyRecord, "expiresAt">): void {
    if (expiresAt !== undefined && expiresAt <= this.#clock.now()) throw keyExpired(expiresAt);
  }

  /** Throws `forbidden` for keys with an end, a limit or a budget: another key, or a change of its own, would be a way around it. */
  async #requireManager(principal: Principal): Promise<void> {
    requireScope(principal, "account");
    const { profileId, keyId } = principal;
    if (keyId === undefined) return;
    const own = await this.#store.get(records.apiKey, keys.apiKey(profileId, keyId));
    if (own && !isLimited(own.value)) return;
    throw new FreshetError(
      "forbidden",
      "This API key has an end or a limit, so it can make and change none",
      {
        hint: "Do it in Settings, or with a key without any",
      },
    );
  }

  async #viewOf(record: ApiKeyRecord): Promise<ApiKeyView> {
    const spend = await this.#store.get(KEY_SPEND, keys.apiKeySpend(record.profileId, record.id));
    return viewOf(record, spend?.value, this.#clock.now());
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

function unknownKey(): FreshetError {
  return new FreshetError("not_found", "There is no such API key");
}
