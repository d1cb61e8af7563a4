import type { Clock } from "../host/mod.ts";

const SWEEP_MS = 1_000;

/** What is told of a stream to keep it alive. */
export interface Watch {
  /** Says that something was sent just now. */
  touch(): void;
  /** Ends the watch. */
  stop(): void;
}

interface Entry {
  quietSweeps: number;
  onSilence: () => void;
}

/** Watches all open streams for silence behind one timer, so that a chunk costs an assignment. */
export class KeepAlive {
  #clock: Clock;
  #sweepMs: number;
  #maxQuietSweeps: number;
  #entries = new Set<Entry>();
  #stop: (() => void) | undefined;

  constructor(clock: Clock, silenceMs: number) {
    this.#clock = clock;
    this.#sweepMs = Math.min(SWEEP_MS, silenceMs);
    this.#maxQuietSweeps = Math.ceil(silenceMs / this.#sweepMs);
  }

  /** Calls `onSilence` after every `silenceMs` without a touch, up to a second late. */
  watch(onSilence: () => void): Watch {
    const entry: Entry = { quietSweeps: 0, onSilence };
    this.#entries.add(entry);
    this.#stop ??= this.#clock.every(this.#sweepMs, () => this.#sweep());
    return {
      touch: () => entry.quietSweeps = 0,
      stop: () => this.#remove(entry),
    };
  }

  #sweep(): void {
    for (const entry of this.#entries) {
      // The first sweep may come right after a touch, so it is the one after the last that proves the silence.
      if (++entry.quietSweeps <= this.#maxQuietSweeps) continue;
      entry.quietSweeps = 1;
      entry.onSilence();
    }
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    if (this.#entries.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}
