import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** Fewer bytes would be easier to guess than the signature they make. */
const KEY_BYTES_MIN = 32;
/** Longer ones were not made here: they are turned down before anything is computed. */
const TOKEN_CHARS_MAX = 1000;

/** What a preview's token stands for. */
export interface PreviewClaims {
  profileId: string;
  projectId: string;
  versionId: string;
  /** ms since 1970. */
  expiresAt: number;
}

/**
 * Makes and checks the tokens in the addresses of previews: who holds one may read the files of that one version until it
 * expires, and nothing else. Signed with HMAC-SHA-256; made of letters, digits, `-`, `_` and one dot, so that it stands in a
 * path, and in a content security policy, as it is.
 */
export class PreviewTokens {
  readonly #key: Uint8Array;

  /** `key` is secret and of 32 bytes at least; tokens of another key are refused. */
  constructor(key: Uint8Array) {
    if (key.length < KEY_BYTES_MIN) {
      throw new RangeError(`Cannot sign previews: the key has ${key.length} of ${KEY_BYTES_MIN} bytes`);
    }
    this.#key = key;
  }

  sign({ profileId, projectId, versionId, expiresAt }: PreviewClaims): string {
    const payload = Buffer.from(JSON.stringify([profileId, projectId, versionId, expiresAt])).toString(
      "base64url",
    );
    return `${payload}.${this.#signatureOf(payload).toString("base64url")}`;
  }

  /** What a token stands for; null for one that is forged, damaged or expired at `now` (ms since 1970). */
  verify(token: string, now: number = Date.now()): PreviewClaims | null {
    const [, payload, signature] = /^([\w-]+)\.([\w-]{43})$/.exec(token) ?? [];
    if (token.length > TOKEN_CHARS_MAX || payload === undefined || signature === undefined) return null;
    if (!timingSafeEqual(Buffer.from(signature, "base64url"), this.#signatureOf(payload))) return null;
    const claims = claimsOf(JSON.parse(Buffer.from(payload, "base64url").toString()));
    return claims && claims.expiresAt > now ? claims : null;
  }

  #signatureOf(payload: string): Buffer {
    return createHmac("sha256", this.#key).update(payload).digest();
  }
}

/** Signed by us, but perhaps by another release. */
function claimsOf(value: unknown): PreviewClaims | null {
  if (!Array.isArray(value)) return null;
  const [profileId, projectId, versionId, expiresAt]: unknown[] = value;
  if (typeof profileId !== "string" || typeof projectId !== "string") return null;
  if (typeof versionId !== "string" || typeof expiresAt !== "number") return null;
  return { profileId, projectId, versionId, expiresAt };
}
