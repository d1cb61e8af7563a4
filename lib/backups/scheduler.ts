import type { BackupStatus } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { nextTime } from "./due.ts";
import type { ScheduleRecord, StateRecord } from "./records.ts";

const LOOK_EVERY_MS = 60_000;
/** What was missed while the process was off is made up for when the start is over. */
const FIRST_LOOK_MS = 120_000;
const RETRY_MS = 15 * 60_000;
/** Of a process that died, after which another one makes the backup. */
const LEASE_MS = 5 * 60_000;

/** What a `Scheduler` needs. */
export interface SchedulerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  schedule: () => Promise<ScheduleRecord>;
  /** Makes a scheduled backup. */
  make: () => Promise<void>;
  /** Told of the first failure, and of the first backup after one. */
  onTurn: (state: "raised" | "cleared") => void;
}

/** Makes backups when they are due; of processes that share a store, one does. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #log: Log;
  #cancel: (() => void)[] = [];
  #looking: Promise<void> = Promise.resolve();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Begins to look; a backup that is due already is made after two minutes. */
  start(): void {
    const { clock } = this.#options;
    this.#cancel = [
      clock.after(FIRST_LOOK_MS, () => {
        void this.look();
        this.#cancel.push(clock.every(LOOK_EVERY_MS, () => void this.look()));
      }),
    ];
  }

  /** Makes a backup if one is due. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch((error) => {
      this.#log.error("Cannot look whether a backup is due", { error });
    });
    return this.#looking;
  }

  /** How the scheduled backups go. */
  async status(): Promise<BackupStatus> {
    const { schedule, store } = this.#options;
    const [current, { value }] = await Promise.all([
      schedule(),
      store.kv.get<StateRecord>(keys.backupState()),
    ]);
    const state = value ?? { lastAt: null, problem: null };
    const isPaused = current.isPaused ?? false;
    return { ...state, isPaused, nextAt: isPaused ? null : dueAt(current, state) };
  }

  async close(): Promise<void> {
    for (const cancel of this.#cancel) cancel();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { clock, store } = this.#options;
    const { nextAt, problem } = await this.status();
    const now = clock.now();
    if (nextAt === null || nextAt > now || (problem && now - problem.at < RETRY_MS)) return;
    if (!await this.#takeLease(now)) return;
    // A long one keeps the lease.
    const stop = clock.every(LOOK_EVERY_MS, () => {
      store.kv.set(keys.backupLease(), this.#lease(clock.now())).catch((error) => {
        this.#log.warn("Cannot keep the lease of the backup", { error });
      });
    });
    try {
      await this.#make();
    } finally {
      stop();
      await store.kv.delete(keys.backupLease());
    }
  }

  async #make(): Promise<void> {
    const { clock, store, make, onTurn } = this.#options;
    const { lastAt, problem } = await this.status();
    const keep = (state: StateRecord) => store.kv.set(keys.backupState(), state);
    try {
      const at = clock.now();
      await make();
      await keep({ lastAt: at, problem: null });
      if (problem) onTurn("cleared");
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error("A scheduled backup failed", { error });
      await keep({ lastAt, problem: { at: clock.now(), message } });
      if (!problem) onTurn("raised");
    }
  }

  #lease(now: number): { processId: string; until: number } {
    return { processId: this.#options.store.processId, until: now + LEASE_MS };
  }

  async #takeLease(now: number): Promise<boolean> {
    const { store } = this.#options;
    const key = keys.backupLease();
    const held = await store.kv.get<{ processId: string; until: number }>(key);
    // Where the store is not shared, whoever held it is dead.
    if (held.value && store.shared && held.value.until > now) return false;
    return (await store.kv.atomic().check(held).set(key, this.#lease(now)).commit()).ok;
  }
}

function dueAt(schedule: ScheduleRecord, { lastAt }: StateRecord): number | null {
  return nextTime(schedule, Math.max(schedule.since, lastAt ?? 0));
}
