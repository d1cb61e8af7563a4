import { changedRanges } from "./changed_ranges.ts";
import { splitLines } from "./lines.ts";
import { pairLines } from "./pair_lines.ts";
import { type FoldRow, type RowLine, rowLine, type RowOptions } from "./rows.ts";
import { diffText } from "./text_diff.ts";

/** What both views are made of, from top to bottom. */
export type Segment =
  | FoldRow
  | { kind: "same"; before: RowLine; after: RowLine }
  | { kind: "removed"; before: RowLine }
  | { kind: "added"; after: RowLine }
  | { kind: "changed"; before: RowLine; after: RowLine };

const CONTEXT = 3;

/** The lines of two texts beside each other, with folded stretches between changes. */
export function segmentsOf(before: string, after: string, options: RowOptions): Segment[] {
  const [old, young] = [splitLines(before), splitLines(after)];
  const context = Math.max(0, options.context ?? CONTEXT);
  const segments: Segment[] = [];
  let [oldAt, newAt] = [0, 0];
  const { hunks } = diffText(before, after, options);
  for (const { oldStart, newStart, removed, added } of hunks) {
    const count = oldStart - 1 - oldAt;
    unchanged(segments, old, oldAt, newAt, count, oldAt === 0 && newAt === 0 ? 0 : context, context);
    for (const segment of changed(removed, added, oldStart, newStart)) segments.push(segment);
    oldAt = oldStart - 1 + removed.length;
    newAt = newStart - 1 + added.length;
  }
  // Equal texts have no change to show lines around.
  const head = hunks.length === 0 && Number.isFinite(context) ? 0 : context;
  unchanged(segments, old, oldAt, newAt, young.length - newAt, head, 0);
  return segments;
}

/** `count` unchanged lines: `head` of them, a fold and `tail` of them; a single line is shown, since a fold takes as much room. */
function unchanged(
  segments: Segment[],
  old: string[],
  oldAt: number,
  newAt: number,
  count: number,
  head: number,
  tail: number,
): void {
  const hidden = count - head - tail;
  const foldFrom = hidden > 1 ? head : count;
  const foldTo = hidden > 1 ? count - tail : count;
  const show = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const raw = old[oldAt + i] ?? "";
      const [before, after] = [rowLine(raw, oldAt + i + 1), rowLine(raw, newAt + i + 1)];
      segments.push({ kind: "same", before, after });
    }
  };
  show(0, foldFrom);
  if (foldTo > foldFrom) {
    const [oldLine, newLine] = [oldAt + foldFrom + 1, newAt + foldFrom + 1];
    segments.push({ kind: "fold", count: foldTo - foldFrom, oldLine, newLine });
  }
  show(foldTo, count);
}

/** A hunk: pairs of lines that are alike as changed ones, what stands between them as removed and added ones. */
function changed(removed: string[], added: string[], oldStart: number, newStart: number): Segment[] {
  const old = removed.map((raw, i) => rowLine(raw, oldStart + i));
  const young = added.map((raw, i) => rowLine(raw, newStart + i));
  const segments: Segment[] = [];
  let [oldAt, newAt] = [0, 0];
  const between = (oldTo: number, newTo: number) => {
    for (const before of old.slice(oldAt, oldTo)) segments.push({ kind: "removed", before });
    for (const after of young.slice(newAt, newTo)) segments.push({ kind: "added", after });
  };
  for (const [i, j] of pairLines(old.map(textOf), young.map(textOf))) {
    between(i, j);
    const [before, after] = [old[i], young[j]];
    if (before && after) {
      const [oldRanges, newRanges] = changedRanges(before.text, after.text);
      const [marked, markedAfter] = [{ ...before, ranges: oldRanges }, { ...after, ranges: newRanges }];
      segments.push({ kind: "changed", before: marked, after: markedAfter });
    }
    [oldAt, newAt] = [i + 1, j + 1];
  }
  between(old.length, young.length);
  return segments;
}

function textOf({ text }: RowLine): string {
  return text;
}
