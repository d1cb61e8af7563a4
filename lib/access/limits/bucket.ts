const MINUTE_MS = 60_000;
/** Below what the arithmetic of fractions may be off by: a wait that was told to a caller has to be enough. */
const TOLERANCE = 1e-6;

/**
 * A token bucket that holds one minute's worth and refills steadily. It is kept as what is used of it at a time, so it costs
 * neither a timer nor work while nobody asks. Without a limit nothing is counted, and what it tells makes no sense.
 */
export class Bucket {
  #limit = 0;
  #used = 0;
  #usedAt = 0;
  #synced = 0;
  #syncedAt = 0;

  /** Per minute; 0 for unlimited. */
  get limit(): number {
    return this.#limit;
  }

  /** Changes the limit from `now` on; what was used stays used. */
  setLimit(limit: number, now: number): void {
    if (limit === this.#limit) return;
    this.#used = this.used(now);
    this.#usedAt = now;
    this.#synced = this.#left(this.#synced, this.#syncedAt, now);
    this.#syncedAt = now;
    this.#limit = limit;
  }

  /** What is used and not yet refilled; beyond the limit where a request cost more than was thought. */
  used(now: number): number {
    return this.#left(this.#used, this.#usedAt, now);
  }

  /** Whole units that can be taken. */
  remaining(now: number): number {
    return Math.max(0, Math.floor(this.#limit - this.used(now) + TOLERANCE));
  }

  /** ms until the bucket is full. */
  resetMs(now: number): number {
    return this.used(now) * MINUTE_MS / this.#limit;
  }

  /** ms until `amount` can be taken, 0 for now. Infinite for more than the bucket holds. */
  waitMs(amount: number, now: number): number {
    if (amount > this.#limit) return Infinity;
    const lacking = this.used(now) + amount - this.#limit;
    return lacking <= TOLERANCE ? 0 : lacking * MINUTE_MS / this.#limit;
  }

  /** Takes an amount whether it is there or not; a negative one is given back. */
  take(amount: number, now: number): void {
    this.#used = Math.max(0, this.used(now) + amount);
    this.#usedAt = now;
  }

  /** Adds what others used since the last time, by what is stored for all of them: `used` at the time `at`. */
  adopt(used: number, at: number, now: number): void {
    const stored = this.#left(used, at, now);
    const known = this.#left(this.#synced, this.#syncedAt, now);
    this.take(stored - known, now);
    this.#synced = stored;
    this.#syncedAt = now;
  }

  /** Says that this much is stored for all. */
  stored(used: number, at: number): void {
    this.#synced = used;
    this.#syncedAt = at;
  }

  /** A clock that was set back, or another machine's that goes ahead, refills nothing. */
  #left(used: number, at: number, now: number): number {
    if (used === 0 || this.#limit === 0) return 0;
    return Math.max(0, used - Math.max(0, now - at) * this.#limit / MINUTE_MS);
  }
}
