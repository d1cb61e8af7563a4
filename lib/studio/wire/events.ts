/** A part of a file to be searched and what takes its place: whole lines, each with its `\n`; empty where there are none. */
export interface EditBlock {
  search: string;
  replace: string;
}

/** Whether a file comes whole (`file`) or as search-replace blocks (`edit`). */
export type WireMode = "file" | "edit";

/**
 * What a model's answer says, in its order. A file that was written twice ends twice; the last one counts.
 *
 * - `text`: prose outside of files, as it was written.
 * - `file:chunk`: goes on at the end of the file; whole lines or parts of them. `startLine` counts from 1.
 * - `file:end`: the file is finished; `content` is all its chunks.
 * - `file:refused`: a path that no project may have, or edits that are no edits. Nothing of it may be used.
 * - `end`: the mark that ends an answer. Some models write it after every file, so more may follow; what counts in the
 *   end is `isComplete`.
 */
export type WireEvent =
  | { type: "text"; text: string }
  | { type: "file:start"; path: string; mode: WireMode }
  | { type: "file:chunk"; path: string; text: string; startLine: number }
  | { type: "file:end"; path: string; content: string }
  | { type: "edit:end"; path: string; blocks: EditBlock[] }
  | { type: "file:refused"; path: string; reason: string }
  | { type: "delete"; path: string }
  | { type: "end" };

/** A file that an answer began and did not finish. `text` is its content so far, or its edits as they were written. */
export interface UnfinishedFile {
  path: string;
  mode: WireMode;
  text: string;
}

/** What is left to say when an answer ended. */
export interface WireEnding {
  events: WireEvent[];
  /** Whether the last thing of the answer is the mark that ends it. If not, the answer broke off, whatever its server says. */
  isComplete: boolean;
  unfinished?: UnfinishedFile;
}
