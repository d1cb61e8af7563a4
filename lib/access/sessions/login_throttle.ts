import { FreshetError } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";

/** Failures that cost nothing; each further one doubles the wait. */
const FREE = { address: 5, profile: 20 };
const WAIT_MS = 2_000;
/** A profile's own wait stays short: strangers must not lock its person out. */
const WAIT_MAX_MS = { address: 15 * 60_000, profile: 30_000 };
/** After this time without a failure all is forgotten. */
const FORGOTTEN_MS = 60 * 60_000;
const KEPT_MAX = 2_000;

type Kind = keyof typeof FREE;

interface Tries {
  failures: number;
  lastAt: number;
}

/** Slows down who guesses passwords: by the address that the guesses come from, and by the profile they are for. In memory. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a try as failed before it is looked at, so that many at once are no way around; the returned function takes that
   * back where it was none. Throws `rate_limited` with the seconds to wait.
   */
  begin(address: string, profileId: string): () => void {
    const parts: [Kind, string][] = [["address", address], ["profile", profileId]];
    const now = this.#clock.now();
    const wait = Math.max(...parts.map(([kind, name]) => this.#wait(kind, name, now)));
    if (wait > 0) {
      const retryAfter = Math.ceil(wait / 1_000);
      throw new FreshetError("rate_limited", `Too many wrong tries: wait ${retryAfter} s`, { retryAfter });
    }
    for (const [kind, name] of parts) this.#fail(`${kind} ${name}`, now);
    return () => {
      this.#tries.delete(`profile ${profileId}`);
      // Who knows one password must not win free guesses at others by it.
      const tries = this.#tries.get(`address ${address}`);
      if (tries) tries.failures--;
    };
  }

  #wait(kind: Kind, name: string, now: number): number {
    const tries = this.#tries.get(`${kind} ${name}`);
    if (!tries || tries.failures < FREE[kind]) return 0;
    const ms = Math.min(WAIT_MS * 2 ** (tries.failures - FREE[kind]), WAIT_MAX_MS[kind]);
    return tries.lastAt + ms - now;
  }

  #fail(key: string, now: number): void {
    const known = this.#tries.get(key);
    const failures = known && now - known.lastAt < FORGOTTEN_MS ? known.failures + 1 : 1;
    // Last in the map, so that the first one is the oldest.
    this.#tries.delete(key);
    this.#tries.set(key, { failures, lastAt: now });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > KEPT_MAX && oldest !== undefined) this.#tries.delete(oldest);
  }
}
