import type { UnfinishedFile } from "./events.ts";
import type { LineHandler } from "./line_reader.ts";

/**
 * What comes of a line within a file. `rest`: the file is over, and these lines stand behind it. `edits`: the file is search-
 * replace blocks, though it was announced as a whole one, and are read by `body`.
 */
export type Outcome = { type: "rest"; lines: string[] } | { type: "edits"; body: Body } | undefined;

/** The reading of a file, until it says that the file is over. */
export interface Body extends Pick<LineHandler, "fateOf" | "plain"> {
  /** Undefined where the file goes on. */
  line(line: string): Outcome;
  /** Whether the last line of an answer, which has no end, says something; otherwise it may be the beginning of one that does. */
  isLastWord(line: string): boolean;
  /** Takes the end of the answer: what is unfinished, if anything is. */
  finish(rest: string): UnfinishedFile | undefined;
}
