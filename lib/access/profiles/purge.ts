import type { Clock, Log } from "../../host/mod.ts";
import { BulkWriter, keys, type Store } from "../../store/mod.ts";
import { API_KEY_HASHES, SESSION_HASHES } from "./hashes.ts";

/** What was under way when the profile was deleted has ended and been written by then. */
const AGAIN_MS = 60_000;
/** Queues, whose keys name the profile after the time that something is due, or after a process. */
const QUEUES = [
  keys.chatPurges(),
  keys.attachmentPurges(),
  keys.runPurges(),
  keys.allRunsOwned(),
  keys.projectPurges(),
];

/**
 * Deletes all data of profiles that are gone: at once, and once more a minute later, for what was still being written. A
 * process that ends before leaves the rest to the next start.
 */
export class ProfilePurge {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #timers = new Set<() => void>();
  #isClosed = false;
  #work: Promise<void> = Promise.resolve();

  constructor({ store, clock, log }: { store: Store; clock: Clock; log: Log }) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log.of("profiles");
  }

  /** Goes on with what the last process has left. */
  async start(): Promise<void> {
    for await (const { key: [, profileId] } of this.#store.kv.list({ prefix: keys.profilePurges() })) {
      this.begin(String(profileId));
    }
  }

  /** Deletes the data of a profile in the background. */
  begin(profileId: string): void {
    this.#later(() => this.#sweep(profileId));
    const cancel = this.#clock.after(AGAIN_MS, () => {
      this.#timers.delete(cancel);
      this.#later(async () => {
        await this.#sweep(profileId);
        await this.#store.kv.delete(keys.profilePurge(profileId));
      });
    });
    this.#timers.add(cancel);
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** Ends after what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const cancel of this.#timers) cancel();
    await this.#work;
  }

  #later(work: () => Promise<void>): void {
    if (this.#isClosed) return;
    this.#work = this.#work.then(work).catch((error) => {
      this.#log.error("Cannot delete the data of a profile; trying again at the next start", { error });
    });
  }

  async #sweep(profileId: string): Promise<void> {
    const { kv } = this.#store;
    const writer = new BulkWriter(kv);
    await this.#deleteHashes(profileId, writer);
    for (const entity of await this.#entities()) {
      // The mark itself goes last.
      if (entity === String(keys.profilePurges()[0])) continue;
      // A prefix covers what is below it, and not itself.
      await writer.delete([entity, profileId]);
      for await (const { key } of kv.list({ prefix: [entity, profileId] })) await writer.delete(key);
    }
    for (const prefix of QUEUES) {
      for await (const { key } of kv.list({ prefix })) {
        if (key.slice(2).includes(profileId)) await writer.delete(key);
      }
    }
    await writer.flush();
  }

  /** What the secrets of keys and sessions are found by names no profile. */
  async #deleteHashes(profileId: string, writer: BulkWriter): Promise<void> {
    for (const { type, prefix, byHash } of [API_KEY_HASHES, SESSION_HASHES]) {
      for await (const { value } of this.#store.list(type, { prefix: prefix(profileId) })) {
        await writer.delete(byHash(value.hash));
      }
    }
    await writer.flush();
  }

  /** The first parts of all keys there are, each found by one look: so nothing is forgotten that is added later. */
  async #entities(): Promise<string[]> {
    const entities: string[] = [];
    for (;;) {
      const last = entities.at(-1);
      // Strings sort below numbers: this is behind all keys of the last entity.
      const start = last === undefined ? [] : [`${last}\u0000`];
      const [entry] = await Array.fromAsync(
        this.#store.kv.list({ start, end: [true] }, { limit: 1, batchSize: 1 }),
      );
      if (!entry) return entities;
      entities.push(String(entry.key[0]));
    }
  }
}
