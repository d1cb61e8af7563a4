import { FreshetError } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";

/** Messages at once, and in a second from then on. A mouse that is followed sends a hundred. */
const MESSAGES = { burst: 1_000, perSecond: 300 };
/** Characters in the same way: pasting a megabyte is fine, doing so all the time is not. */
const CHARS = { burst: 2 * 1024 * 1024, perSecond: 256 * 1024 };
/** Messages refused in a row after which nobody seems to listen. */
const REFUSED_MAX = 1_000;

/** How much one socket may send to a terminal. */
export class InputBudget {
  readonly #clock: Clock;
  #messages = MESSAGES.burst;
  #chars = CHARS.burst;
  #at: number;
  #refused = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** True where the client goes on sending although it is refused. */
  get isFlooded(): boolean {
    return this.#refused > REFUSED_MAX;
  }

  /** Takes what a message of so many characters costs. Throws `rate_limited` where it is not there. */
  take(chars: number): void {
    const now = this.#clock.now();
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#messages = Math.min(MESSAGES.burst, this.#messages + seconds * MESSAGES.perSecond);
    this.#chars = Math.min(CHARS.burst, this.#chars + seconds * CHARS.perSecond);
    if (this.#messages < 1 || this.#chars < chars) {
      this.#refused++;
      throw new FreshetError("rate_limited", "Too much is sent to this terminal", { retryAfter: 1 });
    }
    this.#messages--;
    this.#chars -= chars;
    this.#refused = 0;
  }
}
