import { type ReadonlySignal, signal } from "@preact/signals";
import type { NodeSecond } from "../../shared/mod.ts";

/** Seconds that are shown. */
export const HISTORY_SECONDS = 60;
/** A stream that comes a little late leaves out a second now and then; it was like the one before it. */
const BRIDGED_SECONDS = 2;

const NOTHING: NodeSecond = { requests: 0, failures: 0, deltas: 0 };

/** What a node did in the last minute, second by second, oldest first. Its place is reused: a second costs nothing to keep. */
export class SecondHistory {
  readonly #seconds: NodeSecond[];
  readonly #version = signal(0);
  /** Where the oldest one stands. */
  #start = 0;
  /** The second (of those since 1970) of the newest one. */
  #newest: number;

  /** `seconds` are whole ones, of which the last ended just before `now` (ms since 1970). */
  constructor(seconds: readonly NodeSecond[], now: number) {
    this.#seconds = filled(seconds);
    this.#newest = wholeSecond(now);
  }

  /** Counts the changes. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  /** Whether something happened in the newest second. */
  get isActive(): boolean {
    const { requests, failures } = this.#at(HISTORY_SECONDS - 1);
    return requests + failures > 0;
  }

  /** Takes the second that ended just before `now`; false where it was there already. */
  push(second: NodeSecond, now: number): boolean {
    const at = wholeSecond(now);
    const missed = at - this.#newest - 1;
    if (missed < 0) return false;
    const between = missed <= BRIDGED_SECONDS ? this.#at(HISTORY_SECONDS - 1) : NOTHING;
    for (let i = Math.min(missed, HISTORY_SECONDS); i > 0; i--) this.#append(between);
    this.#append(second);
    this.#newest = at;
    this.#version.value++;
    return true;
  }

  /** Takes a whole minute anew. */
  replace(seconds: readonly NodeSecond[], now: number): void {
    this.#seconds.splice(0, HISTORY_SECONDS, ...filled(seconds));
    this.#start = 0;
    this.#newest = wholeSecond(now);
    this.#version.value++;
  }

  /** Adds one figure of each second to `sums`, which has a place for each of them. */
  addTo(sums: Float64Array, figure: keyof NodeSecond): void {
    for (let i = 0; i < HISTORY_SECONDS; i++) sums[i] = (sums[i] ?? 0) + this.#at(i)[figure];
  }

  #at(i: number): NodeSecond {
    return this.#seconds[(this.#start + i) % HISTORY_SECONDS] ?? NOTHING;
  }

  #append(second: NodeSecond): void {
    this.#seconds[this.#start] = second;
    this.#start = (this.#start + 1) % HISTORY_SECONDS;
  }
}

function wholeSecond(now: number): number {
  return Math.floor(now / 1000) - 1;
}

function filled(seconds: readonly NodeSecond[]): NodeSecond[] {
  const last = seconds.slice(-HISTORY_SECONDS);
  return [...Array.from({ length: HISTORY_SECONDS - last.length }, () => NOTHING), ...last];
}
