import type { Clock } from "../../host/mod.ts";

const SWEEP_MS = 250;

/** One thing that has to happen in time, or else. */
export interface Deadline {
  /** Moves it to `ms` from now. */
  extend(ms: number): void;
  /** Calls it off. */
  clear(): void;
}

interface Entry {
  at: number;
  expire: () => void;
}

/** All deadlines of the process behind one timer, so that extending one at every token costs an assignment. */
export class Deadlines {
  #clock: Clock;
  #entries = new Set<Entry>();
  #stop: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `expire` once when `ms` have passed without an extension, up to 250 ms late. */
  start(ms: number, expire: () => void): Deadline {
    const entry: Entry = { at: this.#clock.now() + ms, expire };
    this.#entries.add(entry);
    this.#stop ??= this.#clock.every(SWEEP_MS, () => this.#sweep());
    return {
      extend: (next) => entry.at = this.#clock.now() + next,
      clear: () => this.#remove(entry),
    };
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const entry of this.#entries) {
      if (entry.at > now) continue;
      this.#remove(entry);
      entry.expire();
    }
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    if (this.#entries.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}
