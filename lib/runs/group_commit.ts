import type { SequencedEvent } from "../shared/mod.ts";
import { type Clock, type Log, sleep } from "../host/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { LiveRun } from "./live_run.ts";

/** Of 100 checks a commit; and about 32 KB of text each keeps it below the 800 KB of a commit. */
const RUNS_PER_COMMIT = 20;
const RETRY_MS = [20, 100, 500, 2_000];

interface Share {
  run: LiveRun;
  events: SequencedEvent[];
}

/**
 * One commit for all runs of the process, and the next when it is done: deltas that come meanwhile wait and join, so the load
 * on the disk does not grow with the tokens. Events become visible only after the commit that holds them.
 */
export class GroupCommit {
  #store: Store;
  #clock: Clock;
  #log: Log;
  #dirty = new Set<LiveRun>();
  #working: Promise<void> | undefined;
  #onLost: (run: LiveRun) => void;

  constructor(options: { store: Store; clock: Clock; log: Log; onLost: (run: LiveRun) => void }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
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
    // Deltas of the same turn of the event loop go together.
    await Promise.resolve();
    while (this.#dirty.size > 0) {
      const shares: Share[] = [];
      for (const run of this.#dirty) {
        if (shares.length === RUNS_PER_COMMIT) break;
        this.#dirty.delete(run);
        if (run.isClosed) continue;
        const events = run.take();
        if (events.length > 0) shares.push({ run, events });
      }
      if (shares.length > 0) await this.#commit(shares);
      for (const { run } of shares) if (run.hasPending && !run.isClosed) this.#dirty.add(run);
    }
    this.#working = undefined;
  }

  async #commit(shares: Share[]): Promise<void> {
    if (await this.#tryCommit(shares)) {
      for (const { run, events } of shares) run.deliver(events);
    } else if (shares.length > 1) {
      // One of them belongs to another process by now; the others must not suffer for it.
      for (const share of shares) await this.#commit([share]);
    } else if (shares[0]) {
      this.#onLost(shares[0].run);
    }
  }

  /** False where a check failed. A disk that does not take the write is tried again for ever: nothing may be skipped. */
  async #tryCommit(shares: Share[]): Promise<boolean> {
    for (let attempt = 0;; attempt++) {
      const operation = this.#store.kv.atomic();
      for (const share of shares) addShare(operation, this.#store, share);
      try {
        return (await operation.commit()).ok;
      } catch (error) {
        const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 2_000;
        this.#log.error("Cannot write to the store; trying again", { attempt, error });
        await sleep(this.#clock, wait);
      }
    }
  }
}

/** Adds a run's events to a commit that only happens while the run is still ours. */
export function addShare(operation: Deno.AtomicOperation, store: Store, { run, events }: Share): void {
  const { id, profileId } = run.record;
  const first = events[0];
  operation.check({ key: keys.run(profileId, id), versionstamp: run.versionstamp });
  if (!first) return;
  operation.set(keys.runLogBatch(profileId, id, first.seq), store.encode(records.runLog, events));
  if (store.shared) operation.set(keys.runHead(profileId, id), first.seq);
}
