import { createHash } from "node:crypto";
import type { ApiKeyRecord } from "../../store/mod.ts";

/** Every key of ours begins with this. */
export const KEY_PREFIX = "fsh_";
const SECRET_BYTES = 32;
const SHOWN_CHARS = 4;

/** A new secret: 256 random bits behind the prefix. */
export function newSecret(): string {
  return KEY_PREFIX + crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

/** What is kept of a secret: what it is found by, and what a person knows it by. */
export function secretFields(secret: string): Pick<ApiKeyRecord, "prefix" | "hash"> {
  return { prefix: secret.slice(0, KEY_PREFIX.length + SHOWN_CHARS), hash: hashOf(secret) };
}

/** Its SHA-256: with so many random bits in it, that is enough. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
