import { createHash } from "node:crypto";
import { FreshetError, type LoginSession, newId } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { type Principal, requireScope, type Scope } from "../principal.ts";
import type { Revocations } from "../revocations.ts";
import { OLD_SESSION_COOKIE } from "./session_cookies.ts";
import { type LoginProof, SESSION, type SessionRecord } from "./record.ts";

/** ms for which a session lasts. */
export const SESSION_MS = 90 * 24 * 60 * 60_000;

const SECRET_BYTES = 32;
const TOUCH_INTERVAL_MS = 60_000;
const AGENT_MAX_CHARS = 300;
const ADDRESS_MAX_CHARS = 100;
/** Sessions of a profile; beyond, those go that were not used for the longest time. */
const SESSIONS_MAX = 50;

/** What the sessions need. */
export interface SessionsOptions {
  store: Store;
  clock: Clock;
  revocations: Revocations;
  /** What people of a profile may do; undefined where it is gone. */
  scopesOf: (profileId: string) => Promise<ReadonlySet<Scope> | undefined>;
  token: string | undefined;
  /** Whether a click is no proof any more. */
  needsLogin: boolean;
  /** Of the cookie that sessions are kept in. */
  cookieName?: string;
  /** Told when sessions of a profile were revoked here. */
  onRevoke?: (profileId: string) => void;
}

/** Browsers that are logged in. Only the SHA-256 of a cookie is kept: with 256 random bits in it, that is enough. */
export class Sessions {
  readonly #options: SessionsOptions;
  /** By hash, where no other process can revoke one: a read would wait behind every commit under way. */
  readonly #known = new Map<string, SessionRecord>();
  readonly #touched = new Map<string, number>();
  /** Counts revocations. */
  #changes = 0;

  /** Of the cookie that a browser keeps after it has logged in. */
  readonly cookieName: string;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.cookieName = options.cookieName ?? OLD_SESSION_COOKIE;
  }

  /** Begins a session; what the cookie holds is in the answer and nowhere else. */
  async create(
    profileId: string,
    proof: LoginProof,
    from: { address: string; agent?: string | undefined },
  ): Promise<{ secret: string; id: string }> {
    const { clock, store, token } = this.#options;
    const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
    const now = clock.now();
    const record: SessionRecord = {
      id: newId(),
      profileId,
      proof,
      hash: hashOf(secret),
      ...(proof === "token" ? { tokenHash: hashOf(`${secret} ${token}`) } : {}),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + SESSION_MS,
      address: from.address.slice(0, ADDRESS_MAX_CHARS),
      ...(from.agent ? { agent: from.agent.slice(0, AGENT_MAX_CHARS) } : {}),
    };
    const bytes = store.encode(SESSION, record);
    await store.kv.atomic()
      .set(keys.session(profileId, record.id), bytes, { expireIn: SESSION_MS })
      .set(keys.sessionByHash(record.hash), bytes, { expireIn: SESSION_MS })
      .commit();
    await this.#makeRoom(profileId);
    return { secret, id: record.id };
  }

  /** Who a cookie stands for, or null where it stands for nobody any more. */
  async verify(secret: string): Promise<Principal | null> {
    const record = await this.#lookUp(secret);
    if (!record) return null;
    const scopes = await this.#options.scopesOf(record.profileId);
    if (!scopes) return null;
    await this.#touch(record);
    const { id: sessionId, profileId, proof } = record;
    return {
      profileId,
      type: "person",
      sessionId,
      isProven: proof !== "click",
      hasToken: proof === "token",
      scopes,
    };
  }

  /** The sessions of the own profile, last used first. */
  async list(principal: Principal): Promise<LoginSession[]> {
    requireScope(principal, "account");
    return (await this.#of(principal.profileId))
      .map(({ profileId: _, hash: _hash, tokenHash: _token, proof: _proof, ...session }) => ({
        ...session,
        isCurrent: session.id === principal.sessionId,
      }))
      .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt - a.lastUsedAt);
  }

  /** Revokes a session at once, with all that is open in it. Throws `not_found` for those of other profiles too. */
  async revoke(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "account");
    const stored = await this.#options.store.get(SESSION, keys.session(principal.profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such session");
    await this.#delete(principal.profileId, [stored.value]);
    this.#options.revocations.end(id);
  }

  /** Revokes all sessions of the own profile but the one that asks. */
  async revokeOthers(principal: Principal): Promise<void> {
    requireScope(principal, "account");
    const others = (await this.#of(principal.profileId)).filter(({ id }) => id !== principal.sessionId);
    await this.#delete(principal.profileId, others);
    for (const { id } of others) this.#options.revocations.end(id);
  }

  /** Revokes all sessions of a profile, but for one, and ends all that is open in its name, with API keys too. */
  async revokeAll(profileId: string, keptId?: string): Promise<void> {
    const others = (await this.#of(profileId)).filter(({ id }) => id !== keptId);
    await this.#delete(profileId, others);
    for (const { id } of others) this.#options.revocations.end(id);
    this.#options.revocations.endAll(profileId, keptId);
  }

  async #lookUp(secret: string): Promise<SessionRecord | null> {
    const { clock, store } = this.#options;
    const hash = hashOf(secret);
    for (;;) {
      const known = this.#known.get(hash);
      if (known && known.expiresAt > clock.now()) return known;
      this.#known.delete(hash);
      const changes = this.#changes;
      const record = (await store.get(SESSION, keys.sessionByHash(hash)))?.value;
      // What was read while a session was revoked may be that one.
      if (changes !== this.#changes) continue;
      if (!record || !this.#holds(record, secret)) return null;
      if (!store.shared) this.#known.set(hash, record);
      return record;
    }
  }

  /** Whether a session is still good: not too old, and by a proof that is one under the settings of this process. */
  #holds({ expiresAt, proof, tokenHash }: SessionRecord, secret: string): boolean {
    const { clock, needsLogin, token } = this.#options;
    if (expiresAt <= clock.now()) return false;
    if (proof === "token") return token !== undefined && tokenHash === hashOf(`${secret} ${token}`);
    return proof === "password" || !needsLogin;
  }

  async #of(profileId: string): Promise<SessionRecord[]> {
    const { store } = this.#options;
    const stored = store.list(SESSION, { prefix: keys.sessions(profileId) });
    return (await Array.fromAsync(stored)).map(({ value }) => value);
  }

  async #makeRoom(profileId: string): Promise<void> {
    const all = (await this.#of(profileId)).sort((a, b) => b.lastUsedAt - a.lastUsedAt);
    const old = all.slice(SESSIONS_MAX);
    await this.#delete(profileId, old);
    for (const { id } of old) this.#options.revocations.end(id);
  }

  async #delete(profileId: string, sessions: readonly SessionRecord[]): Promise<void> {
    if (sessions.length === 0) return;
    const operation = this.#options.store.kv.atomic();
    for (const { id, hash } of sessions) {
      operation.delete(keys.session(profileId, id)).delete(keys.sessionByHash(hash));
    }
    await operation.commit();
    this.#changes++;
    for (const { id, hash } of sessions) {
      this.#known.delete(hash);
      this.#touched.delete(id);
    }
    this.#options.onRevoke?.(profileId);
  }

  /** Keeps the time of the last use, at most once a minute so that reading does not become writing. */
  async #touch({ id, profileId, lastUsedAt }: SessionRecord): Promise<void> {
    const { clock, store } = this.#options;
    const now = clock.now();
    if (now - (this.#touched.get(id) ?? lastUsedAt) < TOUCH_INTERVAL_MS) return;
    this.#touched.set(id, now);
    const current = await store.get(SESSION, keys.session(profileId, id));
    // Revoked since it was looked up: writing would bring it back to the list.
    if (!current) return;
    const bytes = store.encode(SESSION, { ...current.value, lastUsedAt: now });
    const expireIn = Math.max(1, current.value.expiresAt - now);
    await store.kv.atomic().check(current).set(current.key, bytes, { expireIn }).commit();
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
