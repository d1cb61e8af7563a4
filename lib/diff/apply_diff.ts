import { FreshetError } from "../shared/mod.ts";
import { splitLines } from "./lines.ts";
import type { TextDiff } from "./text_diff.ts";

/**
 * The text that a diff makes of `before`. Throws `conflict` where `before` is not the text that the diff was made of, as far as
 * the diff can tell: another number of lines, or other lines where it removes some.
 */
export function applyDiff(before: string, diff: TextDiff): string {
  const lines = splitLines(before);
  if (lines.length !== diff.oldLines) {
    throw conflict(`it was made for ${diff.oldLines} lines and the text has ${lines.length}`);
  }
  const parts: string[] = [];
  let [at, written] = [0, 0];
  for (const { oldStart, newStart, removed, added } of diff.hunks) {
    const start = oldStart - 1;
    if (start < at || start + removed.length > lines.length) throw conflict(`there is no line ${oldStart}`);
    for (const line of lines.slice(at, start)) parts.push(line);
    written += start - at + added.length;
    if (written - added.length !== newStart - 1) {
      throw conflict(`the hunk at line ${oldStart} is out of place`);
    }
    const other = removed.findIndex((line, i) => line !== lines[start + i]);
    if (other >= 0) throw conflict(`line ${oldStart + other} is another one`);
    for (const line of added) parts.push(line);
    at = start + removed.length;
  }
  if (written + lines.length - at !== diff.newLines) {
    throw conflict(`it does not give ${diff.newLines} lines`);
  }
  return parts.join("") + lines.slice(at).join("");
}

function conflict(problem: string): FreshetError {
  return new FreshetError("conflict", `Cannot apply the diff: ${problem}`);
}
