/** What was printed last, for those who come (back) to a session. `offset` counts all characters since its begin. */
export class Scrollback {
  readonly #max: number;
  #chunks: string[] = [];
  #size = 0;
  #offset = 0;

  /** Keeps about `max` characters, at most twice as many. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Where the output stands. */
  get offset(): number {
    return this.#offset;
  }

  /** Where that begins what is kept. */
  get start(): number {
    return this.#offset - this.#size;
  }

  add(text: string): void {
    this.#chunks.push(text);
    this.#size += text.length;
    this.#offset += text.length;
    if (this.#size > 2 * this.#max) this.#trim();
  }

  /** What was printed after `offset`; undefined where that is no longer kept, or was never there. */
  after(offset: number): string | undefined {
    if (offset < this.start || offset > this.#offset) return undefined;
    return this.#join().slice(offset - this.start);
  }

  /** All that is kept. */
  all(): string {
    return this.#join();
  }

  #join(): string {
    if (this.#chunks.length > 1) this.#chunks = [this.#chunks.join("")];
    return this.#chunks[0] ?? "";
  }

  /** From the begin of a line on: in the middle of one might be the middle of a control sequence. */
  #trim(): void {
    const text = this.#join();
    const from = text.length - this.#max;
    const line = text.indexOf("\n", from);
    // Nobody prints without end and without a line, but for what fills the memory.
    const kept = text.slice(line >= 0 && line < from + this.#max / 2 ? line + 1 : from);
    this.#chunks = [kept];
    this.#size = kept.length;
  }
}
