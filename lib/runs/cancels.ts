import { newId } from "../shared/mod.ts";
import { keys, type RunRecord, type Store } from "../store/mod.ts";
import type { LiveRun } from "./live_run.ts";

/** How processes that share a store ask each other to stop runs: by a key for the run, and the inbox of its owner. */
export class Cancels {
  #store: Store;
  #live: ReadonlyMap<string, LiveRun>;
  #inbox: ReadableStreamDefaultReader<unknown> | undefined;

  /** `live` are the runs that this process has in hand. */
  constructor(store: Store, live: ReadonlyMap<string, LiveRun>) {
    this.#store = store;
    this.#live = live;
  }

  /** Asks the owner of a run to stop it. */
  async ask({ profileId, id, ownerId }: RunRecord): Promise<void> {
    await this.#store.kv.atomic()
      .set(keys.runCancel(profileId, id), true)
      .set(keys.processInbox(ownerId), newId())
      .commit();
  }

  /** Stops what others ask to stop, as soon as they do; until `close`. */
  async watch(): Promise<void> {
    this.#inbox = this.#store.kv.watch([keys.processInbox(this.#store.processId)]).getReader();
    for (;;) {
      const { done } = await this.#inbox.read();
      if (done) return;
      await this.heed();
    }
  }

  /** Stops what others have asked to stop. */
  async heed(): Promise<void> {
    for (const run of this.#live.values()) {
      const { value } = await this.#store.kv.get(keys.runCancel(run.record.profileId, run.record.id));
      if (value === true) run.stop("cancelled");
    }
  }

  /** Hears nothing any more. */
  async close(): Promise<void> {
    await this.#inbox?.cancel();
  }
}
