import type { Clock } from "../clock.ts";

/** Something that is drawn: only after it was marked, and only while it is seen. */
export interface Painting {
  /** What is drawn is out of date. */
  mark(): void;
  /** It came into view, or left it. */
  setVisible(visible: boolean): void;
  remove(): void;
}

interface Entry {
  paint: () => void;
  isVisible: boolean;
  isStale: boolean;
}

/** Draws all pictures of a page in one frame: those that have changed and are seen. */
export class Painter {
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();
  #cancelFrame: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a picture, which is not in view yet. */
  add(paint: () => void): Painting {
    const entry: Entry = { paint, isVisible: false, isStale: true };
    this.#entries.add(entry);
    return {
      mark: () => {
        entry.isStale = true;
        if (entry.isVisible) this.#request();
      },
      setVisible: (visible) => {
        entry.isVisible = visible;
        if (visible && entry.isStale) this.#request();
      },
      remove: () => void this.#entries.delete(entry),
    };
  }

  /** Everything is out of date, as after a change of colours. */
  markAll(): void {
    for (const entry of this.#entries) entry.isStale = true;
    this.#request();
  }

  stop(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
  }

  #request(): void {
    this.#cancelFrame ??= this.#clock.frame(() => {
      this.#cancelFrame = undefined;
      for (const entry of this.#entries) {
        if (!entry.isStale || !entry.isVisible) continue;
        entry.isStale = false;
        entry.paint();
      }
    });
  }
}
