import { type Contact, type ContactFeature, CONTACTS_KEPT_DAYS } from "../shared/mod.ts";
import { BulkWriter, keys, recordType, type Store } from "../store/mod.ts";

/** Contacts of a feature with a host on one day, as they are kept. */
export type ContactRecord = Pick<Contact, "firstAt" | "lastAt" | "count">;

/** Contacts to add to what is kept. */
export interface DayContact extends Contact {
  /** The beginning of the day of UTC, in ms since 1970. */
  day: number;
}

export const DAY_MS = 86_400_000;
const CONTACT = recordType<ContactRecord>("contact");
/** As many as Deno KV reads at once. */
const BATCH = 10;
const ATTEMPTS = 8;

/** Keeps what was contacted, by day. */
export class ContactStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Adds contacts to those of their days; returns what could not be added because other instances were faster each time. */
  async add(contacts: readonly DayContact[], now: number): Promise<DayContact[]> {
    const left: DayContact[] = [];
    for (let i = 0; i < contacts.length; i += BATCH) {
      const batch = contacts.slice(i, i + BATCH);
      if (!await this.#addBatch(batch, now)) left.push(...batch);
    }
    return left;
  }

  /** What was contacted on the days from `from` on and before `to` (ms since 1970), each host and feature once. */
  async list(from: number, to: number): Promise<Contact[]> {
    const found = new Map<string, Contact>();
    const selector = { start: keys.contactsOf(dayOf(from)), end: keys.contactsOf(to) };
    for await (const { key, value } of this.#store.list(CONTACT, selector)) {
      const [, , host = "", feature = ""] = key.map(String);
      const name = `${feature} ${host}`;
      const known = found.get(name);
      found.set(name, {
        host,
        feature: feature as ContactFeature,
        firstAt: Math.min(known?.firstAt ?? Infinity, value.firstAt),
        lastAt: Math.max(known?.lastAt ?? 0, value.lastAt),
        count: (known?.count ?? 0) + value.count,
      });
    }
    return [...found.values()];
  }

  /** Forgets all. */
  async clear(): Promise<void> {
    const writer = new BulkWriter(this.#store.kv);
    for await (const { key } of this.#store.kv.list({ prefix: keys.contacts() })) await writer.delete(key);
    await writer.flush();
  }

  /** A conflict means that another instance was faster: its counts are read and added to. */
  async #addBatch(batch: readonly DayContact[], now: number): Promise<boolean> {
    const all = batch.map(({ day, host, feature }) => keys.contact(day, host, feature));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const stored = await this.#store.getMany(CONTACT, all);
      await using transaction = this.#store.transaction();
      for (const [i, { day, firstAt, lastAt, count }] of batch.entries()) {
        const [key, known] = [all[i], stored[i]];
        if (!key) continue;
        const record = {
          firstAt: Math.min(known?.value.firstAt ?? Infinity, firstAt),
          lastAt: Math.max(known?.value.lastAt ?? 0, lastAt),
          count: (known?.value.count ?? 0) + count,
        };
        const expireIn = Math.max(1, day + (CONTACTS_KEPT_DAYS + 1) * DAY_MS - now);
        transaction.operation.check({ key, versionstamp: known?.versionstamp ?? null })
          .set(key, this.#store.encode(CONTACT, record), { expireIn });
      }
      if ((await transaction.commit()).ok) return true;
    }
    return false;
  }
}

/** The beginning of a day of UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
