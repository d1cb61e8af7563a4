import type { ReadonlySignal } from "@preact/signals";
import type { Clock } from "../clock.ts";
import { glide, ScrollFollow, type ScrollPosition } from "../scroll_follow.ts";

/** So long (ms) after a gesture what the scroller does is taken for its doing; anything else comes from the content. */
const GESTURE_MS = 700;
const GESTURES = ["wheel", "touchmove", "keydown", "pointerdown", "pointermove"] as const;

/** What is being read: an element and where it stands below the scroller's upper edge, in px, at a scroll position. */
interface Anchor {
  element: Element;
  offset: number;
  top: number;
}

/** What a `FollowScroller` needs. */
export interface FollowScrollerOptions {
  clock: Clock;
  /** The items that the scroller shows, as a selector: the first one in view is kept in its place. */
  items: string;
  /** So near (px) to the beginning somebody who scrolls up wants to see more. */
  nearStart: number;
  onNearStart(): void;
}

/**
 * A scroller that keeps to the end of what it holds, until somebody scrolls up; then what is being read stays in its place,
 * whatever is added above it or turns out to be higher than was thought.
 */
export class FollowScroller {
  readonly #follow = new ScrollFollow();
  readonly #clock: Clock;
  readonly #options: FollowScrollerOptions;
  #content: HTMLElement | undefined;
  #anchor: Anchor | undefined;
  #scroller: HTMLElement | undefined;
  #cancelFrame: (() => void) | undefined;
  #lastGesture = -Infinity;
  #lastTop = 0;

  constructor(options: FollowScrollerOptions) {
    this.#options = options;
    this.#clock = options.clock;
  }

  get following(): ReadonlySignal<boolean> {
    return this.#follow.following;
  }

  /** Takes over an element whose `content` grows; returns what ends that. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#content = content;
    const onScroll = () => this.#scrolled(scroller);
    const onGesture = (event: Event) => {
      const isHovering = event instanceof PointerEvent && event.buttons === 0;
      if (!isHovering) this.#lastGesture = this.#clock.now();
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && scroller.scrollTop > 0) this.#follow.release();
    };
    const observer = new ResizeObserver(() => {
      this.#keep();
      this.keepPlace();
    });
    observer.observe(content);
    observer.observe(scroller);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    scroller.addEventListener("wheel", onWheel, { passive: true });
    for (const type of GESTURES) scroller.addEventListener(type, onGesture, { passive: true });
    this.#place(scroller.scrollHeight);
    return () => {
      this.#cancelFrame?.();
      observer.disconnect();
      scroller.removeEventListener("scroll", onScroll);
      scroller.removeEventListener("wheel", onWheel);
      for (const type of GESTURES) scroller.removeEventListener(type, onGesture);
    };
  }

  toEnd(): void {
    this.#follow.resume();
    this.#keep();
  }

  /** Brings an element within to the top, which ends following. */
  show(element: HTMLElement): void {
    this.#follow.release();
    this.#bring(element);
    // What was skipped while it was far away may have another height than was thought.
    this.#clock.frame(() => this.#bring(element));
  }

  /** Remembers what is being read, before something changes above it. */
  rememberPlace(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const edge = scroller.getBoundingClientRect().top;
    for (const element of this.#content?.querySelectorAll(this.#options.items) ?? []) {
      if (element.getBoundingClientRect().bottom > edge) return this.#anchorAt(element, scroller);
    }
  }

  /** Puts what is being read back in its place; nothing while the end is followed. */
  keepPlace(): void {
    const [scroller, anchor] = [this.#scroller, this.#anchor];
    if (!scroller || !anchor?.element.isConnected || this.#follow.following.peek()) return;
    // Somebody may have scrolled without our having been told yet.
    const wanted = anchor.offset - (scroller.scrollTop - anchor.top);
    const shift = offsetOf(anchor.element, scroller) - wanted;
    if (Math.abs(shift) < 1) return;
    this.#place(scroller.scrollTop + shift);
    this.#anchorAt(anchor.element, scroller);
  }

  #bring(element: HTMLElement): void {
    element.scrollIntoView({ block: "start" });
    if (this.#scroller) this.#anchorAt(element, this.#scroller);
  }

  #anchorAt(element: Element, scroller: HTMLElement): void {
    this.#anchor = { element, offset: offsetOf(element, scroller), top: scroller.scrollTop };
  }

  /** Content that shrinks and grows in one go moves the scroller too, which is nobody's wish to stop following. */
  #scrolled(scroller: HTMLElement): void {
    const position = positionOf(scroller);
    const isWish = this.#clock.now() - this.#lastGesture < GESTURE_MS;
    if (isWish || !this.#follow.following.peek()) {
      const isUp = position.top < this.#lastTop;
      this.#follow.scrolled(position);
      this.rememberPlace();
      if (isWish && isUp && position.top < this.#options.nearStart) this.#options.onNearStart();
    } else {
      this.#follow.placed(position);
      this.#keep();
    }
    this.#lastTop = position.top;
  }

  #keep(): void {
    if (!this.#follow.following.peek()) return;
    this.#cancelFrame ??= this.#clock.frame(() => {
      this.#cancelFrame = undefined;
      const scroller = this.#scroller;
      if (!scroller || !this.#follow.following.peek()) return;
      const position = positionOf(scroller);
      const end = position.content - position.viewport;
      this.#place(glide(position));
      if (scroller.scrollTop < end - 1) this.#keep();
    });
  }

  #place(top: number): void {
    if (!this.#scroller) return;
    this.#scroller.scrollTop = top;
    this.#follow.placed(positionOf(this.#scroller));
  }
}

/** How far (px) an element stands below the upper edge of the scroller. */
function offsetOf(element: Element, scroller: HTMLElement): number {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

function positionOf({ scrollTop, clientHeight, scrollHeight }: HTMLElement): ScrollPosition {
  return { top: scrollTop, viewport: clientHeight, content: scrollHeight };
}
