import type { RunEvent } from "../shared/mod.ts";

const OPEN = "<think>";
const CLOSE = "</think>";

/** Text or reasoning, as it goes into a run. */
type Piece = Extract<RunEvent, { type: "text" | "reasoning" }>;

/**
 * Some servers leave a model's thinking in its text, as `<think>…</think>` at the very beginning. This makes reasoning of it,
 * however the text is cut. What stands later in an answer stays: it may be about such tags.
 */
export class ThinkTags {
  #state: "before" | "inside" | "after" = "before";
  #held = "";
  /** White space between a tag and what it encloses is no part of either. */
  #trims = false;

  /** The pieces that are certain with this text. */
  push(text: string): Piece[] {
    if (this.#state === "after") return this.#piece("text", text);
    this.#held += text;
    const state = this.#state === "before" ? this.#enter() : this.#state;
    if (state === "before") return [];
    return state === "after" ? this.#release("text") : this.#inside();
  }

  /** What was still held back when the answer ended. */
  end(): Piece[] {
    return this.#release(this.#state === "inside" ? "reasoning" : "text");
  }

  /** Looks for the opening tag, and stays "before" while it is uncertain. */
  #enter(): "before" | "inside" | "after" {
    const start = this.#held.trimStart();
    if (start.startsWith(OPEN)) {
      this.#state = "inside";
      this.#held = start.slice(OPEN.length);
      this.#trims = true;
    } else if (!OPEN.startsWith(start)) {
      this.#state = "after";
    }
    return this.#state;
  }

  #inside(): Piece[] {
    const end = this.#held.indexOf(CLOSE);
    if (end >= 0) {
      const reasoning = this.#held.slice(0, end);
      const rest = this.#held.slice(end + CLOSE.length);
      this.#held = "";
      this.#state = "after";
      const pieces = this.#piece("reasoning", reasoning);
      this.#trims = true;
      return [...pieces, ...this.#piece("text", rest)];
    }
    const keep = partialAtEnd(this.#held, CLOSE);
    const certain = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(certain.length);
    return this.#piece("reasoning", certain);
  }

  #release(type: Piece["type"]): Piece[] {
    const held = this.#held;
    this.#held = "";
    return this.#piece(type, held);
  }

  #piece(type: Piece["type"], whole: string): Piece[] {
    const text = this.#trims ? whole.trimStart() : whole;
    if (!text) return [];
    this.#trims = false;
    return [{ type, text }];
  }
}

/** How many characters at the end of the text may be the beginning of the tag. */
function partialAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
