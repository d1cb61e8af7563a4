import { timingSafeEqual } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";
import { type ApiKeys, KEY_PREFIX } from "./api_keys.ts";
import { localPrincipal, type Principal } from "./principal.ts";
import { SESSION_COOKIE, type Sessions } from "./sessions/sessions.ts";

/** How requests prove who sends them. */
export interface AccessOptions {
  /** Everybody may show it in place of a key or a session. */
  token: string | undefined;
  apiKeys: ApiKeys;
  sessions?: Pick<Sessions, "verify">;
  /** Whether everybody has to log in. Otherwise whoever reaches the loopback address is the person, unless that one has a password. */
  needsLogin?: boolean;
  /** Whether the first profile has a password. */
  isGuarded?: () => Promise<boolean>;
}

/** Finds out who sends a request. */
export class Authenticator {
  #options: AccessOptions;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /**
   * The principal of a request. Keys may come as `Authorization: Bearer` or `x-api-key`; both meet the same checks. Where nobody
   * has to log in, a secret that is none of ours (the placeholder that many clients insist on) counts as none at all; a session
   * that was revoked never does. Throws `unauthorized`.
   */
  async authenticate(headers: Headers): Promise<Principal> {
    const { apiKeys, sessions, token } = this.#options;
    const secret = secretOf(headers);
    if (secret?.startsWith(KEY_PREFIX)) {
      const principal = await apiKeys.verify(secret);
      if (principal) return principal;
      throw new FreshetError("unauthorized", "This API key is unknown or was revoked", {
        hint: "Make a new one in Settings",
      });
    }
    if (this.isToken(secret ?? "")) return { ...localPrincipal, isProven: true, hasToken: true };
    const cookie = cookieOf(headers);
    if (cookie !== undefined) {
      const principal = await sessions?.verify(cookie);
      if (principal) return principal;
      throw new FreshetError("unauthorized", "You are not logged in any more", { hint: "Log in at /login" });
    }
    if (!await this.#needsLogin()) return localPrincipal;
    throw new FreshetError(
      "unauthorized",
      token === undefined
        ? "This needs an API key or a login"
        : "This needs an API key or the token of this Freshet",
      { hint: "Send it as Authorization: Bearer …, or log in at /login" },
    );
  }

  async #needsLogin(): Promise<boolean> {
    const { token, needsLogin = token !== undefined, isGuarded } = this.#options;
    return needsLogin || (await isGuarded?.() ?? false);
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
}

function secretOf(headers: Headers): string | undefined {
  const bearer = headers.get("authorization")?.match(/^Bearer\s+(\S+)\s*$/i)?.[1];
  return bearer ?? headers.get("x-api-key")?.trim() ?? undefined;
}

function cookieOf(headers: Headers): string | undefined {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [name, ...value] = part.trim().split("=");
    if (name === SESSION_COOKIE) return value.join("=");
  }
  return undefined;
}
