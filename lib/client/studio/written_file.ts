import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Clock } from "../clock.ts";
import { GrowingText } from "../growing_text.ts";
import { SmoothText } from "../smooth_text.ts";

/** A file while it is written before our eyes: all of its text, and what of it is shown so far. */
export class WrittenFile {
  readonly path: string;
  /** What is shown; it grows evenly. */
  readonly shown: GrowingText = new GrowingText();
  readonly #writing = signal(true);
  readonly #begun: Signal<boolean>;
  readonly #smooth: SmoothText;
  #text = "";

  constructor(path: string, clock: Clock, smooth: () => boolean, text = "") {
    this.path = path;
    this.#smooth = new SmoothText(clock, (part) => this.shown.append(part), smooth);
    this.#text = text;
    this.#begun = signal(text !== "");
    this.shown.append(text);
  }

  /** All that has arrived. */
  get text(): string {
    return this.#text;
  }

  /** Whether there is more to come, or more to show. */
  get writing(): ReadonlySignal<boolean> {
    return this.#writing;
  }

  /** Whether there is any text yet; a file that is only changed here and there gets none. */
  get begun(): ReadonlySignal<boolean> {
    return this.#begun;
  }

  push(chunk: string): void {
    this.#text += chunk;
    if (chunk !== "") this.#begun.value = true;
    this.#smooth.push(chunk);
  }

  /** Nothing more comes; `writing` ends when all is shown. */
  finish(): void {
    this.#smooth.whenShown(() => void (this.#writing.value = false));
  }

  /** Shows at once what is still held back. */
  flush(): void {
    this.#smooth.flush();
  }
}
