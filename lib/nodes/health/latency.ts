const SHARE_OF_NEW = 0.2;
const PENALTY_HALF_LIFE_MS = 10_000;
const PENALTY_MAX_MS = 20_000;

/**
 * The smoothed time to the first token of one node, in ms. A failure adds a penalty that fades: a node that fails fast must not
 * look like a fast one.
 */
export class Latency {
  #smoothed: number | undefined;
  #penalty = 0;
  #penaltyAt = 0;

  /** Takes a time to the first token, in ms. */
  add(ms: number): void {
    this.#smoothed = this.#smoothed === undefined
      ? ms
      : this.#smoothed + SHARE_OF_NEW * (ms - this.#smoothed);
  }

  /** Takes a failure at `now`, which came after `ms`. */
  addFailure(ms: number, now: number): void {
    const penalty = this.penalty(now) + 1_000 + Math.max(ms, this.#smoothed ?? 0);
    this.#penalty = Math.min(PENALTY_MAX_MS, penalty);
    this.#penaltyAt = now;
  }

  /** The node is well again. */
  forgive(): void {
    this.#penalty = 0;
  }

  /** What was measured; undefined where nothing was. */
  get measured(): number | undefined {
    return this.#smoothed;
  }

  /** What is left of the penalty for failures. */
  penalty(now: number): number {
    return this.#penalty * 0.5 ** ((now - this.#penaltyAt) / PENALTY_HALF_LIFE_MS);
  }

  /** Starts anew. */
  reset(): void {
    this.#smoothed = undefined;
    this.#penalty = 0;
  }
}
