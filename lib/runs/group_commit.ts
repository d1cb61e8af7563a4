import type { SequencedEvent } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { LiveRun } from "./live_run.ts";
import { untilWritten } from "./until_written.ts";

/** Of the 100 checks that Deno KV takes; larger commits were not faster. */
const RUNS_PER_COMMIT = 20;
/** Below the 819,200 bytes of a commit, with room for the value that goes over it. */
const COMMIT_BYTES = 700_000;

/** What one run adds to a commit. */
export interface Share {
  run: LiveRun;
  events: SequencedEvent[];
  /** The events as they are stored. */
  bytes: Uint8Array;
}

/**
 * One commit for all runs of the process, and the next when it is done: deltas that come meanwhile wait and join, so the load
 * on the disk does not grow with the tokens. Events become visible only after the commit that holds them.
 */
export class GroupCommit {
  #store: Store;
  /** A disk that does not take the events is tried again for ever: nothing may be skipped. */
  #retry: { clock: Clock; log: Log };
  #dirty = new Set<LiveRun>();
  #working: Promise<void> | undefined;
  #onLost: (run: LiveRun) => void;

  constructor(options: { store: Store; clock: Clock; log: Log; onLost: (run: LiveRun) => void }) {
    this.#store = options.store;
    this.#retry = options;
    this.#onLost = options.onLost;
  }

  /** Puts a run's pending events in line. */
  mark(run: LiveRun): void {
    this.#dirty.add(run);
    this.#working ??= this.#work();
  }

  /** Resolves when every event of the run was committed. */
  async flush(run: LiveRun): Promise<void> {
    while (!run.isSettled && !run.isClosed) {
      this.mark(run);
      await this.#working;
    }
  }

  async #work(): Promise<void> {
    try {
      // Deltas of the same turn of the event loop go together.
      await Promise.resolve();
      while (this.#dirty.size > 0) {
        const shares = await this.#gather();
        if (shares.length > 0) await this.#commit(shares);
        for (const { run } of shares) if (run.hasPending && !run.isClosed) this.#dirty.add(run);
      }
    } finally {
      this.#working = undefined;
    }
  }

  async #gather(): Promise<Share[]> {
    const shares: Share[] = [];
    let size = 0;
    for (const run of this.#dirty) {
      if (shares.length === RUNS_PER_COMMIT || size > COMMIT_BYTES) break;
      this.#dirty.delete(run);
      if (run.isClosed) continue;
      const events = run.take();
      if (events.length === 0) continue;
      const share = await untilWritten(this.#retry, () => shareOf(this.#store, run, events));
      size += share.bytes.length;
      shares.push(share);
    }
    return shares;
  }

  async #commit(shares: Share[]): Promise<void> {
    const { ok } = await untilWritten(this.#retry, () => {
      const operation = this.#store.kv.atomic();
      for (const share of shares) addShare(operation, this.#store, share);
      return operation.commit();
    });
    if (ok) {
      for (const { run, events } of shares) run.deliver(events);
    } else if (shares.length > 1) {
      // One of them belongs to another process by now; the others must not suffer for it.
      for (const share of shares) await this.#commit([share]);
    } else if (shares[0]) {
      this.#onLost(shares[0].run);
    }
  }
}

/** A run's events as they are stored: what is too large for a value becomes a blob. */
export async function shareOf(store: Store, run: LiveRun, events: SequencedEvent[]): Promise<Share> {
  const key = keys.runLogBatch(run.record.profileId, run.record.id, events[0]?.seq ?? 0);
  const { bytes } = await store.encodeNew(records.runLog, key, events);
  return { run, events, bytes };
}

/** Adds a run's events to a commit that only happens while the run is still ours. */
export function addShare(
  operation: Deno.AtomicOperation,
  store: Store,
  { run, events: [first], bytes }: Share,
): void {
  const { id, profileId } = run.record;
  operation.check({ key: keys.run(profileId, id), versionstamp: run.versionstamp });
  if (!first) return;
  operation.set(keys.runLogBatch(profileId, id, first.seq), bytes);
  if (store.shared) operation.set(keys.runHead(profileId, id), first.seq);
}
