import { diffWordsWithSpace } from "diff";
import type { TextRange } from "./rows.ts";

/** A line that is longer is not compared word by word. UTF-16 units. */
const LINE_LENGTH_MAX = 2_000;
/** Lines that differ in more words are marked as a whole between what they begin and end with. */
const EDIT_LENGTH_MAX = 200;

/** What of two lines is not in the other one, word by word, each side in order and without gaps of nothing between ranges. */
export function changedRanges(before: string, after: string): [TextRange[], TextRange[]] {
  if (Math.max(before.length, after.length) > LINE_LENGTH_MAX) return betweenCommonEnds(before, after);
  const changes = diffWordsWithSpace(before, after, { maxEditLength: EDIT_LENGTH_MAX });
  if (!changes) return betweenCommonEnds(before, after);
  const [oldRanges, newRanges]: [TextRange[], TextRange[]] = [[], []];
  let [oldAt, newAt] = [0, 0];
  for (const { added, removed, value } of changes) {
    if (removed) oldRanges.push([oldAt, oldAt + value.length]);
    if (added) newRanges.push([newAt, newAt + value.length]);
    if (!added) oldAt += value.length;
    if (!removed) newAt += value.length;
  }
  return [oldRanges, newRanges];
}

function betweenCommonEnds(before: string, after: string): [TextRange[], TextRange[]] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const range = (text: string): TextRange[] => text.length > head + tail ? [[head, text.length - tail]] : [];
  return [range(before), range(after)];
}
