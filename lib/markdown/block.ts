/** Of a list that was split because it is long: how its next part goes on. */
export interface ListContinuation {
  /** The number of the part's first item, for ordered lists. */
  start?: number;
  /** Whether the items so far stood apart by blank lines. */
  loose: boolean;
}

/** A part of a Markdown document that can be rendered by itself. `index` counts from 0 and never changes. */
export type Block =
  | { type: "markdown"; index: number; source: string; list?: ListContinuation }
  /** A fenced code block; `source` is the code without its fences, which only grows while the block is open. */
  | { type: "code"; index: number; source: string; language: string };
