import { type Clock, systemClock } from "../../lib/host/mod.ts";

/** The clock of the host, which knows how many of its timers run. */
export class CountingClock implements Clock {
  /** Timers that have neither fired nor been called off; intervals count until they are. */
  running = 0;

  now(): number {
    return systemClock.now();
  }

  after(ms: number, fn: () => void): () => void {
    const end = this.#begin();
    const cancel = systemClock.after(ms, () => {
      end();
      fn();
    });
    return () => {
      end();
      cancel();
    };
  }

  every(ms: number, fn: () => void): () => void {
    const end = this.#begin();
    const cancel = systemClock.every(ms, fn);
    return () => {
      end();
      cancel();
    };
  }

  #begin(): () => void {
    this.running++;
    let isRunning = true;
    return () => {
      if (isRunning) this.running--;
      isRunning = false;
    };
  }
}
