/**
 * What a line may be that begins so. `plain`: text whatever comes after, so that it need not be held back; `open`: more of it
 * tells; `whole`: only the whole line tells.
 */
export type LineFate = "plain" | "open" | "whole";

/** What is done with the lines that a `LineReader` finds. */
export interface LineHandler {
  /**
   * What is plain or whole must stay so when more is added, or the same text, cut differently, would be read differently.
   */
  fateOf(start: string): LineFate;
  /** Text of a plain line, or a part of it; the last part ends in `\n`. */
  plain(text: string): void;
  /** A whole line that is not plain, without its end. */
  line(line: string): void;
}

/**
 * Cuts streamed text into lines and holds back an unfinished one for as long as it may mean something. `\r\n` ends a line as
 * `\n` does, and a byte order mark at the beginning is dropped.
 */
export class LineReader {
  #handler: LineHandler;
  #line = "";
  #fate: LineFate = "open";
  #isStart = true;
  /** Whether the text so far ends in a `\r`, which belongs to the line's end if a `\n` follows. */
  #hasReturn = false;

  constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  push(added: string): void {
    if (added === "") return;
    let text = this.#hasReturn ? `\r${added}` : added;
    if (this.#isStart && text.startsWith("\ufeff")) text = text.slice(1);
    this.#isStart = false;
    this.#hasReturn = text.endsWith("\r");
    if (this.#hasReturn) text = text.slice(0, -1);
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.#endLine(text.slice(from, at > from && text[at - 1] === "\r" ? at - 1 : at));
      from = at + 1;
    }
    if (from < text.length) this.#addToLine(text.slice(from));
  }

  /** The line that had no end, if it was held back; its text is no longer held. */
  takeRest(): string {
    if (this.#hasReturn) {
      this.#hasReturn = false;
      this.#addToLine("\r");
    }
    const rest = this.#line;
    this.#line = "";
    return rest;
  }

  #endLine(text: string): void {
    const fate = this.#fate;
    this.#fate = "open";
    if (fate === "plain") return this.#handler.plain(`${text}\n`);
    const line = this.#line + text;
    this.#line = "";
    if (this.#handler.fateOf(line) === "plain") this.#handler.plain(`${line}\n`);
    else this.#handler.line(line);
  }

  #addToLine(text: string): void {
    if (this.#fate === "plain") return this.#handler.plain(text);
    this.#line += text;
    // A long line would be copied each time that it is looked at.
    if (this.#fate === "whole") return;
    this.#fate = this.#handler.fateOf(this.#line);
    if (this.#fate !== "plain") return;
    this.#handler.plain(this.#line);
    this.#line = "";
  }
}
