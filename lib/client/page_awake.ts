import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./clock.ts";

/** So long (ms) after it is hidden a page keeps its connections: browsers allow six for each host. */
const LINGER_MS = 10_000;

/** Whether the page is seen, or was until just now. */
export class PageAwake {
  readonly #awake = signal(true);
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get awake(): ReadonlySignal<boolean> {
    return this.#awake;
  }

  /** The page was shown or hidden. */
  setVisible(visible: boolean): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (visible) this.#awake.value = true;
    else this.#cancel = this.#clock.after(LINGER_MS, () => this.#awake.value = false);
  }

  /** The page goes away, or into the browser's cache of pages. */
  leave(): void {
    this.#cancel?.();
    this.#awake.value = false;
  }
}
