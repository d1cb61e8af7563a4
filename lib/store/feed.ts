import type { ProfileEvent } from "../shared/mod.ts";

/** How many events a page may be behind before it is cut off, to load afresh. */
const BEHIND_MAX = 1_000;

interface Listener {
  profileId: string;
  waiting: ProfileEvent[];
  wake: () => void;
}

/** Tells the open pages of a profile what has changed. Nothing is kept: a page that connects loads its state afresh. */
export class Feed {
  #listeners = new Set<Listener>();

  /** Tells all subscribers of the profile. */
  publish(profileId: string, event: ProfileEvent): void {
    for (const listener of this.#listeners) {
      if (listener.profileId !== profileId) continue;
      // Too far behind: it is cut off when it reads on, and needs no more.
      if (listener.waiting.push(event) > BEHIND_MAX) this.#listeners.delete(listener);
      listener.wake();
    }
  }

  /** What is published from this call on, until the signal is aborted or the subscriber is too far behind. */
  subscribe(profileId: string, signal: AbortSignal): AsyncGenerator<ProfileEvent[], void, undefined> {
    const listener: Listener = { profileId, waiting: [], wake: () => {} };
    if (!signal.aborted) this.#listeners.add(listener);
    // Not left to the generator's end: one that is never asked for its first value has none.
    signal.addEventListener("abort", () => {
      this.#listeners.delete(listener);
      listener.wake();
    }, { once: true });
    return listen(listener, signal);
  }
}

async function* listen(
  listener: Listener,
  signal: AbortSignal,
): AsyncGenerator<ProfileEvent[], void, undefined> {
  while (!signal.aborted && listener.waiting.length <= BEHIND_MAX) {
    if (listener.waiting.length > 0) yield listener.waiting.splice(0);
    else await new Promise<void>((resolve) => listener.wake = resolve);
  }
}
