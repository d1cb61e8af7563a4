import { timingSafeEqual } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";
import { type Clock, systemClock } from "../host/mod.ts";
import { type ApiKeys, KEY_PREFIX } from "./keys/mod.ts";
import { SecretThrottle } from "./guesses/mod.ts";
import { localPrincipal, type Principal } from "./principal.ts";
import { sessionSecretsIn } from "./sessions/session_cookies.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { Source } from "./sources/mod.ts";

/** How requests prove who sends them. */
export interface AccessOptions {
  /** Everybody may show it in place of a key or a session. */
  token: string | undefined;
  apiKeys: Pick<ApiKeys, "verify">;
  sessions?: Pick<Sessions, "verify" | "cookieName">;
  /** Whether everybody has to log in. Otherwise whoever is at the machine itself is the person, unless that one has a password. */
  needsLogin?: boolean;
  /** Whether the first profile has a password. */
  isGuarded?: () => Promise<boolean>;
  /** Slows down who guesses. */
  clock?: Clock;
}

type TokenTry = "none" | "right" | "wrong" | "held back";

/** Finds out who sends a request. */
export class Authenticator {
  readonly #options: AccessOptions;
  readonly #guesses: SecretThrottle;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#guesses = new SecretThrottle(options.clock ?? systemClock);
  }

  /**
   * The principal of a request. Keys may come as `Authorization: Bearer` or `x-api-key`; both meet the same checks. Where nobody
   * has to log in, a secret that is none of ours (the placeholder that many clients insist on) counts as none at all; a session
   * that was revoked never does. Who is not at the machine itself has to log in everywhere. Throws `unauthorized`, and
   * `rate_limited` after too many wrong secrets from one network.
   */
  async authenticate(headers: Headers, source: Source): Promise<Principal> {
    const secrets = secretsIn(headers);
    const key = secrets.find((secret) => secret.startsWith(KEY_PREFIX));
    if (key !== undefined) return await this.#ofKey(key, source);
    const tried = this.#tryToken(secrets, source);
    if (tried === "right") return { ...localPrincipal, isProven: true, hasToken: true };
    const principal = await this.#ofSession(headers, source) ??
      (await this.#isOpen(source) ? localPrincipal : undefined);
    if (principal) return principal;
    if (tried === "held back") this.#guesses.refuseToken(source.address);
    throw this.#loginNeeded(source);
  }

  /** True for the token itself, compared in constant time. */
  isToken(candidate: string): boolean {
    const { token } = this.#options;
    if (token === undefined) return false;
    const encoder = new TextEncoder();
    const expected = encoder.encode(token);
    const given = encoder.encode(candidate);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  async #ofKey(key: string, { address }: Source): Promise<Principal> {
    const principal = await this.#options.apiKeys.verify(key);
    if (principal) return principal;
    this.#guesses.wrongKey(address, key);
    throw new FreshetError("unauthorized", "This API key is unknown or was revoked", {
      hint: "Make a new one in Settings",
    });
  }

  /** A wrong one counts at once, so that many at a time are no way around, and for who is logged in too: members may guess as well. */
  #tryToken(secrets: readonly string[], { address }: Source): TokenTry {
    if (secrets.length === 0 || this.#options.token === undefined) return "none";
    if (!this.#guesses.isTokenOpen(address)) return "held back";
    if (secrets.some((secret) => this.isToken(secret))) return "right";
    this.#guesses.wrongToken(address, secrets.join(" "));
    return "wrong";
  }

  /** Undefined where the browser shows no session. Who has lost one does not become the person at the machine by that. */
  async #ofSession(headers: Headers, { isAtMachine }: Source): Promise<Principal | undefined> {
    const { sessions } = this.#options;
    if (!sessions) return undefined;
    const cookies = sessionSecretsIn(headers, sessions.cookieName);
    if (cookies.length === 0) return undefined;
    for (const cookie of cookies) {
      const principal = await sessions.verify(cookie);
      if (principal && (principal.isProven || isAtMachine)) return principal;
    }
    throw new FreshetError("unauthorized", "You are not logged in any more", { hint: "Log in at /login" });
  }

  async #isOpen({ isAtMachine }: Source): Promise<boolean> {
    const { token, needsLogin = token !== undefined, isGuarded } = this.#options;
    return isAtMachine && !needsLogin && !(await isGuarded?.() ?? false);
  }

  #loginNeeded({ isAtMachine }: Source): FreshetError {
    const { token, needsLogin = false } = this.#options;
    const isOfProxy = !isAtMachine && !needsLogin && token === undefined;
    return new FreshetError(
      "unauthorized",
      token === undefined
        ? "This needs an API key or a login"
        : "This needs an API key or the token of this Freshet",
      {
        hint: isOfProxy
          ? "Only who is at the machine itself needs neither, and this request was forwarded or sent from elsewhere"
          : "Send it as Authorization: Bearer …, or log in at /login",
      },
    );
  }
}

/** In both headers: some clients fill one of them with a placeholder, which must not hide what the other one holds. */
function secretsIn(headers: Headers): string[] {
  const bearer = headers.get("authorization")?.match(/^Bearer\s+(.+)$/i)?.[1];
  return [bearer, headers.get("x-api-key")?.trim()].filter((secret) => secret !== undefined)
    .filter(Boolean);
}
