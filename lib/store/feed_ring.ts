import type { ProfileEvent } from "../shared/mod.ts";

/** What instances tell each other and no page. */
export type InstanceEvent = { type: "api_keys:changed" | "sessions:changed" | "profiles:changed" };

const INSTANCE_EVENTS: ReadonlySet<string> = new Set<InstanceEvent["type"]>([
  "api_keys:changed",
  "sessions:changed",
  "profiles:changed",
]);

/** Whether an event is for instances alone. */
export function isInstanceEvent(event: ProfileEvent | InstanceEvent): event is InstanceEvent {
  return INSTANCE_EVENTS.has(event.type);
}

/** An event with the process that it comes from. */
export interface FeedEntry {
  from: string;
  event: ProfileEvent | InstanceEvent;
}

/** The latest events of a profile. They are numbered without a gap; the last entry has the number `seq`. */
export interface FeedRing {
  seq: number;
  entries: FeedEntry[];
}

/** How many events an instance may be behind before it takes everything for changed. */
export const KEPT_EVENTS = 100;

/** The ring with more events. Where `lost` ones came before them, no others are kept, so that all who read notice the gap. */
export function appended(ring: FeedRing, entries: readonly FeedEntry[], lost = 0): FeedRing {
  const kept = lost > 0 ? [] : ring.entries;
  return {
    seq: ring.seq + lost + entries.length,
    entries: [...kept, ...entries].slice(-KEPT_EVENTS),
  };
}

/** The entries after number `seq`, or undefined where not all of them are kept. */
export function entriesAfter(ring: FeedRing, seq: number): FeedEntry[] | undefined {
  const missing = ring.seq - seq;
  if (missing < 0 || missing > ring.entries.length) return undefined;
  return ring.entries.slice(ring.entries.length - missing);
}
