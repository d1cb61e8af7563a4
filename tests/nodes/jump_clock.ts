import { setImmediate } from "node:timers";
import type { Clock } from "../../lib/host/mod.ts";

interface Timer {
  at: number;
  every: number | undefined;
  fn: () => void;
}

/**
 * A clock that jumps from timer to timer, so that minutes pass in milliseconds. After each timer all that it set off goes as far
 * as it can before the next one fires.
 */
export class JumpClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 1_700_000_000_000;

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: undefined, fn });
  }

  every(ms: number, fn: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: ms, fn });
  }

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets so many ms pass. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    while (await this.#fire(end));
    this.#now = end;
    await turn();
  }

  /** Lets time pass until the promise is settled. Throws where nothing has come of it after `maxMs`. */
  async until<T>(promise: Promise<T>, maxMs = 300_000): Promise<T> {
    let isDone = false;
    const mark = () => isDone = true;
    promise.then(mark, mark);
    const end = this.#now + maxMs;
    await turn();
    while (!isDone) {
      if (this.#now >= end) throw new Error(`Nothing came of it in ${maxMs / 1000} s`);
      // What waits for the disk waits for no timer.
      if (this.#timers.size === 0) await turn();
      else if (!await this.#fire(end)) this.#now = end;
    }
    return await promise;
  }

  /** Fires the next timer that is due until `end`; false where there is none. */
  async #fire(end: number): Promise<boolean> {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    if (!next || next.at > end) return false;
    this.#now = next.at;
    if (next.every === undefined) this.#timers.delete(next);
    else next.at += next.every;
    next.fn();
    await turn();
    return true;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}

/** A turn of the event loop, by which all promises that can go on have done so. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
