/** A part of a page that belongs elsewhere in the document. */
export interface Part {
  name: string;
  html: string;
}

/**
 * Parts of a page are rendered where their contexts apply, but belong elsewhere in the document: entries of the head, and the
 * markup of slots that no island showed. They are rendered between marks and cut out of the text afterwards. The marks are
 * comments with a word that nobody can know beforehand, so that no content can forge them.
 */
export class Tokens {
  readonly #word: string;

  constructor(word: string = crypto.randomUUID().replaceAll("-", "")) {
    this.#word = word;
  }

  /** The text of a comment that starts a part. */
  open(name: string): string {
    return `${this.#word}+${name}`;
  }

  /** The text of a comment that ends the part that was started last. */
  close(): string {
    return `${this.#word}/`;
  }

  /** The text of a comment for a place that {@linkcode fill} puts something in. */
  place(name: string): string {
    return `${this.#word}=${name}`;
  }

  /** Cuts the parts out of rendered text, in the order in which they end. */
  cut(html: string): { rest: string; parts: Part[] } {
    const pieces = html.split(new RegExp(`<!--${this.#word}([+/][^>]*)-->`));
    const parts: Part[] = [];
    const outer: Part[] = [];
    let current: Part = { name: "", html: pieces[0] ?? "" };
    for (let i = 1; i < pieces.length; i += 2) {
      const mark = pieces[i] ?? "";
      if (mark.startsWith("+")) {
        outer.push(current);
        current = { name: mark.slice(1), html: "" };
      } else {
        parts.push(current);
        current = outer.pop() ?? current;
      }
      current.html += pieces[i + 1] ?? "";
    }
    return { rest: current.html, parts };
  }

  /** Replaces a place by text. */
  fill(html: string, name: string, text: string): string {
    return html.replace(`<!--${this.place(name)}-->`, () => text);
  }
}
