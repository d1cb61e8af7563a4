import { timingSafeEqual } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";
import { type ApiKeys, KEY_PREFIX } from "./api_keys.ts";
import { localPrincipal, type Principal } from "./principal.ts";

/** The cookie that a browser keeps after the token was entered. */
export const TOKEN_COOKIE = "freshet_token";

/** How requests prove who sends them. */
export interface AccessOptions {
  /** With a token, everybody has to show it or an API key; without one, whoever reaches the loopback address is the person. */
  token: string | undefined;
  apiKeys: ApiKeys;
}

/** Finds out who sends a request. */
export class Authenticator {
  #options: AccessOptions;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /**
   * The principal of a request. Keys may come as `Authorization: Bearer` or `x-api-key`; both meet the same checks. Without a
   * token set, a secret that is none of ours (the placeholder that many clients insist on) counts as none at all.
   * Throws `unauthorized`.
   */
  async authenticate(headers: Headers): Promise<Principal> {
    const secret = secretOf(headers);
    if (secret?.startsWith(KEY_PREFIX)) {
      const principal = await this.#options.apiKeys.verify(secret);
      if (principal) return principal;
      throw new FreshetError("unauthorized", "This API key is unknown or was revoked", {
        hint: "Make a new one in Settings",
      });
    }
    if (this.#options.token === undefined) return localPrincipal;
    if (this.isToken(secret ?? "") || this.isToken(cookieOf(headers) ?? "")) return localPrincipal;
    throw new FreshetError("unauthorized", "This needs an API key or the token of this Freshet", {
      hint: "Send it as Authorization: Bearer …, or log in at /login",
    });
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
    if (name === TOKEN_COOKIE) return decode(value.join("="));
  }
  return undefined;
}

/** The decoded value, or undefined for one that is not well formed. */
function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
