import { FreshetError } from "../../shared/mod.ts";
import { type Cipher, createCipher, keyFromPassphrase } from "../cipher.ts";
import { keys } from "../keys.ts";
import type { Store } from "../store.ts";
import type { ArchiveHeader } from "./format.ts";

const CHECK_TEXT = "freshet";
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** What an archive is encrypted with. */
export interface ArchiveKey {
  /** Encrypts its entries; absent where they are readable. */
  content?: Uint8Array;
  /** Opens what is sealed in its records: keys of model servers. Absent where the key that it needs is not here. */
  secrets?: Cipher;
}

/** What may open an archive. */
export interface OpeningKeys {
  /** The key of the store that it is restored into. */
  cipher: Cipher;
  /** The passphrase of that store, where it has one. */
  passphrase?: string | undefined;
  /** The password of the archive. */
  password?: string | undefined;
}

/**
 * The key of a new archive and what its header says of it. With a password all of it is encrypted with that, secrets too;
 * without one, secrets stay sealed with the store's key, and the rest is encrypted for it where the store is.
 */
export async function newArchiveKey(
  store: Store,
  options: { password?: string | undefined; encrypt: boolean },
): Promise<{ key: ArchiveKey; header: Pick<ArchiveHeader, "key" | "encrypted"> }> {
  const { password, encrypt } = options;
  if (password) {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const content = keyFromPassphrase(password, salt);
    const secrets = createCipher(content);
    const key = { type: "password", salt: salt.toBase64(), check: checkOf(secrets) } as const;
    return { key: { content, secrets }, header: { encrypted: true, key } };
  }
  const { value: salt } = await store.kv.get<Uint8Array>(keys.salt());
  const key: ArchiveHeader["key"] = {
    type: "store",
    check: checkOf(store.cipher),
    ...(salt ? { salt: salt.toBase64() } : {}),
  };
  if (!encrypt) return { key: {}, header: { encrypted: false, key } };
  const content = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  key.contentKey = store.cipher.seal(content).toBase64();
  return { key: { content }, header: { encrypted: true, key } };
}

/** The key of an archive. Throws `invalid_request` where the password is missing or wrong, or where nothing here opens it. */
export function openArchiveKey({ key, encrypted }: ArchiveHeader, keys: OpeningKeys): ArchiveKey {
  const salt = key.salt === undefined ? undefined : Uint8Array.fromBase64(key.salt);
  if (key.type === "password") {
    if (!keys.password) {
      throw refused("it needs its password", "password", "Enter the password of the backup");
    }
    const content = keyFromPassphrase(keys.password, salt ?? new Uint8Array());
    const secrets = createCipher(content);
    if (!fits(secrets, key.check)) throw refused("the password is wrong", "password");
    return { content, secrets };
  }
  const candidates = [keys.cipher];
  if (salt && keys.passphrase) candidates.push(createCipher(keyFromPassphrase(keys.passphrase, salt)));
  const secrets = candidates.find((cipher) => fits(cipher, key.check));
  if (!encrypted) return secrets ? { secrets } : {};
  if (!secrets || !key.contentKey) {
    const hint = salt
      ? "Set FRESHET_PASSPHRASE to the passphrase of the Freshet that made it"
      : "Put the secret.key of the Freshet that made it into the data folder, and start again";
    throw refused("it is encrypted with another key", undefined, hint);
  }
  return { content: secrets.open(Uint8Array.fromBase64(key.contentKey)), secrets };
}

function checkOf(cipher: Cipher): string {
  return cipher.seal(new TextEncoder().encode(CHECK_TEXT)).toBase64();
}

function fits(cipher: Cipher, check: string): boolean {
  try {
    return new TextDecoder().decode(cipher.open(Uint8Array.fromBase64(check))) === CHECK_TEXT;
  } catch (error) {
    if (error instanceof FreshetError) return false;
    throw error;
  }
}

function refused(why: string, field?: string, hint?: string): FreshetError {
  return new FreshetError("invalid_request", `Cannot open the backup: ${why}`, { field, hint });
}
