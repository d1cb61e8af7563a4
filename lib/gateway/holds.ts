import type { Clock } from "../host/mod.ts";

interface Hold {
  at: number;
  /** Undefined once it was called off. */
  onEnd: (() => void) | undefined;
}

/** Holds of one length behind one timer: nearly all are called off, and a timer for each would cost more than the hold itself. */
export class Holds {
  readonly #clock: Clock;
  readonly #ms: number;
  /** In the order in which they end. */
  #waiting: Hold[] = [];
  #stop: (() => void) | undefined;
  #live = 0;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  /** Calls `onEnd` once after the time of these holds; the returned function calls it off. */
  start(onEnd: () => void): () => void {
    const hold: Hold = { at: this.#clock.now() + this.#ms, onEnd };
    this.#waiting.push(hold);
    this.#live++;
    this.#stop ??= this.#clock.after(this.#ms, () => this.#end());
    return () => this.#callOff(hold);
  }

  #callOff(hold: Hold): void {
    if (!hold.onEnd) return;
    hold.onEnd = undefined;
    if (--this.#live > 0) return;
    this.#waiting = [];
    this.#stop?.();
    this.#stop = undefined;
  }

  #end(): void {
    const now = this.#clock.now();
    const due = this.#waiting.findIndex(({ at, onEnd }) => at > now && onEnd);
    const ended = this.#waiting.splice(0, due < 0 ? this.#waiting.length : due);
    const [next] = this.#waiting;
    this.#stop = next && this.#clock.after(next.at - now, () => this.#end());
    for (const hold of ended) {
      const { onEnd } = hold;
      if (!onEnd) continue;
      hold.onEnd = undefined;
      this.#live--;
      onEnd();
    }
  }
}
