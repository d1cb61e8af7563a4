import { findPlaceholder } from "./placeholder.ts";

/** Files of fewer lines may shrink as they like. */
const SHRINKABLE_LINES = 40;
/** The least part of its lines that a larger file must keep. */
const KEPT_PART = 0.4;

/**
 * What is wrong with a file's new content, in words that a model understands; undefined where nothing is. Wrong is what a
 * model does when it should write a whole file and tires: comments such as "rest of the code" that were not in the file
 * before, and a large file of which little is left. `before` is undefined where the file is new or meant to shrink.
 */
export function checkReplacement(
  path: string,
  before: string | undefined,
  after: string,
): string | undefined {
  const placeholder = findPlaceholder(path, before ?? "", after);
  if (placeholder) {
    return `Line ${placeholder.line} of ${path} stands for code that was left out: ${
      JSON.stringify(placeholder.text)
    }`;
  }
  if (before === undefined) return undefined;
  if (after.trim() === "" && before.trim() !== "") return `${path} has become empty`;
  const [had, has] = [countLines(before), countLines(after)];
  if (had <= SHRINKABLE_LINES || has >= had * KEPT_PART) return undefined;
  return `${path} has shrunk from ${had} lines to ${has}`;
}

function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);
}
