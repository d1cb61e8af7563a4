import type { Delay } from "../fakes/mod.ts";

/** Holds a fake's answer where a test wants it: each delta waits until it is let through. */
export class Gate {
  /** The first wait is that of the response's headers. */
  #allowed = 1;
  #asked = 0;
  readonly #waiting = new Set<() => void>();

  /** For the fake, in place of time. */
  readonly delay: Delay = (_, signal) => {
    const turn = ++this.#asked;
    return new Promise((resolve) => {
      const look = () => {
        if (turn > this.#allowed && !signal.aborted) return;
        this.#waiting.delete(look);
        signal.removeEventListener("abort", look);
        resolve();
      };
      signal.addEventListener("abort", look);
      this.#waiting.add(look);
      look();
    });
  };

  /** Lets so many more deltas through, or all from here on. */
  let(count = Infinity): void {
    this.#allowed += count;
    for (const look of this.#waiting) look();
  }
}
