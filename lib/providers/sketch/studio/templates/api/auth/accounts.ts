import { Buffer } from "node:buffer";
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { ApiError } from "../errors.ts";

/** Someone with an account, as others may see it. */
export interface User {
  id: string;
  email: string;
  createdAt: string;
}

interface Account extends User {
  salt: Buffer;
  passwordHash: Buffer;
}

const HASH_BYTES = 32;
const TOKEN_BYTES = 32;
const TOKEN_LIFETIME_MS = 7 * 24 * 60 * 60 * 1_000;

/** Accounts and the tokens that were given to them, in memory. Neither passwords nor tokens are kept as they are. */
export class Accounts {
  readonly #byEmail = new Map<string, Account>();
  readonly #tokens = new Map<string, { account: Account; expiresAt: number }>();

  /** Throws where the address has an account already. */
  async register(email: string, password: string): Promise<User> {
    const key = email.toLowerCase();
    if (this.#byEmail.has(key)) throw taken();
    const salt = randomBytes(16);
    const passwordHash = await hashPassword(password, salt);
    // Another request may have been faster while the password was hashed.
    if (this.#byEmail.has(key)) throw taken();
    const account = {
      id: crypto.randomUUID(),
      email: key,
      createdAt: new Date().toISOString(),
      salt,
      passwordHash,
    };
    this.#byEmail.set(key, account);
    return userOf(account);
  }

  /** A new token that is good for a week. Says the same of a wrong address and a wrong password. */
  async login(email: string, password: string): Promise<{ token: string; expiresAt: string }> {
    const account = this.#byEmail.get(email.toLowerCase());
    // Hashes in either case, so that the time it takes does not tell which addresses have an account.
    const hash = await hashPassword(password, account?.salt ?? Buffer.alloc(16));
    if (!account || !timingSafeEqual(hash, account.passwordHash)) {
      throw new ApiError(401, "wrong_login", "The e-mail address or the password is wrong");
    }
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const expiresAt = Date.now() + TOKEN_LIFETIME_MS;
    this.#tokens.set(digest(token), { account, expiresAt });
    return { token, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Who a token was given to; undefined where it is unknown or too old. */
  userByToken(token: string): User | undefined {
    const key = digest(token);
    const entry = this.#tokens.get(key);
    if (!entry) return undefined;
    if (entry.expiresAt > Date.now()) return userOf(entry.account);
    this.#tokens.delete(key);
    return undefined;
  }

  logout(token: string): void {
    this.#tokens.delete(digest(token));
  }
}

function userOf({ id, email, createdAt }: Account): User {
  return { id, email, createdAt };
}

function taken(): ApiError {
  return new ApiError(409, "email_taken", "This e-mail address has an account already");
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function hashPassword(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, (error, key) => error ? reject(error) : resolve(key));
  });
}
