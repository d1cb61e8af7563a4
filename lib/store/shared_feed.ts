import type { ProfileEvent } from "../shared/mod.ts";
import { type Clock, type Log, sleep } from "../host/mod.ts";
import { CHUNK_BYTES } from "./blob.ts";
import { Feed } from "./feed.ts";
import {
  appended,
  entriesAfter,
  type FeedEntry,
  type FeedRing,
  type InstanceEvent,
  isInstanceEvent,
  KEPT_EVENTS,
} from "./feed_ring.ts";
import { keys } from "./keys.ts";
import { records } from "./records.ts";
import type { Store } from "./store.ts";

const RETRY_MS = 1_000;
/** A watch whose connection died without a word tells nothing; this bounds what is missed. */
const POLL_MS = 30_000;
const EMPTY: FeedRing = { seq: 0, entries: [] };

/** What a shared feed needs. */
export interface SharedFeedOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Called for what another instance published, before pages are told; without an event anything may have changed. */
  onElsewhere: (profileId: string, event?: ProfileEvent | InstanceEvent) => Promise<void>;
}

/** One profile: what is to be told to the others, and how far they were heard. */
interface Channel {
  outbox: FeedEntry[];
  /** Events that the outbox had no room for. */
  lost: number;
  writing: Promise<void> | undefined;
  hearing: Promise<void> | undefined;
  /** Resolved when it is known from where on the others are heard. */
  ready: PromiseWithResolvers<void>;
  /** What was heard last. */
  heard: { seq: number; versionstamp: string | null } | undefined;
  taking: Promise<void>;
}

/**
 * A feed that reaches the pages of all instances on a shared store. Each profile has one record with its latest events,
 * numbered; an instance adds what it publishes, watches the record and passes on what others have added. The numbers show
 * what was missed, by a watch that was cut too: where that is no longer kept, everything counts as changed and the
 * profile's pages are cut off, to load afresh.
 */
export class SharedFeed extends Feed {
  readonly #options: SharedFeedOptions;
  readonly #log: Log;
  readonly #channels = new Map<string, Channel>();
  readonly #closing = new AbortController();
  readonly #stopPolling: () => void;

  constructor(options: SharedFeedOptions) {
    super();
    this.#options = options;
    this.#log = options.log.of("feed");
    this.#stopPolling = options.clock.every(POLL_MS, () => this.#poll());
  }

  override publish(profileId: string, event: ProfileEvent): void {
    super.publish(profileId, event);
    this.tellInstances(profileId, event);
  }

  override tellInstances(profileId: string, event: ProfileEvent | InstanceEvent): void {
    if (this.#closing.signal.aborted) return;
    const channel = this.#channel(profileId);
    channel.outbox.push({ from: this.#options.store.processId, event });
    if (channel.outbox.length > KEPT_EVENTS) {
      channel.outbox.shift();
      channel.lost++;
    }
    channel.writing ??= this.#write(profileId, channel);
  }

  override subscribe(
    profileId: string,
    signal: AbortSignal,
  ): AsyncGenerator<ProfileEvent[], void, undefined> {
    this.#hear(profileId);
    return super.subscribe(profileId, signal);
  }

  override async hear(profileId: string): Promise<void> {
    await this.#hear(profileId).ready.promise;
  }

  override async close(): Promise<void> {
    this.#stopPolling();
    this.#closing.abort();
    const channels = [...this.#channels.values()];
    for (const { ready } of channels) ready.resolve();
    await Promise.all(channels.flatMap(({ writing, hearing, taking }) => [writing, hearing, taking]));
  }

  #channel(profileId: string): Channel {
    const known = this.#channels.get(profileId);
    if (known) return known;
    const channel: Channel = {
      outbox: [],
      lost: 0,
      writing: undefined,
      hearing: undefined,
      ready: Promise.withResolvers(),
      heard: undefined,
      taking: Promise.resolve(),
    };
    this.#channels.set(profileId, channel);
    return channel;
  }

  #hear(profileId: string): Channel {
    const channel = this.#channel(profileId);
    if (!this.#closing.signal.aborted) channel.hearing ??= this.#follow(profileId, channel);
    return channel;
  }

  /** Events that come while one commit is under way go into the next one together. */
  async #write(profileId: string, channel: Channel): Promise<void> {
    try {
      await Promise.resolve();
      while (channel.outbox.length + channel.lost > 0) {
        const { lost } = channel;
        const entries = channel.outbox.splice(0);
        channel.lost = 0;
        try {
          await this.#add(profileId, entries, lost);
        } catch (error) {
          // How many were lost is enough: who reads that takes everything for changed.
          channel.lost += lost + entries.length;
          this.#log.error("Cannot tell other instances of changes; trying again", { error });
          if (!await this.#pause()) return;
        }
      }
    } finally {
      channel.writing = undefined;
    }
  }

  async #add(profileId: string, entries: FeedEntry[], lost: number): Promise<void> {
    const { store } = this.#options;
    const key = keys.feed(profileId);
    for (;;) {
      const stored = await store.get(records.feed, key);
      const ring = appended(stored?.value ?? EMPTY, entries, lost);
      const { ok } = await store.kv.atomic()
        .check({ key, versionstamp: stored?.versionstamp ?? null })
        .set(key, this.#encoded(ring))
        .commit();
      if (ok) return;
    }
  }

  /** As many of the latest events as one value holds. */
  #encoded(ring: FeedRing): Uint8Array<ArrayBuffer> {
    const { codec } = this.#options.store;
    for (let { entries } = ring;; entries = entries.slice(Math.ceil(entries.length / 2))) {
      const bytes = codec.encode(records.feed, { ...ring, entries });
      if (bytes.length <= CHUNK_BYTES) return bytes;
    }
  }

  async #follow(profileId: string, channel: Channel): Promise<void> {
    const { store } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const watch = store.kv.watch<[Uint8Array]>([keys.feed(profileId)]).getReader();
      const end = () => void watch.cancel();
      signal.addEventListener("abort", end, { once: true });
      try {
        for (;;) {
          const { done, value } = await watch.read();
          if (done) break;
          await this.#inTurn(channel, () => this.#take(profileId, channel, value[0]));
        }
      } catch (error) {
        if (!signal.aborted) this.#log.warn("Cannot hear other instances; trying again", { error });
      } finally {
        signal.removeEventListener("abort", end);
      }
      await this.#pause();
    }
  }

  /** False where it was cut short because all ends. */
  async #pause(): Promise<boolean> {
    const { signal } = this.#closing;
    await sleep(this.#options.clock, RETRY_MS, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
    return !signal.aborted;
  }

  #poll(): void {
    const { kv } = this.#options.store;
    for (const [profileId, channel] of this.#channels) {
      if (!channel.hearing) continue;
      this.#inTurn(channel, async () => {
        await this.#take(profileId, channel, await kv.get<Uint8Array>(keys.feed(profileId)));
      }).catch((error) => this.#log.warn("Cannot ask for changes of other instances", { error }));
    }
  }

  #inTurn(channel: Channel, take: () => Promise<void>): Promise<void> {
    const taken = channel.taking.then(take);
    channel.taking = taken.catch(() => {});
    return taken;
  }

  async #take(
    profileId: string,
    channel: Channel,
    { value, versionstamp }: Deno.KvEntryMaybe<Uint8Array>,
  ): Promise<void> {
    const { store } = this.#options;
    const { heard } = channel;
    // Heard already, from the watch or by asking.
    if (heard && (versionstamp ?? "") <= (heard.versionstamp ?? "")) return;
    const ring = versionstamp === null ? EMPTY : store.codec.decode(records.feed, value);
    const entries = heard && entriesAfter(ring, heard.seq);
    channel.heard = { seq: ring.seq, versionstamp };
    if (!entries) {
      await this.#forget(profileId);
      this.cutOff(profileId);
      channel.ready.resolve();
      return;
    }
    const events = entries.filter(({ from }) => from !== store.processId).map(({ event }) => event);
    // Several of a kind are one reason to look again.
    for (const event of new Map(events.map((event) => [event.type, event])).values()) {
      await this.#forget(profileId, event);
    }
    for (const event of events) if (!isInstanceEvent(event)) super.publish(profileId, event);
  }

  async #forget(profileId: string, event?: ProfileEvent | InstanceEvent): Promise<void> {
    try {
      await this.#options.onElsewhere(profileId, event);
    } catch (error) {
      this.#log.error("Cannot take over what another instance has changed", { error });
    }
  }
}
