import { createHash } from "node:crypto";
import type { Clock } from "../../host/mod.ts";
import { Failures, tooManyTries } from "./failures.ts";
import { networkOf } from "./network.ts";

const OF_TOKENS = { free: 10, waitMaxMs: 60_000 };
const OF_KEYS = { free: 20, waitMaxMs: 60_000 };

/**
 * Slows down who guesses at the token or at API keys in the headers of requests, by the network that the guesses come from. In
 * memory. Logins are counted elsewhere, so that a program with an old key does not keep its person from the login.
 */
export class SecretThrottle {
  readonly #tokens: Failures;
  readonly #keys: Failures;

  constructor(clock: Clock) {
    this.#tokens = new Failures(clock, OF_TOKENS);
    this.#keys = new Failures(clock, OF_KEYS);
  }

  /** Whether the token may be tried from there now. While it may not, the right one does not get in either: people choose tokens. */
  isTokenOpen(address: string): boolean {
    return this.#tokens.wait(networkOf(address)) <= 0;
  }

  /** Counts a wrong token; a placeholder that a program repeats counts once. */
  wrongToken(address: string, secret: string): void {
    this.#tokens.add(networkOf(address), inShort(secret));
  }

  /** Throws `rate_limited` while no token may be tried from there. */
  refuseToken(address: string): void {
    const wait = this.#tokens.wait(networkOf(address));
    if (wait > 0) throw tooManyTries(wait);
  }

  /**
   * Counts a wrong API key, and throws `rate_limited` after too many. A right one is let in all the time: 256 random bits are not
   * guessed, and who shares an address with a guesser has to get through.
   */
  wrongKey(address: string, secret: string): void {
    const network = networkOf(address);
    const wait = this.#keys.wait(network);
    if (wait > 0) throw tooManyTries(wait);
    this.#keys.add(network, inShort(secret));
  }
}

/** Tells one guess from the next, in few bytes and without the guess itself. */
function inShort(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 12);
}
