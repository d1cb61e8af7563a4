import {
  type FinishReason,
  FreshetError,
  newId,
  type Outcome,
  type RunEvent,
  type RunInfo,
  type RunSnapshot,
  type RunSubject,
  toFreshetError,
} from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import { keys, records, type RunRecord, type Store } from "../store/mod.ts";
import { Cancels } from "./cancels.ts";
import { type EndEvent, Endings, type SubjectHandler } from "./endings.ts";
import { GroupCommit } from "./group_commit.ts";
import { followLive, followLog } from "./follow.ts";
import { type CommittedEvent, LiveRun } from "./live_run.ts";
import { Ownership } from "./ownership.ts";
import { Reaper } from "./reaper.ts";
import { replay } from "./run_log.ts";

const SWEEP_MS = 30_000;

/** Makes the events of a run, without `start` and `end`; returns why the model stopped. */
export type Generate = (signal: AbortSignal) => AsyncGenerator<RunEvent, FinishReason, undefined>;

/** A run whose record is part of a commit that its caller makes; `launch` after that commit. */
export interface PreparedRun {
  info: RunInfo;
  /** Starts the generation. Call it once, with the versionstamp of the commit. */
  launch(versionstamp: string, generate: Generate): void;
}

/** What the runs need. */
export interface RunsOptions {
  store: Store;
  clock: Clock;
  log: Log;
}

/**
 * Generations in progress. A run belongs to the server: it goes on when every tab is closed, its events are committed before
 * they are seen, and whatever happens to the process, it ends as complete, cancelled, failed or interrupted.
 */
export class Runs {
  #store: Store;
  #clock: Clock;
  #log: Log;
  #live = new Map<string, LiveRun>();
  #working = new Set<Promise<void>>();
  #commits: GroupCommit;
  #ownership: Ownership;
  #endings: Endings;
  #reaper: Reaper;
  #cancels: Cancels;
  #stopSweep: (() => void) | undefined;
  #sweeping: Promise<void> = Promise.resolve();
  #isDraining = false;

  constructor(options: RunsOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log.of("runs");
    this.#ownership = new Ownership(options.store, options.clock, this.#log);
    this.#commits = new GroupCommit({
      store: options.store,
      clock: options.clock,
      log: this.#log,
      onLost: (run) => this.#lose(run),
    });
    this.#endings = new Endings({ ...options, log: this.#log, onLost: (run) => this.#lose(run) });
    this.#reaper = new Reaper({
      ...options,
      log: this.#log,
      ownership: this.#ownership,
      endings: this.#endings,
      isInHand: (runId) => this.#live.has(runId),
    });
    this.#cancels = new Cancels(options.store, this.#live);
  }

  /** Says what belongs to runs of a kind of subject; before `start`. */
  handle<Type extends RunSubject["type"]>(type: Type, handler: SubjectHandler<Type>): void {
    this.#endings.handle(type, handler);
  }

  /** Ends what dead processes left and begins to look for it regularly. */
  async start(): Promise<void> {
    await this.#ownership.start();
    await this.reap();
    this.#stopSweep = this.#clock.every(SWEEP_MS, () => {
      this.#sweeping = this.#sweeping.then(() => this.#sweep());
    });
    if (!this.#store.shared) return;
    this.#cancels.watch().catch((error) => {
      this.#log.error("Cannot hear any more what other processes ask", { error });
    });
  }

  /** How many runs this process has in hand. */
  get active(): number {
    return this.#live.size;
  }

  /** Adds a new run to the caller's commit, so that the run exists if and only if its subject does. */
  prepare(principal: Principal, subject: RunSubject, operation: Deno.AtomicOperation): PreparedRun {
    if (this.#isDraining) {
      throw new FreshetError("unavailable", "Freshet is shutting down", { retryAfter: 5 });
    }
    const record: RunRecord = {
      id: newId(),
      profileId: principal.profileId,
      ...(principal.keyId === undefined ? {} : { keyId: principal.keyId }),
      subject,
      status: "running",
      startedAt: this.#clock.now(),
      ownerId: this.#store.processId,
      epoch: 1,
    };
    const key = keys.run(record.profileId, record.id);
    operation.set(key, this.#store.encode(records.run, record));
    operation.set(keys.runOwned(record.ownerId, record.profileId, record.id), true);
    return {
      info: infoOf(record),
      launch: (versionstamp, generate) => this.#launch(new LiveRun(record, versionstamp), generate),
    };
  }

  /** Stops a run wherever it is at work. Does nothing to one that has ended. */
  async cancel(principal: Principal, runId: string): Promise<void> {
    const record = await this.#record(principal, runId);
    if (record.status !== "running") return;
    const live = this.#live.get(runId);
    if (live) return live.stop("cancelled");
    await this.#cancels.ask(record);
  }

  /** A run's record. Throws `not_found`, also for runs of other profiles and those whose log is gone. */
  async get(principal: Principal, runId: string): Promise<RunInfo> {
    return infoOf(await this.#record(principal, runId));
  }

  /** A run with what it has written, up to a committed event. Throws `not_found`, also when the log is gone. */
  async snapshot(principal: Principal, runId: string): Promise<RunSnapshot> {
    const live = this.#live.get(runId);
    if (live && live.record.profileId === principal.profileId) {
      return { run: infoOf(live.record), state: live.state };
    }
    const record = await this.#record(principal, runId);
    return { run: infoOf(record), state: await replay(this.#store, principal.profileId, runId) };
  }

  /**
   * The run's events after `afterSeq` in batches: those there are, then new ones as they are committed, until the terminal
   * event. Ends early when the signal is aborted, or when the run went over to another process (subscribe again).
   */
  async *subscribe(
    principal: Principal,
    runId: string,
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncGenerator<CommittedEvent[], void, undefined> {
    const live = this.#live.get(runId);
    if (live && live.record.profileId === principal.profileId) {
      return yield* followLive(live, afterSeq, signal);
    }
    await this.#record(principal, runId);
    yield* followLog(this.#store, { profileId: principal.profileId, runId, afterSeq }, signal);
  }

  /** Takes over the runs of dead processes and ends them as interrupted, or cancelled where that was asked. */
  async reap(): Promise<void> {
    await this.#reaper.reap();
  }

  /** Waits for the runs in hand, then interrupts what is left; new ones are refused. */
  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    const interrupt = () => {
      for (const run of this.#live.values()) run.stop("interrupted");
    };
    const cancel = this.#clock.after(graceMs, interrupt);
    if (graceMs <= 0) interrupt();
    while (this.#working.size > 0) await Promise.allSettled(this.#working);
    cancel();
  }

  /** Ends everything; interrupts what still runs. */
  async close(): Promise<void> {
    this.#stopSweep?.();
    await this.drain(0);
    await this.#cancels.close();
    await this.#sweeping;
    await this.#ownership.stop();
  }

  #launch(run: LiveRun, generate: Generate): void {
    this.#live.set(run.record.id, run);
    // Prepared before the draining began: nobody waits for it any more.
    if (this.#isDraining) run.stop("interrupted");
    const work = this.#work(run, generate).catch((error) => {
      this.#log.error("A run could not be ended; it is ended at the next start", {
        run: run.record.id,
        error,
      });
      run.close();
    }).finally(() => {
      this.#live.delete(run.record.id);
      this.#working.delete(work);
    });
    this.#working.add(work);
  }

  async #work(run: LiveRun, generate: Generate): Promise<void> {
    let end: EndEvent;
    try {
      const finishReason = await this.#generate(run, generate);
      end = { type: "end", outcome: "complete", finishReason };
    } catch (cause) {
      end = endOf(run.signal, cause);
      if (end.outcome === "failed") this.#log.warn("A run failed", { run: run.record.id, error: cause });
    }
    if (run.isClosed) return;
    await this.#commits.flush(run);
    if (run.isClosed) return;
    await this.#endings.end(run, { ...end, metrics: run.metrics(this.#clock.now()) });
  }

  async #generate(run: LiveRun, generate: Generate): Promise<FinishReason> {
    const events = generate(run.signal);
    for (;;) {
      const { done, value } = await events.next();
      if (done) return value;
      run.append(value, this.#clock.now());
      this.#commits.mark(run);
      if (run.isAhead) await this.#commits.flush(run);
    }
  }

  /** Another process has taken the run: stop here and write nothing more. */
  #lose(run: LiveRun): void {
    this.#log.warn("A run was taken over by another process", { run: run.record.id });
    run.stop("interrupted");
    run.close();
  }

  async #record(principal: Principal, runId: string): Promise<RunRecord> {
    const stored = await this.#store.get(records.run, keys.run(principal.profileId, runId));
    if (!stored) throw new FreshetError("not_found", "There is no such run, or it ended long ago");
    return stored.value;
  }

  /** Lets go of runs that others took while this process could not show that it lives. */
  async #letGo(): Promise<void> {
    const live = [...this.#live.values()];
    const stored = await this.#store.getMany(
      records.run,
      live.map(({ record }) => keys.run(record.profileId, record.id)),
    );
    for (const [i, run] of live.entries()) {
      if (!run.isClosed && stored[i]?.value.epoch !== run.record.epoch) this.#lose(run);
    }
  }

  async #sweep(): Promise<void> {
    try {
      if (this.#store.shared) {
        await this.#letGo();
        // A watch whose connection died without a word has told nothing.
        await this.#cancels.heed();
      }
      await this.reap();
      await this.#reaper.purge();
    } catch (error) {
      this.#log.error("Cannot clean up runs; trying again", { error });
    }
  }
}

function endOf(signal: AbortSignal, cause: unknown): EndEvent {
  const outcome: Outcome = signal.aborted
    ? (signal.reason === "interrupted" ? "interrupted" : "cancelled")
    : "failed";
  if (outcome !== "failed") return { type: "end", outcome };
  return { type: "end", outcome, error: toFreshetError(cause).toBody() };
}

function infoOf({ id, subject, status, startedAt, endedAt }: RunRecord): RunInfo {
  return { id, subject, status, startedAt, ...(endedAt === undefined ? {} : { endedAt }) };
}
