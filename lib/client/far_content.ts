/** What is farther than this (px) from what is visible is neither laid out nor painted. */
const FAR = "1200px 0px";

let observer: IntersectionObserver | undefined;
let root: Element | undefined;

/**
 * Lets the browser skip an element's content while it is far out of view (`content-visibility`), from when it is far for the
 * first time: by then its height is known, so that nothing moves. Returns what ends the waiting for that.
 */
export function skipWhenFar(element: HTMLElement): () => void {
  const scroller = element.closest(".thread");
  if (!scroller) return () => {};
  if (scroller !== root) {
    observer?.disconnect();
    root = scroller;
    observer = new IntersectionObserver(skip, { root: scroller, rootMargin: FAR });
  }
  const current = observer;
  current?.observe(element);
  return () => current?.unobserve(element);
}

function skip(entries: readonly IntersectionObserverEntry[], observer: IntersectionObserver): void {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    if (isIntersecting || !(target instanceof HTMLElement) || boundingClientRect.height === 0) continue;
    observer.unobserve(target);
    const { paddingTop, paddingBottom } = getComputedStyle(target);
    const height = boundingClientRect.height - parseFloat(paddingTop) - parseFloat(paddingBottom);
    target.style.containIntrinsicBlockSize = `auto ${height}px`;
    target.style.contentVisibility = "auto";
  }
}
