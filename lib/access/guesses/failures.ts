import { FreshetError } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";

const FIRST_WAIT_MS = 2_000;
/** After this time without a failure all is forgotten. */
const FORGOTTEN_MS = 60 * 60_000;
/** Names of which failures are known; beyond, the one that failed longest ago is forgotten. */
const KEPT_MAX = 2_000;

interface Failed {
  times: number;
  lastAt: number;
  /** What was tried last, in short. */
  last: string | undefined;
}

/** Counts failures by name, as of an address, and says how long to wait before the next try. In memory that does not grow. */
export class Failures {
  readonly #clock: Clock;
  readonly #free: number;
  readonly #waitMaxMs: number;
  readonly #byName = new Map<string, Failed>();

  /** `free` failures cost nothing; the next one costs 2 s, and each further one doubles the wait up to `waitMaxMs`. */
  constructor(clock: Clock, { free, waitMaxMs }: { free: number; waitMaxMs: number }) {
    this.#clock = clock;
    this.#free = free;
    this.#waitMaxMs = waitMaxMs;
  }

  /** ms until the next try is let in; 0 or less where one is now. */
  wait(name: string): number {
    const failed = this.#byName.get(name);
    if (!failed || failed.times < this.#free) return 0;
    const ms = Math.min(FIRST_WAIT_MS * 2 ** (failed.times - this.#free), this.#waitMaxMs);
    return failed.lastAt + ms - this.#clock.now();
  }

  /** Counts a failure. What was tried last already does not count again: who repeats it guesses at nothing. */
  add(name: string, tried?: string): { undo: () => void } {
    const now = this.#clock.now();
    const known = this.#byName.get(name);
    if (known && tried !== undefined && known.last === tried) return { undo: () => {} };
    const times = known && now - known.lastAt < FORGOTTEN_MS ? known.times + 1 : 1;
    // Last in the map, so that the first one is the oldest.
    this.#byName.delete(name);
    this.#byName.set(name, { times, lastAt: now, last: tried });
    const [oldest] = this.#byName.keys();
    if (this.#byName.size > KEPT_MAX && oldest !== undefined) this.#byName.delete(oldest);
    return { undo: () => this.#takeBack(name) };
  }

  /** Forgets all failures of a name. */
  forget(name: string): void {
    this.#byName.delete(name);
  }

  #takeBack(name: string): void {
    const failed = this.#byName.get(name);
    if (failed) failed.times--;
  }
}

/** The error for who has to wait that many ms. */
export function tooManyTries(waitMs: number): FreshetError {
  const retryAfter = Math.ceil(waitMs / 1_000);
  return new FreshetError("rate_limited", `Too many wrong tries: wait ${retryAfter} s`, { retryAfter });
}
