import { timeOfId } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { keys, records, type RunRecord, type Store } from "../store/mod.ts";
import type { Endings } from "./endings.ts";
import { LiveRun } from "./live_run.ts";
import type { Ownership } from "./ownership.ts";
import { deleteRun, readLog } from "./run_log.ts";

const STRANDED_AFTER_MS = 60_000;

/** What the reaper needs. */
export interface ReaperOptions {
  store: Store;
  clock: Clock;
  log: Log;
  ownership: Ownership;
  endings: Endings;
  /** Whether this process has a run in hand. */
  isInHand: (runId: string) => boolean;
}

/** Ends the runs that nobody has in hand any more, and deletes the logs of those that ended long ago. */
export class Reaper {
  #options: ReaperOptions;

  constructor(options: ReaperOptions) {
    this.#options = options;
  }

  /** Takes over the runs of dead processes and ends them as interrupted, or cancelled where that was asked. */
  async reap(): Promise<void> {
    const { store, clock, log, ownership, isInHand } = this.#options;
    const alive = new Map<string, boolean>();
    for await (const { key } of store.kv.list({ prefix: keys.allRunsOwned() })) {
      const [, ownerId, profileId, runId] = key.map(String);
      if (!ownerId || !profileId || !runId || isInHand(runId)) continue;
      if (!alive.has(ownerId)) alive.set(ownerId, await ownership.isAlive(ownerId));
      // One of our own that is not in hand could not be ended when it should have been.
      const isStranded = ownerId === store.processId && clock.now() - timeOfId(runId) > STRANDED_AFTER_MS;
      if (alive.get(ownerId) && !isStranded) continue;
      try {
        await this.#takeOver(profileId, runId, key);
      } catch (error) {
        // One damaged run must not keep the others from their end, nor Freshet from its start.
        log.error("Cannot end a run that its process left", { run: runId, error });
      }
    }
  }

  /** Deletes the logs that are due. */
  async purge(): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock.now();
    for await (const { key } of store.kv.list({ prefix: keys.runPurges() })) {
      const [, dueAt, profileId, runId] = key.map(String);
      if (Number(dueAt) > now || !profileId || !runId) break;
      await deleteRun(store, profileId, runId);
      await store.kv.delete(key);
    }
  }

  async #takeOver(profileId: string, runId: string, ownedKey: Deno.KvKey): Promise<void> {
    const { store, log, endings } = this.#options;
    const stored = await store.get(records.run, keys.run(profileId, runId));
    if (!stored || stored.value.status !== "running") {
      await store.kv.delete(ownedKey);
      return;
    }
    const record: RunRecord = {
      ...stored.value,
      ownerId: store.processId,
      epoch: stored.value.epoch + 1,
    };
    const taken = await store.kv.atomic()
      .check(stored)
      .set(stored.key, store.encode(records.run, record))
      .delete(ownedKey)
      .set(keys.runOwned(record.ownerId, profileId, runId), true)
      .commit();
    if (!taken.ok) return;
    const wasCancelled = (await store.kv.get(keys.runCancel(profileId, runId))).value === true;
    const run = new LiveRun(record, taken.versionstamp);
    run.restore(await readLog(store, profileId, runId, 0));
    log.info("Ended a run that its process left", { run: runId, chars: run.state.text.length });
    await endings.end(run, { type: "end", outcome: wasCancelled ? "cancelled" : "interrupted" });
  }
}
