import type { FoldRow, LineEnding, RowOptions, TextRange } from "./rows.ts";
import { segmentsOf } from "./segments.ts";

/** A row of the inline view: a line of the old text, of the new one or of both. */
export type InlineRow = FoldRow | {
  /** `changed` rows come in twos: the line as it was (with `oldLine`), then as it is (with `newLine`). */
  kind: "same" | "added" | "removed" | "changed";
  /** Its number in the old text, from 1; absent where it is not in it. */
  oldLine?: number;
  /** The same in the new text. */
  newLine?: number;
  /** Without its ending. */
  text: string;
  ending?: LineEnding;
  /** In a changed line: what is not in its partner; empty where only the ending differs. */
  ranges?: TextRange[];
};

/** Two texts as one column, where a changed line stands twice. Empty for two empty texts, one fold for two equal ones. */
export function inlineRows(before: string, after: string, options: RowOptions = {}): InlineRow[] {
  return segmentsOf(before, after, options).flatMap((segment): InlineRow[] => {
    switch (segment.kind) {
      case "fold":
        return [segment];
      case "same": {
        const { line, ...rest } = segment.before;
        return [{ kind: "same", oldLine: line, newLine: segment.after.line, ...rest }];
      }
      case "removed": {
        const { line, ...rest } = segment.before;
        return [{ kind: "removed", oldLine: line, ...rest }];
      }
      case "added": {
        const { line, ...rest } = segment.after;
        return [{ kind: "added", newLine: line, ...rest }];
      }
      case "changed": {
        const [{ line: oldLine, ...was }, { line: newLine, ...is }] = [segment.before, segment.after];
        return [{ kind: "changed", oldLine, ...was }, { kind: "changed", newLine, ...is }];
      }
    }
  });
}
