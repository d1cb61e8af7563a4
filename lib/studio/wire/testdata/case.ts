import type { EditBlock, UnfinishedFile } from "../events.ts";

/** A model's answer and what must come of it. What is not named must not come. */
export interface WireCase {
  name: string;
  answer: string;
  /** The last finished content of each file. */
  files?: Record<string, string>;
  edits?: Record<string, EditBlock[]>;
  deleted?: string[];
  /** Paths of refused files, as they were written. */
  refused?: string[];
  isComplete: boolean;
  unfinished?: UnfinishedFile;
  /** What the prose must and must not contain. */
  prose?: string[];
  notProse?: string[];
  /** Whether it is written as the model was asked to: whatever is cut off, no file may be wrong. */
  isWellFormed?: true;
}

/** Lines of text, each with its end. */
export function lines(...all: string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
