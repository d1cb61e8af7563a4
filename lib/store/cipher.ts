import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";
import { keys } from "./keys.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Authenticated encryption with one key (AES-256-GCM). The result is iv ‖ tag ‖ ciphertext. */
export interface Cipher {
  seal(plain: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Throws `storage` where the bytes were changed or sealed with another key. */
  open(sealed: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** A cipher with the given key of 32 bytes. */
export function createCipher(key: Uint8Array): Cipher {
  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const body = [cipher.update(plain), cipher.final()];
      return concat([iv, cipher.getAuthTag(), ...body]);
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, IV_BYTES));
        decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new FreshetError("storage", "Cannot decrypt a stored value: the key does not fit", {
          hint: "Is secret.key in the data folder, or FRESHET_PASSPHRASE, the one it was written with?",
          cause,
        });
      }
    },
  };
}

/** A key out of a passphrase (scrypt, N = 2^15); `salt` is kept beside the data and is no secret. */
export function keyFromPassphrase(passphrase: string, salt: Uint8Array): Uint8Array {
  return scryptSync(passphrase, salt, KEY_BYTES, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
}

/** The key of a data folder: read from `secret.key`, which is made with mode 600 when it is missing. */
export async function loadKeyFile(folder: string): Promise<Uint8Array> {
  const path = `${folder}/secret.key`;
  const bytes = await readIfThere(path);
  if (bytes.length === KEY_BYTES) return bytes;
  if (bytes.length === 0) return await makeKeyFile(path);
  throw new FreshetError(
    "storage",
    `Cannot read the key file ${path}: ${bytes.length} bytes instead of ${KEY_BYTES}`,
  );
}

async function readIfThere(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Uint8Array();
    throw error;
  }
}

/** Locked: of processes that share a new folder and begin at the same time, all take the key of the first. */
async function makeKeyFile(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path, { create: true, write: true, mode: 0o600 });
  await file.lock(true);
  const made = await Deno.readFile(path);
  if (made.length === KEY_BYTES) return made;
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  await file.write(bytes);
  await file.sync();
  return bytes;
}

/**
 * The key that a passphrase gives for a database. Its salt is kept in the database itself, so that all processes that share
 * one come to the same key.
 */
export async function deriveKey(kv: Deno.Kv, passphrase: string): Promise<Uint8Array> {
  const key = keys.salt();
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  await kv.atomic().check({ key, versionstamp: null }).set(key, salt).commit();
  const stored = await kv.get<Uint8Array>(key);
  return keyFromPassphrase(passphrase, stored.value ?? salt);
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
