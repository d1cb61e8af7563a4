import type { Block } from "./block.ts";
import { BlockBuilder } from "./builder.ts";
import { isBlank, mayBecomeItem } from "./lines.ts";

/** What has been split so far. */
export interface SplitState {
  /** Blocks that will never change; the same array all the time, only ever appended to. */
  readonly finished: readonly Block[];
  /** The block being written; its source is empty between blocks. */
  readonly open: Block;
}

/**
 * Splits a Markdown text into blocks while it arrives, with work that does not depend on how much came before. Blocks are cut
 * only where rendering them one by one gives the same HTML as rendering the whole, and the same text gives the same blocks
 * however it was chunked. Three things are on purpose not as in a whole document: definitions of link references count within
 * their block only, a list is cut into several when it gets longer than 4,000 characters (each part goes on with its number),
 * and whether such a list is loose is decided by the parts before. A paragraph, a table, one item of a list or an open
 * `<details>` is never cut, so the open block has no upper bound: render it at most once per animation frame.
 *
 * @example
 * ```ts
 * const splitter = new BlockSplitter();
 * for await (const token of tokens) {
 *   const { finished, open } = splitter.push(token);
 * }
 * const blocks = splitter.finish();
 * ```
 */
export class BlockSplitter {
  #builder = new BlockBuilder();
  /** The line that has no end yet. */
  #line = "";
  /** Whether the builder knows already that the line has begun. */
  #begun = false;
  #afterReturn = false;

  /** Takes the next part of the text, of any length. */
  push(text: string): SplitState {
    if (text !== "") this.#take(this.#withLineFeeds(text));
    return this.state;
  }

  /** Takes the end of the text: the last line is complete and the open block finished. */
  finish(): readonly Block[] {
    if (this.#line !== "") this.#completeLine();
    this.#builder.close();
    return this.#builder.finished;
  }

  /** What has been split so far. */
  get state(): SplitState {
    return { finished: this.#builder.finished, open: this.#builder.open(this.#line) };
  }

  #withLineFeeds(text: string): string {
    const rest = this.#afterReturn && text.startsWith("\n") ? text.slice(1) : text;
    this.#afterReturn = text.endsWith("\r");
    return rest.includes("\r") ? rest.replace(/\r\n?/g, "\n") : rest;
  }

  #take(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#line += text.slice(start, end);
      this.#completeLine();
      start = end + 1;
    }
    this.#line += text.slice(start);
    this.#beginLine();
  }

  #completeLine(): void {
    this.#builder.line(this.#line);
    this.#line = "";
    this.#begun = false;
  }

  /** Shows a new block as soon as the line that starts it can be told from one that continues the block before. */
  #beginLine(): void {
    if (!this.#builder.awaitsLine || this.#begun || isBlank(this.#line) || mayBecomeItem(this.#line)) return;
    this.#begun = true;
    this.#builder.begin(this.#line);
  }
}

/** The blocks of a finished text, by the same code that splits it while it arrives. */
export function splitBlocks(text: string): readonly Block[] {
  const splitter = new BlockSplitter();
  splitter.push(text);
  return splitter.finish();
}
