/** Time as the models see it, so that tests can bring their own. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Calls back once after `ms`; what it returns cancels that. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back before the next paint, or soon where the page is hidden; what it returns cancels that. */
  frame(callback: () => void): () => void;
}

/** A hidden page gets no animation frames, so it is served by a timer. */
const HIDDEN_FRAME_MS = 100;

/** The clock of the page. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  frame(callback) {
    if (typeof document === "undefined" || document.visibilityState === "hidden") {
      return this.after(HIDDEN_FRAME_MS, callback);
    }
    const frame = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(frame);
  },
};
