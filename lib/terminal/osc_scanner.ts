const START = "\x1b]";
/** A sequence that is longer is none that anybody waits for. */
const SEQUENCE_MAX = 16 * 1024;

/** An operating system command of a terminal: its number and what follows it. */
export interface OscSequence {
  code: number;
  text: string;
}

/**
 * Finds operating system commands (ECMA-48, 8.3.89, as xterm writes them: `ESC ] number ; text BEL` or `ST`) in output, which
 * may be cut anywhere.
 */
export class OscScanner {
  /** The begin of a sequence whose end has not come. */
  #held = "";

  /** The sequences that end in this piece of output. */
  push(output: string): OscSequence[] {
    const text = this.#held + output;
    this.#held = "";
    const found: OscSequence[] = [];
    for (let at = 0;;) {
      const start = text.indexOf(START, at);
      if (start < 0) {
        if (text.endsWith("\x1b")) this.#held = "\x1b";
        return found;
      }
      const end = endOf(text, start + START.length);
      if (end === undefined) {
        if (text.length - start <= SEQUENCE_MAX) this.#held = text.slice(start);
        return found;
      }
      const [, code, rest] = text.slice(start + START.length, end).match(/^(\d{1,4});(.*)$/s) ?? [];
      if (code !== undefined && rest !== undefined) found.push({ code: Number(code), text: rest });
      at = end;
    }
  }
}

/** Where a sequence's text ends; undefined where that has not come yet. */
function endOf(text: string, from: number): number | undefined {
  for (let i = from; i < text.length; i++) {
    const char = text.charCodeAt(i);
    // BEL ends it, ESC begins its end (or breaks it off), CAN and SUB break it off.
    if (char === 0x07 || char === 0x18 || char === 0x1a) return i;
    if (char === 0x1b) return i + 1 < text.length ? i : undefined;
  }
  return undefined;
}
