import type { NodeSecond } from "../../shared/mod.ts";

/** Seconds that are remembered. */
export const ACTIVITY_SECONDS = 60;
/** Seconds that a rate is the mean of. */
const RATE_SECONDS = 10;

/** What happens on one node, second by second, for the last minute: constant work for each token. */
export class Activity {
  readonly #now: () => number;
  readonly #seconds: NodeSecond[] = Array.from({ length: ACTIVITY_SECONDS }, () => emptySecond());
  #current: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#current = this.#second();
  }

  /** The second of now, to count up in. */
  get current(): NodeSecond {
    const second = this.#second();
    for (let skipped = Math.min(second - this.#current, ACTIVITY_SECONDS); skipped > 0; skipped--) {
      this.#seconds[(second - skipped + 1) % ACTIVITY_SECONDS] = emptySecond();
    }
    this.#current = Math.max(this.#current, second);
    return this.#seconds[this.#current % ACTIVITY_SECONDS] ??= emptySecond();
  }

  /** The last minute, oldest first; the second of now, which is not over, is the last. */
  history(): NodeSecond[] {
    void this.current;
    return Array.from(
      { length: ACTIVITY_SECONDS },
      (_, i) => ({ ...this.#seconds[(this.#current + 1 + i) % ACTIVITY_SECONDS] ?? emptySecond() }),
    );
  }

  /** The last second that is over. */
  last(): NodeSecond {
    return { ...this.#ago(1) };
  }

  /** Requests that began in each of the last ten whole seconds, on average. */
  requestsPerSecond(): number {
    let requests = 0;
    for (let ago = 1; ago <= RATE_SECONDS; ago++) requests += this.#ago(ago).requests;
    return requests / RATE_SECONDS;
  }

  #ago(seconds: number): NodeSecond {
    void this.current;
    return this.#seconds[(this.#current - seconds) % ACTIVITY_SECONDS] ?? emptySecond();
  }

  #second(): number {
    return Math.floor(this.#now() / 1000);
  }
}

function emptySecond(): NodeSecond {
  return { requests: 0, failures: 0, deltas: 0 };
}
