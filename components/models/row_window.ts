/** Which rows are rendered (`end` is exclusive), and the heights (px) that stand in for the others. */
export interface RowRange {
  start: number;
  end: number;
  before: number;
  after: number;
}

/** How many rows are rendered at most. */
export const ROWS_MAX = 100;
/** So many rows are kept rendered on each side of what is seen. */
const MARGIN = 20;
const FIRST_HEIGHT_PX = 48;

/**
 * Which rows of a long table are rendered, all of them taken to be of the mean height. Smaller than the chat's list of
 * windows, which measures each item, and apart from it so that the chat's page does not load a part more.
 */
export class RowWindow {
  #count = 0;
  #start = 0;
  #height = FIRST_HEIGHT_PX;

  /** How many rows there are; the window stays where it is as far as it can. */
  setCount(count: number): void {
    this.#count = count;
    this.#start = this.#within(this.#start);
  }

  /** Takes the height (px) of so many rows that are rendered. */
  measure(rows: number, height: number): void {
    if (rows > 0 && height > 0) this.#height = height / rows;
  }

  /** Moves the window so that what is between `top` and `bottom` (px from the first row) is well inside; true where it moved. */
  show(top: number, bottom: number): boolean {
    const first = Math.floor(top / this.#height);
    const last = Math.ceil(bottom / this.#height);
    const { start, end } = this.range;
    const hasRoomAbove = start === 0 || first - start >= MARGIN;
    const hasRoomBelow = end === this.#count || end - last >= MARGIN;
    if (hasRoomAbove && hasRoomBelow) return false;
    this.#start = this.#within(Math.round((first + last - ROWS_MAX) / 2));
    return this.#start !== start;
  }

  get range(): RowRange {
    const end = Math.min(this.#start + ROWS_MAX, this.#count);
    return {
      start: this.#start,
      end,
      before: Math.round(this.#start * this.#height),
      after: Math.round((this.#count - end) * this.#height),
    };
  }

  #within(start: number): number {
    return Math.max(0, Math.min(start, this.#count - ROWS_MAX));
  }
}
