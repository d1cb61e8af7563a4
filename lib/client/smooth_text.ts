import type { Clock } from "./clock.ts";

/** Text is never held back longer than about this. */
const LONGEST_DELAY_MS = 180;
/** Shorter than a frame there is nothing to smooth. */
const SHORTEST_DELAY_MS = 16;
/** How much the newest gap between arrivals counts in their average. */
const GAP_WEIGHT = 0.3;

/**
 * Spreads text that arrives in bursts evenly over the time until more is expected, on animation frames: each burst is shown by
 * the time the next one comes, and at most about 200 ms late.
 */
export class SmoothText {
  readonly #clock: Clock;
  readonly #show: (text: string) => void;
  readonly #enabled: () => boolean;
  #waiting: string[] = [];
  #length = 0;
  #gap = SHORTEST_DELAY_MS;
  #lastArrival = 0;
  #lastFrame = 0;
  #deadline = 0;
  #cancelFrame: (() => void) | undefined;
  #onShown: (() => void) | undefined;

  /** `show` gets the text piece by piece, at most once a frame; while `enabled` says no, all of it with the next one. */
  constructor(clock: Clock, show: (text: string) => void, enabled: () => boolean) {
    this.#clock = clock;
    this.#show = show;
    this.#enabled = enabled;
  }

  push(text: string): void {
    if (text === "") return;
    this.#waiting.push(text);
    this.#length += text.length;
    const now = this.#clock.now();
    if (this.#lastArrival > 0) {
      const gap = Math.min(now - this.#lastArrival, LONGEST_DELAY_MS);
      this.#gap += (gap - this.#gap) * GAP_WEIGHT;
    }
    this.#lastArrival = now;
    this.#deadline = now + clamp(this.#gap, SHORTEST_DELAY_MS, LONGEST_DELAY_MS);
    if (this.#cancelFrame) return;
    this.#lastFrame = now;
    this.#cancelFrame = this.#clock.frame(() => this.#frame());
  }

  /** Calls back as soon as nothing waits any more. */
  whenShown(callback: () => void): void {
    if (this.#length === 0) callback();
    else this.#onShown = callback;
  }

  /** Shows all that waits. */
  flush(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
    if (this.#length > 0) this.#reveal(this.#length);
  }

  #frame(): void {
    const now = this.#clock.now();
    const elapsed = Math.max(now - this.#lastFrame, 1);
    const left = this.#deadline - this.#lastFrame;
    this.#lastFrame = now;
    const share = left <= elapsed || !this.#enabled() ? 1 : elapsed / left;
    this.#reveal(Math.ceil(this.#length * share));
    this.#cancelFrame = this.#length > 0 ? this.#clock.frame(() => this.#frame()) : undefined;
  }

  #settle(): void {
    const callback = this.#onShown;
    this.#onShown = undefined;
    callback?.();
  }

  #reveal(count: number): void {
    let shown = "";
    while (shown.length < count) {
      const first = this.#waiting[0] ?? "";
      const end = cut(first, count - shown.length);
      shown += first.slice(0, end);
      if (end >= first.length) this.#waiting.shift();
      else this.#waiting[0] = first.slice(end);
    }
    this.#length -= shown.length;
    this.#show(shown);
    if (this.#length === 0) this.#settle();
  }
}

/** Where to cut so that no character of two code units is torn. */
function cut(text: string, at: number): number {
  const last = text.charCodeAt(at - 1);
  return at < text.length && last >= 0xd800 && last <= 0xdbff ? at + 1 : at;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
