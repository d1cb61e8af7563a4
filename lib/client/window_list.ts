/** Which items are rendered, and the heights (px) that stand in for the others. */
export interface WindowRange {
  start: number;
  /** Exclusive. */
  end: number;
  before: number;
  after: number;
}

/** How many items are rendered at most. */
export const WINDOW_SIZE = 100;
/** So many items are kept rendered on each side of what is visible. */
const MARGIN = 20;
const FIRST_ESTIMATE_PX = 140;

/**
 * Decides which part of a long list is rendered. Heights are measured as items appear and estimated by their mean before; the
 * window moves only when what is visible comes near its edge, so that scrolling mostly renders nothing.
 */
export class WindowList {
  #keys: readonly string[] = [];
  readonly #heights = new Map<string, number>();
  #measured = 0;
  #start = 0;
  #end = 0;

  /** The items from first to last. The window stays on the same items, or on the end where it was there. */
  setKeys(keys: readonly string[]): void {
    const first = this.#keys[this.#start];
    const atEnd = this.#end === this.#keys.length;
    this.#keys = keys;
    if (keys.length <= WINDOW_SIZE) return this.#place(0, keys.length);
    const start = first === undefined ? -1 : keys.indexOf(first);
    if (atEnd || start < 0) return this.#place(keys.length - WINDOW_SIZE, keys.length);
    this.#place(start, start + WINDOW_SIZE);
  }

  /** Keeps an item's height (px); true where it changed. */
  measure(key: string, height: number): boolean {
    const known = this.#heights.get(key);
    if (known === height) return false;
    this.#measured += height - (known ?? 0);
    this.#heights.set(key, height);
    return true;
  }

  /** Moves the window so that the items between `top` and `bottom` (px from the list's beginning) are well inside; true where it moved. */
  show(top: number, bottom: number): boolean {
    if (this.#keys.length <= WINDOW_SIZE) return false;
    const first = this.indexAt(top);
    const last = this.indexAt(bottom);
    const roomAbove = this.#start === 0 || first - this.#start >= MARGIN;
    const roomBelow = this.#end === this.#keys.length || this.#end - 1 - last >= MARGIN;
    if (roomAbove && roomBelow) return false;
    const middle = Math.floor((first + last) / 2);
    return this.#move(middle - WINDOW_SIZE / 2);
  }

  /** Moves the window over an item; true where it moved. */
  showKey(key: string): boolean {
    const index = this.#keys.indexOf(key);
    if (index < 0 || (index >= this.#start && index < this.#end)) return false;
    return this.#move(index - WINDOW_SIZE / 2);
  }

  /** Moves the window to the end; true where it moved. */
  showEnd(): boolean {
    return this.#move(this.#keys.length - WINDOW_SIZE);
  }

  get range(): WindowRange {
    return {
      start: this.#start,
      end: this.#end,
      before: this.#sum(0, this.#start),
      after: this.#sum(this.#end, this.#keys.length),
    };
  }

  /** The item at a place (px from the list's beginning). */
  indexAt(offset: number): number {
    let bottom = 0;
    for (let i = 0; i < this.#keys.length; i++) {
      bottom += this.#heightOf(i);
      if (bottom > offset) return i;
    }
    return Math.max(0, this.#keys.length - 1);
  }

  #move(start: number): boolean {
    const place = Math.max(0, Math.min(start, this.#keys.length - WINDOW_SIZE));
    const moved = place !== this.#start;
    this.#place(place, Math.min(place + WINDOW_SIZE, this.#keys.length));
    return moved;
  }

  #place(start: number, end: number): void {
    this.#end = Math.min(end, this.#keys.length);
    this.#start = Math.max(0, Math.min(start, this.#end));
  }

  #sum(from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) sum += this.#heightOf(i);
    return Math.round(sum);
  }

  #heightOf(index: number): number {
    return this.#heights.get(this.#keys[index] ?? "") ?? this.#estimate();
  }

  #estimate(): number {
    return this.#heights.size === 0 ? FIRST_ESTIMATE_PX : this.#measured / this.#heights.size;
  }
}
