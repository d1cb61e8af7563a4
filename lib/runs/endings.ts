import {
  FreshetError,
  reduceRun,
  type RunEvent,
  type RunState,
  type RunSubject,
  type SubjectOf,
} from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { keys, records, type RunRecord, type Store, type Transaction } from "../store/mod.ts";
import { addShare, type Share, shareOf } from "./group_commit.ts";
import type { LiveRun } from "./live_run.ts";
import { untilWritten } from "./until_written.ts";

/** How long a log can be replayed after its run ended. */
const LOG_KEPT_MS = 60 * 60_000;
const TRIES = 10;

/** The terminal event of a run. */
export type EndEvent = Extract<RunEvent, { type: "end" }>;

/**
 * Writes what a run leaves behind (its message), in the very commit that ends it. Called again with a fresh transaction when
 * something it checks has changed meanwhile, and by the reaper for runs of processes that died.
 */
export type Finisher<Type extends SubjectType = SubjectType> = (
  run: RunOf<Type>,
  state: RunState,
  transaction: Transaction,
) => Promise<void>;

type SubjectType = RunSubject["type"];

/** The record of a run for one kind of subject. */
export type RunOf<Type extends SubjectType> = RunRecord & { subject: SubjectOf<Type> };

/** What belongs to one kind of subject. */
export interface SubjectHandler<Type extends SubjectType = SubjectType> {
  finish: Finisher<Type>;
  /** Told after the end was committed; must not throw. */
  ended?: (run: RunOf<Type>, state: RunState) => void;
}

/** What endings need. */
export interface EndingsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Told of a run that another process has taken. */
  onLost: (run: LiveRun) => void;
}

/** Ends runs: the terminal event, the run's record and what its subject keeps of it are one commit. */
export class Endings {
  #options: EndingsOptions;
  #handlers = new Map<SubjectType, SubjectHandler>();

  constructor(options: EndingsOptions) {
    this.#options = options;
  }

  /** Says what belongs to runs of a kind of subject. */
  handle<Type extends SubjectType>(type: Type, handler: SubjectHandler<Type>): void {
    this.#handlers.set(type, {
      finish: async (run, state, transaction) => {
        if (isOf(run, type)) await handler.finish(run, state, transaction);
      },
      ended: (run, state) => {
        if (isOf(run, type)) handler.ended?.(run, state);
      },
    });
  }

  /** Ends a run whose other events are all committed. Throws where the disk or the subject does not let it be for long. */
  async end(run: LiveRun, event: EndEvent): Promise<void> {
    const { store, clock } = this.#options;
    const retry = { ...this.#options, tries: TRIES };
    run.append(event, clock.now());
    const events = run.take();
    const share = await untilWritten(retry, () => shareOf(store, run, events));
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (await untilWritten(retry, () => this.#tryEnd(run, event, share))) return;
    }
    throw new FreshetError("conflict", `Cannot end the run ${run.record.id}: its message keeps changing`);
  }

  /** False where the subject has changed meanwhile, so that the next attempt may succeed. */
  async #tryEnd(run: LiveRun, { outcome }: EndEvent, share: Share): Promise<boolean> {
    const { store, clock, onLost } = this.#options;
    const { id, profileId, subject, ownerId, epoch } = run.record;
    const key = keys.run(profileId, id);
    const state = share.events.reduce(reduceRun, run.state);
    const record: RunRecord = { ...run.record, status: outcome, endedAt: clock.now() };
    const handler = this.#handlers.get(subject.type);
    await using transaction = store.transaction();
    addShare(transaction.operation, store, share);
    await handler?.finish(record, state, transaction);
    transaction.operation
      .set(key, store.encode(records.run, record))
      .delete(keys.runOwned(ownerId, profileId, id))
      .delete(keys.runCancel(profileId, id))
      .set(keys.runPurge(clock.now() + LOG_KEPT_MS, profileId, id), true);
    if (!(await transaction.commit()).ok) {
      const stored = await store.get(records.run, key);
      if (stored?.versionstamp === run.versionstamp) return false;
      // A commit that seemed to fail may have happened all the same; then the record is the one it wrote.
      if (stored?.value.epoch !== epoch || stored.value.status === "running") {
        onLost(run);
        return true;
      }
    }
    run.record = record;
    run.deliver(share.events);
    run.close();
    handler?.ended?.(record, state);
    return true;
  }
}

function isOf<Type extends SubjectType>(run: RunRecord, type: Type): run is RunOf<Type> {
  return run.subject.type === type;
}
