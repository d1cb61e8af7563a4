/** `closed`: calls go through; `open`: none does; `half_open`: one at a time, to see whether the node is back. */
export type BreakerState = "closed" | "open" | "half_open";

/** Failures in a row that open the breaker. */
const FAILURES_MAX = 3;
/** Of the last outcomes, how many have to be failures when they do not come in a row. */
const WINDOW = 20;
const WINDOW_FAILURES_MAX = 8;
const FIRST_WAIT_MS = 1_000;
const WAIT_MAX_MS = 60_000;
/** A node that was closed for as long without a failure is no longer one that flaps. */
const STABLE_MS = 30_000;
const JITTER = 0.2;

/**
 * The circuit breaker of one node (Nygard, "Release It!", 2nd ed., ch. 5). It opens after three failures in a row, or eight of
 * twenty, and waits twice as long each time that the node had seemed to be back: a node that flaps gets less and less work.
 */
export class Breaker {
  readonly #now: () => number;
  readonly #random: () => number;
  #state: BreakerState = "closed";
  #failuresInRow = 0;
  #outcomes: boolean[] = [];
  /** How often it opened without having been stable in between. */
  #openings = 0;
  #failedTrials = 0;
  #trialRuns = false;
  #openedAt = 0;
  #closedAt: number;
  #retryAt = 0;

  /** `random` gives numbers from 0 to 1, for jitter. */
  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#random = random;
    this.#closedAt = now() - STABLE_MS;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** When an open breaker lets the next call through, in ms since 1970. */
  get retryAt(): number {
    return this.#retryAt;
  }

  /** When it closed last, or was made. */
  get closedAt(): number {
    return this.#closedAt;
  }

  /** Whether a call may go now. */
  get allows(): boolean {
    if (this.#state === "closed") return true;
    if (this.#trialRuns) return false;
    return this.#state === "half_open" || this.#now() >= this.#retryAt;
  }

  /** A call goes. */
  begin(): void {
    if (this.#state === "closed") return;
    this.#state = "half_open";
    this.#trialRuns = true;
  }

  /** A call was answered. */
  succeed(): void {
    this.#failuresInRow = 0;
    this.#note(true);
    this.#trialRuns = false;
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#closedAt = this.#now();
    this.#failedTrials = 0;
    this.#outcomes = [];
  }

  /** A call ended without showing anything, as when its caller left. */
  abstain(): void {
    this.#trialRuns = false;
  }

  /** A call failed; `certain` where nothing listens there, which needs no second failure. */
  fail(certain = false): void {
    // What was under way when it opened shows nothing new.
    if (this.#state === "open") return;
    this.#note(false);
    this.#failuresInRow++;
    this.#trialRuns = false;
    if (this.#state !== "closed") {
      this.#failedTrials++;
      return this.#wait(FIRST_WAIT_MS * 2 ** this.#failedTrials);
    }
    const failures = this.#outcomes.filter((ok) => !ok).length;
    if (certain || this.#failuresInRow >= FAILURES_MAX || failures >= WINDOW_FAILURES_MAX) this.#open();
  }

  /** A probe was answered: an open breaker need not wait longer than a flapping node has to. */
  probeSucceeded(): void {
    if (this.#state !== "open") return;
    this.#retryAt = Math.min(this.#retryAt, this.#openedAt + this.#flapWait());
    this.#failedTrials = 0;
  }

  /** Starts anew, as when the node's address has changed. */
  reset(): void {
    this.#state = "closed";
    this.#closedAt = this.#now();
    this.#failuresInRow = this.#openings = this.#failedTrials = 0;
    this.#outcomes = [];
    this.#trialRuns = false;
  }

  #open(): void {
    const now = this.#now();
    this.#openings = now - this.#closedAt >= STABLE_MS ? 1 : this.#openings + 1;
    this.#openedAt = now;
    this.#failedTrials = 0;
    this.#wait(this.#flapWait());
  }

  #flapWait(): number {
    return Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** (this.#openings - 1));
  }

  #wait(ms: number): void {
    this.#state = "open";
    const jitter = 1 + JITTER * (2 * this.#random() - 1);
    this.#retryAt = this.#now() + Math.min(WAIT_MAX_MS, ms) * jitter;
  }

  #note(ok: boolean): void {
    this.#outcomes.push(ok);
    if (this.#outcomes.length > WINDOW) this.#outcomes.shift();
  }
}
