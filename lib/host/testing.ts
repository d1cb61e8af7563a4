import type { Clock } from "./clock.ts";

interface Timer {
  at: number;
  every: number | undefined;
  fn: () => void;
}

/** A clock that tests move by hand. */
export class FakeClock implements Clock {
  #now: number;
  #timers = new Set<Timer>();

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

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

  /** Lets so many ms pass: timers fire in their order, and what they set off may go on in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    while (this.fire(end)) await this.goOn();
    this.jump(end);
    await this.settle();
  }

  /** Fires the next timer that is due until `end`; false where there is none. */
  protected fire(end: number): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    if (!next || next.at > end) return false;
    this.#now = next.at;
    if (next.every === undefined) this.#timers.delete(next);
    else next.at += next.every;
    next.fn();
    return true;
  }

  /** Goes to a time without a look at the timers. */
  protected jump(to: number): void {
    this.#now = to;
  }

  /** Enough for what a timer sets off directly; a macrotask for each of thousands of ticks would take seconds. */
  protected async goOn(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }

  /** Lets promises that can go on do so, those behind the store's work too. */
  protected async settle(): Promise<void> {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 0));
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
