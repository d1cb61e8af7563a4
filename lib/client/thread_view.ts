import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./clock.ts";
import { glide, ScrollFollow, type ScrollPosition } from "./scroll_follow.ts";
import { WindowList, type WindowRange } from "./window_list.ts";

/** What `ThreadView` needs. */
export interface ThreadViewOptions {
  clock: Clock;
  /** Whether the end is followed while an answer is written. */
  follows: () => boolean;
  /** Whether scrolling by itself may be animated. */
  animates: () => boolean;
  /** The beginning of what is loaded comes near. */
  onNearStart(): void;
}

/** So near (px) to the beginning earlier messages are asked for. */
const NEAR_START_PX = 1500;
/** So far (px) from the upper edge an item is put that was looked for. */
const SOUGHT_OFFSET_PX = 80;
/** So long (ms) that takes at most. */
const SOUGHT_MS = 1000;
const KEYS_UP = new Set(["ArrowUp", "PageUp", "Home"]);

/**
 * The scroller of messages: renders a window of them, stays at the growing end unless a person scrolls up, and keeps what is
 * being read in its place when something changes above it.
 */
export class ThreadView {
  readonly #options: ThreadViewOptions;
  readonly #list = new WindowList();
  readonly #follow = new ScrollFollow();
  readonly #version = signal(0);
  readonly #items = new Map<string, HTMLElement>();
  #keys: readonly string[] = [];
  #scroller: HTMLElement | undefined;
  #content: HTMLElement | undefined;
  #observer: ResizeObserver | undefined;
  #anchor: { key: string; offset: number } | undefined;
  /** The item that is kept in its place while those around it are rendered and take their true heights. */
  #sought: string | undefined;
  #knownTop = 0;
  #cancelGlide: (() => void) | undefined;

  constructor(options: ThreadViewOptions) {
    this.#options = options;
  }

  /** Whether the end is in view and stays so. */
  get following(): ReadonlySignal<boolean> {
    return this.#follow.following;
  }

  /** The window over these items, for rendering; reading it subscribes to its movement. */
  windowOf(keys: readonly string[]): WindowRange {
    if (keys !== this.#keys) {
      this.#keys = keys;
      this.#list.setKeys(keys);
      if (this.#follow.following.peek()) this.#list.showEnd();
    }
    if (this.#sought !== undefined) this.#list.showKey(this.#sought);
    // Subscribes the caller: the list itself is no signal.
    void this.#version.value;
    return this.#list.range;
  }

  /** Connects with the scroller and the element that holds the items; returns what ends that. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#content = content;
    this.#observer = new ResizeObserver((entries) => this.#resized(entries));
    this.#observer.observe(scroller);
    this.#observer.observe(content);
    for (const item of this.#items.values()) this.#observer.observe(item);
    const abort = new AbortController();
    const passive = { passive: true, signal: abort.signal };
    let touchY = 0;
    scroller.addEventListener("scroll", () => this.#scrolled(), passive);
    scroller.addEventListener("wheel", (event) => event.deltaY < 0 && this.#release(), passive);
    scroller.addEventListener("touchstart", (event) => touchY = event.touches[0]?.clientY ?? 0, passive);
    scroller.addEventListener("touchmove", (event) => {
      if ((event.touches[0]?.clientY ?? 0) > touchY + 4) this.#release();
    }, passive);
    scroller.addEventListener("keydown", (event) => KEYS_UP.has(event.key) && this.#release(), passive);
    this.rendered();
    return () => {
      abort.abort();
      this.#observer?.disconnect();
      this.#cancelGlide?.();
      this.#scroller = undefined;
    };
  }

  /** Takes an item's element, or null when it goes. */
  setItem(key: string, element: HTMLElement | null): void {
    const old = this.#items.get(key);
    if (old === element) return;
    if (old) this.#observer?.unobserve(old);
    if (!element) {
      this.#items.delete(key);
      return;
    }
    element.dataset.key = key;
    this.#items.set(key, element);
    this.#observer?.observe(element);
  }

  /** Call after each rendering: puts back in place what moved. */
  rendered(): void {
    if (this.#follow.following.peek()) this.#pin();
    else this.#restore();
  }

  /** Goes to the end and follows it. */
  toEnd(): void {
    this.#sought = undefined;
    this.#follow.resume();
    if (this.#list.showEnd()) this.#version.value++;
    this.#options.clock.frame(() => this.#pin());
  }

  /** Brings an item into view, also one that was only just loaded and waits to be rendered. */
  toItem(key: string): void {
    this.#follow.release();
    this.#setAnchor(key, SOUGHT_OFFSET_PX);
    this.#sought = key;
    this.#version.value++;
    this.#options.clock.frame(() => this.#restore());
    this.#options.clock.after(SOUGHT_MS, () => {
      if (this.#sought === key) this.#sought = undefined;
    });
  }

  #scrolled(): void {
    const position = this.#position();
    if (!position) return;
    this.#follow.scrolled(position);
    if (!this.#follow.following.peek()) this.#cancelGlide?.();
    this.#capture();
    this.#moveWindow();
    if (this.#list.range.start === 0 && position.top < NEAR_START_PX) this.#options.onNearStart();
  }

  #release(): void {
    const position = this.#position();
    if (!position || position.content <= position.viewport) return;
    this.#sought = undefined;
    this.#follow.release();
    this.#cancelGlide?.();
    this.#cancelGlide = undefined;
    this.#capture();
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const key = target instanceof HTMLElement ? target.dataset.key : undefined;
      if (key !== undefined) this.#list.measure(key, borderBoxSize[0]?.blockSize ?? 0);
    }
    if (!this.#follow.following.peek()) return this.#restore();
    if (this.#options.follows()) this.#glide();
    else if (this.#position()) this.#follow.release();
  }

  #moveWindow(): void {
    if (!this.#scroller || !this.#content) return;
    const top = this.#scroller.getBoundingClientRect().top - this.#content.getBoundingClientRect().top;
    if (this.#list.show(top, top + this.#scroller.clientHeight)) this.#version.value++;
  }

  /** Remembers the first item in view and where it stands. */
  #capture(): void {
    if (!this.#scroller || this.#sought !== undefined) return;
    const edge = this.#scroller.getBoundingClientRect().top;
    const { start, end } = this.#list.range;
    for (const key of this.#keys.slice(start, end)) {
      const rect = this.#items.get(key)?.getBoundingClientRect();
      if (!rect || rect.bottom <= edge) continue;
      this.#setAnchor(key, rect.top - edge);
      return;
    }
  }

  #setAnchor(key: string, offset: number): void {
    this.#anchor = { key, offset };
    this.#knownTop = this.#scroller?.scrollTop ?? 0;
  }

  #restore(): void {
    const item = this.#anchor && this.#items.get(this.#anchor.key);
    if (!item || !this.#scroller || !this.#anchor) return;
    // Somebody may have scrolled without us having been told yet; on the way to what is sought only the browser does.
    const scrolled = this.#sought === undefined ? this.#scroller.scrollTop - this.#knownTop : 0;
    const offset = item.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    const shift = offset - (this.#anchor.offset - scrolled);
    if (Math.abs(shift) >= 1) this.#scrollTo(this.#scroller.scrollTop + shift);
  }

  #pin(): void {
    // A page without messages is read from its top.
    if (this.#scroller && this.#keys.length > 0) this.#scrollTo(this.#scroller.scrollHeight);
  }

  /** Goes to the end in a few frames, so that lines do not jump. */
  #glide(): void {
    if (!this.#options.animates()) return this.#pin();
    this.#cancelGlide ??= this.#options.clock.frame(() => {
      this.#cancelGlide = undefined;
      const position = this.#position();
      if (!position || !this.#follow.following.peek()) return;
      const top = glide(position);
      this.#scrollTo(top);
      if (top < position.content - position.viewport) this.#glide();
    });
  }

  #scrollTo(top: number): void {
    if (!this.#scroller) return;
    const before = this.#scroller.scrollTop;
    this.#scroller.scrollTop = top;
    const position = this.#position();
    if (!position) return;
    this.#follow.placed(position);
    this.#knownTop += position.top - before;
  }

  #position(): ScrollPosition | undefined {
    if (!this.#scroller) return undefined;
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    return { top: scrollTop, viewport: clientHeight, content: scrollHeight };
  }
}
