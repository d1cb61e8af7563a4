import { AVATAR_COLORS, FreshetError, newId, type Profile, type ProfileFields } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { IdempotentRequest, keys, ReadCache, type Store } from "../../store/mod.ts";
import {
  LOCAL_PROFILE,
  type Principal,
  requirePerson,
  requireScope,
  ROLE_SCOPES,
  type Scope,
} from "../principal.ts";
import { LoginThrottle } from "../guesses/mod.ts";
import { hashPassword, isPassword } from "../sessions/passwords.ts";
import { byRoleAndName, firstProfile, PROFILE, type ProfileRecord, viewOf } from "./record.ts";

const PROFILES_MAX = 100;
const ALL = "all";

/** What the profiles need. */
export interface ProfilesOptions {
  store: Store;
  clock: Clock;
  /** Whether everybody has to log in, so that an administrator without a password could not. */
  needsLogin: boolean;
  /** Whether there is a token, by which an administrator gets in without a password. */
  hasToken: boolean;
  /** Told of every change: other processes have to forget what they know. */
  onChange?: () => void;
  /** Told when what was begun in a profile's name has to end, but for one session: its password or role changed, or it is gone. */
  onRights?: (profileId: string, keptSessionId?: string) => Promise<void>;
  /** Told of a new profile. */
  onCreated?: (profileId: string) => void;
  /** Told when a profile is gone, and its data is to follow. */
  onDeleted?: (profileId: string) => Promise<void>;
}

/** The people of this Freshet. All profiles are known in memory: every request asks for one. */
export class Profiles {
  readonly #options: Required<ProfilesOptions>;
  readonly #guesses: LoginThrottle;
  readonly #cache = new ReadCache<ReadonlyMap<string, ProfileRecord>>(() => this.#read());

  constructor(options: ProfilesOptions) {
    const settled = () => Promise.resolve();
    this.#options = {
      onChange: () => {},
      onCreated: () => {},
      onRights: settled,
      onDeleted: settled,
      ...options,
    };
    this.#guesses = new LoginThrottle(options.clock);
  }

  /** All profiles: the first one, other administrators, members. */
  async list(): Promise<Profile[]> {
    return [...(await this.#all()).values()].sort(byRoleAndName).map(viewOf);
  }

  /** One profile, or undefined. */
  async find(id: string): Promise<Profile | undefined> {
    const record = (await this.#all()).get(id);
    return record && viewOf(record);
  }

  /** The principal's own profile. Throws `not_found` where it is gone meanwhile. */
  async own(principal: Principal): Promise<Profile> {
    return viewOf(await this.#record(principal.profileId));
  }

  /** What people of a profile may do; undefined where there is no such profile. */
  async scopesOf(id: string): Promise<ReadonlySet<Scope> | undefined> {
    const record = (await this.#all()).get(id);
    return record && ROLE_SCOPES[record.role];
  }

  /** Whether a password is the profile's; false where it has none. */
  async isPassword(id: string, password: string): Promise<boolean> {
    const hash = (await this.#all()).get(id)?.passwordHash;
    return hash !== undefined && await isPassword(password, hash);
  }

  /** Whether an administrator has a password, so that one can log in without a token. */
  async hasGuardedAdministrator(): Promise<boolean> {
    return [...(await this.#all()).values()].some(isGuardedAdministrator);
  }

  /** Adds a profile. The same idempotency key gives the same one again. Throws `conflict` at 100 profiles. */
  async create(
    principal: Principal,
    fields: Omit<ProfileFields, "avatar"> & Partial<Pick<ProfileFields, "avatar">>,
    idempotencyKey: string | null = null,
  ): Promise<Profile> {
    requireManager(principal);
    const { store, clock } = this.#options;
    const request = new IdempotentRequest<string>(store, principal.profileId, "profile", idempotencyKey);
    const made = await request.result();
    if (made) return viewOf(await this.#record(made));
    const { size } = await this.#all();
    if (size >= PROFILES_MAX) {
      throw new FreshetError("conflict", `There are ${PROFILES_MAX} profiles at most`);
    }
    const { name, role, password } = fields;
    const color = AVATAR_COLORS[size % AVATAR_COLORS.length] ?? "teal";
    const record: ProfileRecord = {
      id: newId(),
      name,
      avatar: fields.avatar ?? { text: "", color },
      role,
      createdAt: clock.now(),
      ...(password === null ? {} : { passwordHash: await hashPassword(password) }),
    };
    const operation = store.kv.atomic().set(keys.profile(record.id), store.encode(PROFILE, record));
    request.keep(operation, record.id);
    const { ok } = await operation.commit();
    this.#changed();
    if (ok) this.#options.onCreated(record.id);
    // The same request was faster.
    const winner = ok ? null : await request.result();
    return viewOf(winner ? await this.#record(winner) : record);
  }

  /**
   * Changes a profile. A new role or password ends what was begun in its name. Throws `not_found`, and `conflict` where no
   * administrator could log in any more.
   */
  async update(principal: Principal, id: string, changes: Partial<ProfileFields>): Promise<Profile> {
    requireManager(principal);
    if (id === principal.profileId && changes.password !== undefined) {
      throw new FreshetError("conflict", "The own password is changed with the one until now", {
        hint: "At /settings/profile, or PATCH /api/profile",
        field: "password",
      });
    }
    return await this.#change(id, changes, undefined);
  }

  /**
   * Changes the own profile; a password only by a person who knows the one there is, or the token. Throws `forbidden` for a wrong
   * one, and `rate_limited` after too many.
   */
  async updateOwn(
    principal: Principal,
    { oldPassword, ...changes }: Partial<Omit<ProfileFields, "role">> & { oldPassword?: string },
  ): Promise<Profile> {
    requireScope(principal, "account");
    const { id, passwordHash } = await this.#record(principal.profileId);
    if (changes.password !== undefined) {
      requirePerson(principal);
      if (passwordHash !== undefined && !principal.hasToken) {
        // A browser that somebody left open is no place to guess the password in.
        const undo = this.#guesses.begin(principal.sessionId ?? id, id);
        if (!await isPassword(oldPassword ?? "", passwordHash)) {
          throw new FreshetError("forbidden", "That is not the password until now", { field: "oldPassword" });
        }
        undo();
      }
    }
    return await this.#change(id, changes, principal.sessionId);
  }

  /** Deletes a profile with all its data. Throws `not_found`, and `conflict` for the first one and the own one. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireManager(principal);
    await this.#record(id);
    if (id === LOCAL_PROFILE) {
      throw new FreshetError(
        "conflict",
        "The first profile cannot be deleted: nodes and prices belong to it",
      );
    }
    if (id === principal.profileId) {
      throw new FreshetError("conflict", "Nobody can delete the own profile", {
        hint: "Another administrator can",
      });
    }
    const { store, clock, onRights, onDeleted } = this.#options;
    // In one commit, so that a process that is killed now still deletes the data after its next start.
    await store.kv.atomic().delete(keys.profile(id)).set(keys.profilePurge(id), clock.now()).commit();
    this.#changed();
    await onRights(id);
    await onDeleted(id);
  }

  /** Forgets what was read, as when another process has changed it. */
  forget(): void {
    this.#cache.forget(ALL);
  }

  async #change(
    id: string,
    { password, ...fields }: Partial<ProfileFields>,
    keptSessionId: string | undefined,
  ): Promise<Profile> {
    const { store, onRights } = this.#options;
    const hash = typeof password === "string" ? await hashPassword(password) : undefined;
    for (;;) {
      const stored = await store.get(PROFILE, keys.profile(id));
      if (!stored) throw unknownProfile();
      const { passwordHash, ...old } = stored.value;
      const kept = password === undefined ? passwordHash : hash;
      const record: ProfileRecord = {
        ...old,
        ...fields,
        ...(kept === undefined ? {} : { passwordHash: kept }),
      };
      await this.#refuseLockOut(record);
      const { ok } = await store.kv.atomic().check(stored)
        .set(stored.key, store.encode(PROFILE, record)).commit();
      this.forget();
      if (!ok) continue;
      this.#changed();
      if (record.role !== old.role || password !== undefined) await onRights(id, keptSessionId);
      return viewOf(record);
    }
  }

  /** The first profile stays an administrator's, so that there always is one. */
  async #refuseLockOut(changed: ProfileRecord): Promise<void> {
    if (changed.id === LOCAL_PROFILE && changed.role !== "administrator") {
      throw new FreshetError("conflict", "The first profile stays an administrator's", { field: "role" });
    }
    const { needsLogin, hasToken } = this.#options;
    if (!needsLogin || hasToken) return;
    const others = [...(await this.#all()).values()].filter(({ id }) => id !== changed.id);
    if ([...others, changed].some(isGuardedAdministrator)) return;
    throw new FreshetError("conflict", "No administrator could log in any more: one needs a password", {
      field: "password",
    });
  }

  async #record(id: string): Promise<ProfileRecord> {
    const record = (await this.#all()).get(id);
    if (record) return record;
    throw unknownProfile();
  }

  #all(): Promise<ReadonlyMap<string, ProfileRecord>> {
    return this.#cache.get(ALL);
  }

  async #read(): Promise<ReadonlyMap<string, ProfileRecord>> {
    const { store, clock } = this.#options;
    for (;;) {
      const all = new Map<string, ProfileRecord>();
      for await (const { value } of store.list(PROFILE, { prefix: keys.profiles() })) {
        all.set(value.id, value);
      }
      if (all.has(LOCAL_PROFILE)) return all;
      const key = keys.profile(LOCAL_PROFILE);
      const bytes = store.encode(PROFILE, firstProfile(clock.now()));
      await store.kv.atomic().check({ key, versionstamp: null }).set(key, bytes).commit();
    }
  }

  #changed(): void {
    this.forget();
    this.#options.onChange();
  }
}

function requireManager(principal: Principal): void {
  requireScope(principal, "admin");
  // Else a key could make itself a person, who may have what no key may.
  requirePerson(principal);
}

function isGuardedAdministrator({ role, passwordHash }: ProfileRecord): boolean {
  return role === "administrator" && passwordHash !== undefined;
}

function unknownProfile(): FreshetError {
  return new FreshetError("not_found", "There is no such profile");
}
