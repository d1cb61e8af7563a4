/** What is seen of a list of rows of one height. */
export interface RowView {
  /** px */
  scrollTop: number;
  height: number;
  rowHeight: number;
  /** Entries in a row. */
  columns: number;
}

/** The entries to render, and the heights (px) that stand for the others. */
export interface RowWindow {
  start: number;
  /** Exclusive. */
  end: number;
  before: number;
  after: number;
}

/** So many rows are rendered beyond each edge. */
const MARGIN = 12;

/** Which of `count` entries are rendered. */
export function rowWindow(count: number, { scrollTop, height, rowHeight, columns }: RowView): RowWindow {
  const rows = Math.ceil(count / columns);
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / rowHeight)) - MARGIN);
  const last = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + MARGIN);
  return {
    start: first * columns,
    end: Math.min(count, last * columns),
    before: first * rowHeight,
    after: Math.max(0, rows - last) * rowHeight,
  };
}

/** Where to scroll to (px) so that an entry is seen; the same where it is already. */
export function scrollTopFor(index: number, { scrollTop, height, rowHeight, columns }: RowView): number {
  const top = Math.floor(index / columns) * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}
