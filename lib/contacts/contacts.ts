import { type Contact, type ContactFeature, CONTACTS_KEPT_DAYS } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Store } from "../store/mod.ts";
import { ContactStore, DAY_MS, type DayContact, dayOf } from "./contact_store.ts";
import { contactHost } from "./host_name.ts";

/** What contacts need. */
export interface ContactsOptions {
  store: Store;
  clock: Clock;
  log: Log;
}

interface Count {
  firstAt: number;
  lastAt: number;
  count: number;
}

const FLUSH_AFTER_MS = 5_000;
/** Hosts of one feature that are told apart between two flushes, and all that wait while the disk takes none. */
const HOSTS_MAX = 1_000;
/** What further ones are counted as. */
const OTHERS = "…";

/**
 * Counts which hosts this server contacts, by feature and day: an increment in memory for each request, stored after 5 s and at
 * the end, and kept for 90 days. A process that is killed forgets its last 5 s.
 */
export class Contacts {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stored: ContactStore;
  #counts = new Map<ContactFeature, Map<string, Count>>();
  #waiting: DayContact[] = [];
  #dayEnd = -Infinity;
  #cancelFlush: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #isClosed = false;
  #isFailing = false;

  constructor({ store, clock, log }: ContactsOptions) {
    this.#clock = clock;
    this.#log = log.of("contacts");
    this.#stored = new ContactStore(store);
  }

  /** Counts one request of a feature to an origin ("https://host:port", or any URL with that beginning). */
  note(feature: ContactFeature, origin: string): void {
    const now = this.#clock.now();
    if (now >= this.#dayEnd) this.#turnDay(now);
    const hosts = this.#counts.get(feature);
    const count = hosts?.get(origin);
    if (count) {
      count.count++;
      count.lastAt = now;
    } else this.#begin(feature, origin, now);
    if (this.#cancelFlush || this.#isClosed) return;
    this.#cancelFlush = this.#clock.after(FLUSH_AFTER_MS, () => void this.flush());
  }

  /** What was contacted on the days of a period (ms since 1970), the latest contact first. */
  async list({ from = 0, to = Infinity }: { from?: number; to?: number } = {}): Promise<Contact[]> {
    await this.flush();
    const now = this.#clock.now();
    const first = Math.max(from, dayOf(now) - (CONTACTS_KEPT_DAYS - 1) * DAY_MS);
    const found = await this.#stored.list(first, Math.min(to, now + DAY_MS));
    return found.sort((a, b) => b.lastAt - a.lastAt || a.host.localeCompare(b.host));
  }

  /** Forgets all. */
  async clear(): Promise<void> {
    await this.flush();
    this.#waiting = [];
    this.#counts.clear();
    await this.#stored.clear();
  }

  /** Stores what was counted. */
  flush(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#flushing = this.#flushing.then(() => this.#store());
    return this.#flushing;
  }

  /** Stores what was counted, and ends the timer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }

  #begin(feature: ContactFeature, origin: string, now: number): void {
    const hosts = this.#counts.get(feature) ?? new Map<string, Count>();
    this.#counts.set(feature, hosts);
    const name = hosts.size < HOSTS_MAX ? origin : OTHERS;
    const known = hosts.get(name);
    if (known) {
      known.count++;
      known.lastAt = now;
    } else hosts.set(name, { firstAt: now, lastAt: now, count: 1 });
  }

  #turnDay(now: number): void {
    this.#collect();
    this.#dayEnd = dayOf(now) + DAY_MS;
  }

  /** Takes the counts, which are all of one day. */
  #collect(): void {
    const taken = new Map<string, DayContact>();
    for (const [feature, hosts] of this.#counts) {
      for (const [origin, { firstAt, lastAt, count }] of hosts) {
        const host = contactHost(origin, feature);
        const name = `${feature} ${host}`;
        const known = taken.get(name) ?? { day: dayOf(firstAt), host, feature, firstAt, lastAt, count: 0 };
        known.firstAt = Math.min(known.firstAt, firstAt);
        known.lastAt = Math.max(known.lastAt, lastAt);
        known.count += count;
        taken.set(name, known);
      }
    }
    this.#counts.clear();
    this.#waiting.push(...taken.values());
    if (this.#waiting.length > HOSTS_MAX) this.#waiting.splice(0, this.#waiting.length - HOSTS_MAX);
  }

  async #store(): Promise<void> {
    this.#collect();
    const taken = this.#waiting;
    if (taken.length === 0) return;
    this.#waiting = [];
    try {
      this.#waiting.unshift(...await this.#stored.add(taken, this.#clock.now()));
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#log.warn("Contacts cannot be stored; it is tried again", { error });
      this.#isFailing = true;
      this.#waiting.unshift(...taken);
    }
  }
}
