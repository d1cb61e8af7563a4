import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { FreshetError } from "../../shared/mod.ts";

/** Characters of a password. */
export const PASSWORD_CHARS = { min: 8, max: 256 };

/** 2^15 with blocks of 8: 32 MB and about a tenth of a second. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** More than any of our own hashes ask for, so that a damaged record cannot take all memory. */
const MEMORY_MAX = 128 * 1024 * 1024;

/** The hash of a password by scrypt (RFC 7914), with its salt and cost. Throws `invalid_request` for one too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  const { min, max } = PASSWORD_CHARS;
  const length = [...password].length;
  if (length < min || length > max) {
    throw new FreshetError("invalid_request", `A password has ${min} to ${max} characters`, {
      field: "password",
    });
  }
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), hash.toString("base64")].join("$");
}

/** Whether a password is the hashed one, compared in constant time. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [name, N, r, p, salt = "", hash = ""] = hashed.split("$");
  if (name !== "scrypt") throw new Error("Cannot read the hash of a password: it is of no known kind");
  if ([...password].length > PASSWORD_CHARS.max) return false;
  const expected = Uint8Array.fromBase64(hash);
  const given = await derive(password, Uint8Array.fromBase64(salt), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(
  password: string,
  salt: Uint8Array,
  cost: ScryptOptions,
): Promise<Uint8Array & { toString(as: "base64"): string }> {
  return new Promise((resolve, reject) => {
    // The same letter may come composed or not, by the keyboard.
    scrypt(password.normalize("NFC"), salt, HASH_BYTES, { ...cost, maxmem: MEMORY_MAX }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
