const OPEN = /^\s*<(think|thinking)>/i;
const OPEN_START = /^\s*<\/?t?h?i?n?k?i?n?g?>?$/i;
const CLOSE = /<\/(?:think|thinking)>/i;
const STRAY = /^\s*<\/(?:think|thinking)>/i;

/** Thinking that a server left in the text, `<think>…</think>` from the beginning of a line: nothing in it counts. */
export class ThinkSpan {
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a line begins with a tag: what counts of it is then known at its end. */
  opens(start: string): boolean {
    return OPEN.test(start) || STRAY.test(start);
  }

  /** Whether a line that begins so may begin with a tag. */
  mayOpen(start: string): boolean {
    return OPEN_START.test(start);
  }

  /** What of a line is outside; undefined where all of it is thinking. */
  line(line: string): string | undefined {
    let rest = line;
    for (;;) {
      if (this.#isOpen) {
        const close = CLOSE.exec(rest);
        if (!close) return undefined;
        this.#isOpen = false;
        rest = rest.slice(close.index + close[0].length);
        if (rest.trim() === "") return undefined;
      }
      const tag = OPEN.exec(rest) ?? STRAY.exec(rest);
      if (!tag) return rest;
      this.#isOpen = !tag[0].includes("/");
      rest = rest.slice(tag[0].length);
      if (!this.#isOpen && rest.trim() === "") return undefined;
    }
  }
}
