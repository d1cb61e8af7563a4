import type { FoldRow, InlineRow, SideBySideRow } from "../../../diff/mod.ts";

/** How two texts are laid out: in two columns or in one. */
export type DiffView = "split" | "inline";

/** The rows of a view. */
export type DiffRows =
  | { view: "inline"; rows: readonly InlineRow[] }
  | { view: "split"; rows: readonly SideBySideRow[] };

/** The rows with those folds replaced by their lines that were opened, by the line of the new text they begin at. */
export function withOpened(shown: DiffRows, after: string, opened: ReadonlySet<number>): DiffRows {
  if (opened.size === 0) return shown;
  const lines = after.split("\n");
  const textAt = (line: number) => (lines[line - 1] ?? "").replace(/\r$/, "");
  if (shown.view === "inline") {
    return {
      view: "inline",
      rows: unfold(shown.rows, opened, (oldLine, newLine): InlineRow => {
        return { kind: "same", oldLine, newLine, text: textAt(newLine) };
      }),
    };
  }
  return {
    view: "split",
    rows: unfold(shown.rows, opened, (oldLine, newLine): SideBySideRow => {
      const text = textAt(newLine);
      return { kind: "same", before: { line: oldLine, text }, after: { line: newLine, text } };
    }),
  };
}

/** Where each change begins: an index of the first of its rows. */
export function changeStarts(rows: readonly { kind: string }[]): number[] {
  const isChange = (row: { kind: string } | undefined) =>
    row !== undefined && row.kind !== "same" && row.kind !== "fold";
  return rows.flatMap((row, i) => isChange(row) && !isChange(rows[i - 1]) ? [i] : []);
}

function unfold<Row extends { kind: string }>(
  rows: readonly (Row | FoldRow)[],
  opened: ReadonlySet<number>,
  rowOf: (oldLine: number, newLine: number) => Row,
): (Row | FoldRow)[] {
  return rows.flatMap((row) => {
    if (!isFold(row) || !opened.has(row.newLine)) return [row];
    const { count, oldLine, newLine } = row;
    return Array.from({ length: count }, (_, i) => rowOf(oldLine + i, newLine + i));
  });
}

function isFold(row: { kind: string }): row is FoldRow {
  return row.kind === "fold";
}
