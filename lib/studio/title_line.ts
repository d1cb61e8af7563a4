const MARK = "TITLE:";
const TITLE_MAX = 40;

/** Takes the line `TITLE: …` out of streamed prose, however it is cut; only the start of a line is ever held back. */
export class TitleLine {
  #title: string | undefined;
  #line = "";
  #isHolding = true;

  /** The title, once its line was there. */
  get title(): string | undefined {
    return this.#title;
  }

  /** The prose that is certain with this text. */
  push(text: string): string {
    let out = "";
    for (const part of text.split(/(?<=\n)/)) {
      if (!this.#isHolding) out += part;
      else {
        this.#line += part;
        out += this.#settle();
      }
      if (part.endsWith("\n")) this.#isHolding = true;
    }
    return out;
  }

  /** What was held back at the end. */
  end(): string {
    const line = this.#line;
    this.#line = "";
    return this.#take(line) ? "" : line;
  }

  #settle(): string {
    const line = this.#line;
    const start = line.replace(/^[\s*#_]+/, "").toUpperCase();
    const isTitle = start.startsWith(MARK);
    if (!line.endsWith("\n") && (isTitle || MARK.startsWith(start))) return "";
    this.#line = "";
    this.#isHolding = line.endsWith("\n");
    return isTitle && this.#take(line) ? "" : line;
  }

  #take(line: string): boolean {
    const match = /^[\s*#_]*TITLE:[\s*_]*(.*?)[\s*_.]*$/is.exec(line.trimEnd());
    if (!match) return false;
    this.#title ??= shortTitle(match[1] ?? "");
    return true;
  }
}

/** At most three words of a text, to call a version by. */
export function shortTitle(text: string): string {
  const words = text.replaceAll(/[`"'*#]/g, "").trim().split(/\s+/).slice(0, 3).join(" ");
  return words.slice(0, TITLE_MAX);
}
