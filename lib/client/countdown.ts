import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./clock.ts";

/** Counts whole seconds down to zero, for people to see. */
export class Countdown {
  readonly #clock: Clock;
  readonly #secondsLeft = signal(0);
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get secondsLeft(): ReadonlySignal<number> {
    return this.#secondsLeft;
  }

  /** Counts from `seconds` (rounded up); a countdown that runs is replaced. */
  start(seconds: number, onEnd?: () => void): void {
    this.stop();
    const end = this.#clock.now() + seconds * 1000;
    const step = () => {
      const left = end - this.#clock.now();
      this.#secondsLeft.value = Math.max(0, Math.ceil(left / 1000));
      if (left <= 0) {
        this.#cancel = undefined;
        onEnd?.();
      } else {
        this.#cancel = this.#clock.after(left % 1000 || 1000, step);
      }
    };
    step();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#secondsLeft.value = 0;
  }
}
