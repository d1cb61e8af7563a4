import { diffArrays } from "diff";
import { splitLines } from "./lines.ts";

/** How many moved lines are looked at before a text counts as rewritten, unless told otherwise: below a second of work. */
export const EDIT_LENGTH_MAX = 2_000;

/** A stretch of lines that became another one. Lines carry their endings, so that a missing last one or a `\r` is kept. */
export interface DiffHunk {
  /** The line of the old text that comes first in the hunk, or before which lines are added; from 1. */
  oldStart: number;
  /** The same in the new text. */
  newStart: number;
  removed: string[];
  added: string[];
}

/** How a text became another one: the hunks in order, without unchanged lines. Equal texts have none. */
export interface TextDiff {
  /** Lines of the old text. */
  oldLines: number;
  /** Lines of the new text. */
  newLines: number;
  hunks: DiffHunk[];
}

/** How much work a diff may be. */
export interface DiffOptions {
  /**
   * The number of moved lines (added and removed ones that both texts have) up to which the smallest diff is looked for,
   * `EDIT_LENGTH_MAX` unless given; the time grows with its square. Beyond it the diff is one hunk from the first line that
   * differs to the last: as exact, only larger. It counts lines and not milliseconds, so that the same texts always have the
   * same diff.
   */
  maxEditLength?: number;
}

/** Lines that a diff adds and removes. */
export interface LineCounts {
  addedLines: number;
  removedLines: number;
}

/**
 * The diff of two texts by lines: `applyDiff(before, diffText(before, after)) === after` for all strings, with lone `\r`,
 * without a final line feed, empty, or with surrogates that have no partner.
 */
export function diffText(before: string, after: string, options: DiffOptions = {}): TextDiff {
  const [old, young] = [splitLines(before), splitLines(after)];
  const diff: TextDiff = { oldLines: old.length, newLines: young.length, hunks: [] };
  const head = commonHead(old, young);
  const tail = commonTail(old, young, head);
  const oldMiddle = old.slice(head, old.length - tail);
  const newMiddle = young.slice(head, young.length - tail);
  if (oldMiddle.length === 0 && newMiddle.length === 0) return diff;
  diff.hunks = hunksBetween(oldMiddle, newMiddle, head, options.maxEditLength ?? EDIT_LENGTH_MAX);
  return diff;
}

/** How many lines a diff adds and removes; a line of which a part changed is one of each. */
export function lineCounts(diff: TextDiff): LineCounts {
  return {
    addedLines: diff.hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    removedLines: diff.hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
  };
}

/** `offset` is the number of lines before both stretches. */
function hunksBetween(old: string[], young: string[], offset: number, maxEditLength: number): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let [oldAt, newAt] = [0, 0];
  const end: KeptLine = [old.length, young.length];
  for (const [oldIndex, newIndex] of [...keptLines(old, young, maxEditLength), end]) {
    if (oldIndex > oldAt || newIndex > newAt) {
      hunks.push({
        oldStart: offset + oldAt + 1,
        newStart: offset + newAt + 1,
        removed: old.slice(oldAt, oldIndex),
        added: young.slice(newAt, newIndex),
      });
    }
    [oldAt, newAt] = [oldIndex + 1, newIndex + 1];
  }
  return hunks;
}

/** Where a line that stays stands in the old and in the new text, from 0. */
type KeptLine = [number, number];

/**
 * The lines that stay, in order. Those that only one text has cannot stay and would only cost time (its square), so that they
 * are left out before, which changes nothing about the result; a text that was rewritten is compared at once. None where
 * `maxEditLength` is exceeded.
 */
function keptLines(old: string[], young: string[], maxEditLength: number): KeptLine[] {
  const [oldShared, newShared] = [indexesOf(old, new Set(young)), indexesOf(young, new Set(old))];
  // Numbers in place of lines, the same for equal ones: comparing long lines then costs as little as short ones.
  const ids = new Map<string, number>();
  const idOf = (line: string) => {
    const id = ids.get(line) ?? ids.size;
    ids.set(line, id);
    return id;
  };
  const idsOf = (lines: string[], indexes: number[]) => indexes.map((index) => idOf(lines[index] ?? ""));
  const changes = diffArrays(idsOf(old, oldShared), idsOf(young, newShared), { maxEditLength }) ?? [];
  const kept: KeptLine[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let i = 0; i < count; i++) {
        kept.push([oldShared[oldAt + i] ?? 0, newShared[newAt + i] ?? 0]);
      }
    }
    if (!added) oldAt += count;
    if (!removed) newAt += count;
  }
  return kept;
}

function indexesOf(lines: string[], known: Set<string>): number[] {
  return lines.flatMap((line, index) => known.has(line) ? [index] : []);
}

function commonHead(old: string[], young: string[]): number {
  const most = Math.min(old.length, young.length);
  let count = 0;
  while (count < most && old[count] === young[count]) count++;
  return count;
}

function commonTail(old: string[], young: string[], head: number): number {
  const most = Math.min(old.length, young.length) - head;
  let count = 0;
  while (count < most && old[old.length - 1 - count] === young[young.length - 1 - count]) count++;
  return count;
}
