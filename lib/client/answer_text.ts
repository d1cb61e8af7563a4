import { type ReadonlySignal, signal } from "@preact/signals";
import type { Block, BlockSplitter } from "../markdown/mod.ts";
import type { Clock } from "./clock.ts";
import { loadMarkdown, markdown } from "./markdown.ts";

/** Finished blocks that are rendered and laid out together; a full group never changes again. */
export interface BlockGroup {
  index: number;
  blocks: readonly Block[];
}

/** Blocks in a group: a new one makes work for its group only, however many came before. */
export const GROUP_SIZE = 16;
/** An open block longer than this (characters) is rendered less often than every frame. */
const LONG_BLOCK = 8_000;
/** Characters of a long open block for each ms between its renderings. */
const LENGTH_PER_MS = 60;
const LONGEST_PAUSE_MS = 400;

/** A text that is being written, as finished blocks, which are frozen, and the open one. */
export class AnswerText {
  readonly #clock: Clock;
  #splitter: BlockSplitter | undefined;
  readonly #groups = signal<readonly BlockGroup[]>([]);
  readonly #open = signal<Block | null>(null);
  #taken = 0;
  /** What came before the splitter was loaded. */
  #early = "";
  #isWhole = false;
  #cancelPublish: (() => void) | undefined;

  constructor(clock: Clock, text = "") {
    this.#clock = clock;
    this.#early = text;
    if (markdown.peek()) this.#begin();
    else loadMarkdown().then(() => this.#begin(), reportError);
  }

  get groups(): ReadonlySignal<readonly BlockGroup[]> {
    return this.#groups;
  }

  /** The block that is being written; null between blocks and after the end. */
  get open(): ReadonlySignal<Block | null> {
    return this.#open;
  }

  /** Takes more text; call at most once a frame. */
  push(text: string): void {
    if (!this.#splitter) {
      this.#early += text;
      return;
    }
    const { finished, open } = this.#splitter.push(text);
    if (finished.length > this.#taken || open.type === "code" || open.source.length <= LONG_BLOCK) {
      return this.#publish();
    }
    const pause = Math.min(open.source.length / LENGTH_PER_MS, LONGEST_PAUSE_MS);
    this.#cancelPublish ??= this.#clock.after(pause, () => this.#publish());
  }

  /** The text is whole: nothing stays open. */
  finish(): void {
    this.#isWhole = true;
    this.#splitter?.finish();
    this.#publish();
  }

  #begin(): void {
    const module = markdown.peek();
    if (!module) return;
    this.#splitter = new module.BlockSplitter();
    this.#splitter.push(this.#early);
    this.#early = "";
    if (this.#isWhole) this.#splitter.finish();
    this.#publish();
  }

  #publish(): void {
    this.#cancelPublish?.();
    this.#cancelPublish = undefined;
    if (!this.#splitter) return;
    const { finished, open } = this.#splitter.state;
    if (finished.length > this.#taken) {
      this.#groups.value = appendBlocks(this.#groups.peek(), finished.slice(this.#taken));
      this.#taken = finished.length;
    }
    this.#open.value = open.source === "" && open.type === "markdown" ? null : open;
  }
}

function appendBlocks(groups: readonly BlockGroup[], blocks: readonly Block[]): readonly BlockGroup[] {
  const next = [...groups];
  for (const block of blocks) {
    const last = next.at(-1);
    if (last && last.blocks.length < GROUP_SIZE) {
      next[next.length - 1] = { index: last.index, blocks: [...last.blocks, block] };
    } else {
      next.push({ index: next.length, blocks: [block] });
    }
  }
  return next;
}
