const WINDOW_MS = 5_000;

/** The speed of a download over its last five seconds. */
export class SpeedMeter {
  #samples: { at: number; bytes: number }[] = [];

  /** Takes how many bytes there are in all. Fewer than before mean that it began anew. */
  add(at: number, bytes: number): void {
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ at, bytes });
    // One from before the window stays, so that there is always something to measure from.
    while ((this.#samples[1]?.at ?? Infinity) <= at - WINDOW_MS) this.#samples.shift();
  }

  /** What was there when a download goes on was not loaded now. */
  reset(): void {
    this.#samples = [];
  }

  get bytesPerSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at === first.at) return 0;
    return Math.round((last.bytes - first.bytes) * 1_000 / (last.at - first.at));
  }
}
