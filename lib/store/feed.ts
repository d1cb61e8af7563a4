import { HOUSE_PROFILE, type ProfileEvent } from "../shared/mod.ts";
import type { InstanceEvent } from "./feed_ring.ts";

/** How many events a page may be behind before it is cut off, to load afresh. */
const BEHIND_MAX = 1_000;

/** What concerns the pages of all profiles, where the house publishes it. */
const HOUSE_EVENTS: ReadonlySet<string> = new Set<ProfileEvent["type"]>([
  "nodes:changed",
  "download:changed",
  "download:removed",
  "model:changed",
  "model_config:changed",
  "benchmark:changed",
  "benchmark:removed",
  "system:alert",
]);

/** A notice of a key's budget is its owner's. */
function isOfOwnKey(event: ProfileEvent): boolean {
  return event.type === "system:alert" && event.alert.figure === "budget";
}

interface Listener {
  profileId: string;
  waiting: ProfileEvent[];
  isCutOff: boolean;
  wake: () => void;
}

/**
 * Tells the open pages of a profile what has changed. Nothing is kept: a page that connects loads its state afresh. Where
 * several instances share the store, `SharedFeed` tells their pages too.
 */
export class Feed {
  #listeners = new Set<Listener>();

  /** Tells all subscribers of the profile; those of all profiles where it is the house's and concerns everybody. */
  publish(profileId: string, event: ProfileEvent): void {
    const isForAll = profileId === HOUSE_PROFILE && HOUSE_EVENTS.has(event.type) && !isOfOwnKey(event);
    for (const listener of this.#listeners) {
      if (!isForAll && listener.profileId !== profileId) continue;
      // Too far behind: it is cut off when it reads on, and needs no more.
      if (listener.waiting.push(event) > BEHIND_MAX) {
        this.#listeners.delete(listener);
        listener.waiting.length = 0;
        listener.isCutOff = true;
      }
      listener.wake();
    }
  }

  /** What is published from this call on, until the signal is aborted or the subscriber is too far behind. */
  subscribe(profileId: string, signal: AbortSignal): AsyncGenerator<ProfileEvent[], void, undefined> {
    const listener: Listener = { profileId, waiting: [], isCutOff: false, wake: () => {} };
    if (!signal.aborted) this.#listeners.add(listener);
    // Not left to the generator's end: one that is never asked for its first value has none.
    signal.addEventListener("abort", () => {
      this.#listeners.delete(listener);
      listener.wake();
    }, { once: true });
    return listen(listener, signal);
  }

  /** Tells the other instances that share the store, and no page. */
  tellInstances(_profileId: string, _event: InstanceEvent): void {}

  /** Begins to hear what other instances publish for the profile, as a subscription does too; resolves when nothing is missed any more. */
  hear(_profileId: string): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the work for other instances, when they were told what is published. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the subscriptions of a profile after what they were told, to load afresh; all where the house's news were missed. */
  protected cutOff(profileId: string): void {
    for (const listener of this.#listeners) {
      if (profileId !== HOUSE_PROFILE && listener.profileId !== profileId) continue;
      this.#listeners.delete(listener);
      listener.isCutOff = true;
      listener.wake();
    }
  }
}

async function* listen(
  listener: Listener,
  signal: AbortSignal,
): AsyncGenerator<ProfileEvent[], void, undefined> {
  while (!signal.aborted) {
    if (listener.waiting.length > 0) yield listener.waiting.splice(0);
    else if (listener.isCutOff) return;
    else await new Promise<void>((resolve) => listener.wake = resolve);
  }
}
