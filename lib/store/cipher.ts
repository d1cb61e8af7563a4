import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

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

/**
 * The key of a data folder: read from `secret.key` (made with mode 600 when it is missing), or derived from a passphrase and
 * the `secret.salt` beside it.
 */
export async function loadKey(folder: string, passphrase: string | undefined): Promise<Uint8Array> {
  if (passphrase === undefined || passphrase === "") {
    return await readOrCreate(`${folder}/secret.key`, KEY_BYTES);
  }
  return keyFromPassphrase(passphrase, await readOrCreate(`${folder}/secret.salt`, 16));
}

async function readOrCreate(path: string, length: number): Promise<Uint8Array> {
  try {
    const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
    using _ = file;
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    await file.write(bytes);
    await file.sync();
    return bytes;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const bytes = await Deno.readFile(path);
    if (bytes.length === length) return bytes;
    throw new FreshetError(
      "storage",
      `Cannot read the key file ${path}: ${bytes.length} bytes instead of ${length}`,
    );
  }
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
