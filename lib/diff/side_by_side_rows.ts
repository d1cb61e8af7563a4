import type { FoldRow, RowLine, RowOptions } from "./rows.ts";
import { segmentsOf } from "./segments.ts";

/** A row of the view with two columns; a side without a line is empty there. */
export type SideBySideRow = FoldRow | {
  kind: "same" | "added" | "removed" | "changed";
  before?: RowLine;
  after?: RowLine;
};

/** Two texts as two columns. Empty for two empty texts, one fold for two equal ones. */
export function sideBySideRows(before: string, after: string, options: RowOptions = {}): SideBySideRow[] {
  return segmentsOf(before, after, options);
}
