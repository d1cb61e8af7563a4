import { type ReadonlySignal, signal } from "@preact/signals";

/** Where a scroller stands, in px. */
export interface ScrollPosition {
  top: number;
  viewport: number;
  content: number;
}

/** So close to the end counts as being there. */
const AT_END_PX = 32;

/**
 * Whether a scroller follows its growing end. Scrolling up ends that at once; coming back to the end takes it up again. Growth
 * and our own scrolling never end it.
 */
export class ScrollFollow {
  readonly #following = signal(true);
  #lastTop = 0;
  #lastContent = 0;

  get following(): ReadonlySignal<boolean> {
    return this.#following;
  }

  /** The scroller moved, by whomever. */
  scrolled(position: ScrollPosition): void {
    const movedUp = position.top < this.#lastTop - 1;
    const shrunk = position.content < this.#lastContent;
    if (distanceToEnd(position) <= AT_END_PX) this.#following.value = true;
    else if (movedUp && !shrunk) this.#following.value = false;
    this.#remember(position);
  }

  /** We moved the scroller ourselves. */
  placed(position: ScrollPosition): void {
    this.#remember(position);
  }

  /** A gesture upwards (wheel, key) says so before the scroller moves. */
  release(): void {
    this.#following.value = false;
  }

  resume(): void {
    this.#following.value = true;
  }

  #remember(position: ScrollPosition): void {
    this.#lastTop = position.top;
    this.#lastContent = position.content;
  }
}

/** px between the lower edge of what is visible and the end. */
export function distanceToEnd({ top, viewport, content }: ScrollPosition): number {
  return content - viewport - top;
}

/** Where the next frame of a glide to the end scrolls to: most of the way at first, then slower, at once over a long way. */
export function glide({ top, viewport, content }: ScrollPosition): number {
  const end = content - viewport;
  const distance = end - top;
  if (distance <= 2 || distance > viewport) return end;
  return top + Math.max(2, Math.ceil(distance * 0.28));
}
