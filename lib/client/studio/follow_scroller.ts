import type { ReadonlySignal } from "@preact/signals";
import type { Clock } from "../clock.ts";
import { glide, ScrollFollow, type ScrollPosition } from "../scroll_follow.ts";

/** So long (ms) after a gesture what the scroller does is taken for its doing; anything else comes from the content. */
const GESTURE_MS = 700;
const GESTURES = ["wheel", "touchmove", "keydown", "pointerdown", "pointermove"] as const;

/** A scroller that keeps to the end of what it holds, until somebody scrolls up. */
export class FollowScroller {
  readonly #follow = new ScrollFollow();
  readonly #clock: Clock;
  #scroller: HTMLElement | undefined;
  #cancelFrame: (() => void) | undefined;
  #lastGesture = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get following(): ReadonlySignal<boolean> {
    return this.#follow.following;
  }

  /** Takes over an element whose `content` grows; returns what ends that. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller;
    const onScroll = () => this.#scrolled(scroller);
    const onGesture = (event: Event) => {
      const isHovering = event instanceof PointerEvent && event.buttons === 0;
      if (!isHovering) this.#lastGesture = this.#clock.now();
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && scroller.scrollTop > 0) this.#follow.release();
    };
    const observer = new ResizeObserver(() => this.#keep());
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
    element.scrollIntoView({ block: "start" });
    // What was skipped while it was far away may have another height than was thought.
    this.#clock.frame(() => element.scrollIntoView({ block: "start" }));
  }

  /** Content that shrinks and grows in one go moves the scroller too, which is nobody's wish to stop following. */
  #scrolled(scroller: HTMLElement): void {
    const position = positionOf(scroller);
    const isWish = this.#clock.now() - this.#lastGesture < GESTURE_MS;
    if (isWish || !this.#follow.following.peek()) return this.#follow.scrolled(position);
    this.#follow.placed(position);
    this.#keep();
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

function positionOf({ scrollTop, clientHeight, scrollHeight }: HTMLElement): ScrollPosition {
  return { top: scrollTop, viewport: clientHeight, content: scrollHeight };
}
