/** ms of work after which others get their turn. */
const TURN_MS = 8;

/**
 * Lets timers, streams and requests have their turn in long work: what awaits only streams and small reads goes on and on
 * before anything else does.
 */
export class Turns {
  #since = performance.now();

  /** Undefined while the turn is short, so that nothing is waited for then. */
  next(): Promise<void> | undefined {
    if (performance.now() - this.#since < TURN_MS) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        this.#since = performance.now();
        resolve();
      })
    );
  }
}
