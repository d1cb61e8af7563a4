/**
 * What changed between two texts and two trees of files: exact diffs that can be stored and applied, and rows for a viewer.
 * Browser-safe and pure; every result is plain data, so that it can be stored as JSON or be made in a Web Worker.
 */
export { applyDiff } from "./apply_diff.ts";
export {
  type DiffHunk,
  type DiffOptions,
  diffText,
  EDIT_LENGTH_MAX,
  type LineCounts,
  lineCounts,
  type TextDiff,
} from "./text_diff.ts";
export { diffTrees, type TreeChange, type TreeFile } from "./tree_diff.ts";
export { type InlineRow, inlineRows } from "./inline_rows.ts";
export { type SideBySideRow, sideBySideRows } from "./side_by_side_rows.ts";
export type { FoldRow, LineEnding, RowLine, RowOptions, TextRange } from "./rows.ts";
