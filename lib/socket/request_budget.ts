import { FreshetError } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";

/** So many requests at once, and so many in a second from then on; a long one counts as several. */
const BURST = 120;
const PER_SECOND = 20;
const CHARS_PER_UNIT = 16 * 1024;
/** Requests refused in a row after which nobody seems to listen. */
const REFUSED_MAX = 200;

/** How much one socket may ask. */
export class RequestBudget {
  readonly #clock: Clock;
  #left = BURST;
  #at: number;
  #refused = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** True where the client goes on asking although it is refused. */
  get isFlooded(): boolean {
    return this.#refused > REFUSED_MAX;
  }

  /** Takes what a request of so many characters costs; an error with the time to wait where it is not there. */
  take(chars: number): FreshetError | undefined {
    const now = this.#clock.now();
    this.#left = Math.min(BURST, this.#left + Math.max(0, now - this.#at) / 1000 * PER_SECOND);
    this.#at = now;
    const cost = Math.min(BURST, 1 + Math.floor(chars / CHARS_PER_UNIT));
    if (cost > this.#left) {
      this.#refused++;
      const retryAfter = Math.ceil((cost - this.#left) / PER_SECOND * 10) / 10;
      return new FreshetError("rate_limited", "Too many messages on one socket", { retryAfter });
    }
    this.#left -= cost;
    this.#refused = 0;
    return undefined;
  }
}
