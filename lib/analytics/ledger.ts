import type { ErrorCode, Outcome, Usage } from "../shared/mod.ts";
import { newId } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";

/** What asked for a model call. */
export type CallSource =
  | { type: "chat"; chatId: string; messageId: string; runId: string }
  | { type: "title"; chatId: string }
  | { type: "project"; projectId: string; versionId: string; runId: string }
  | { type: "api"; endpoint: string };

/** One try to bring a call to a node. */
export interface Attempt {
  nodeId: string;
  nodeName: string;
  /** ms since 1970. */
  startedAt: number;
  durationMs: number;
  firstTokenMs?: number;
  outcome: Outcome;
  error?: ErrorCode;
  /** What the attempt cost; absent where the node did not begin to work. */
  usage?: Usage;
}

/** One model call with all its attempts. */
export interface LedgerRow {
  id: string;
  profileId: string;
  keyId?: string;
  /** ms since 1970. */
  at: number;
  source: CallSource;
  model: string;
  attempts: Attempt[];
  outcome: Outcome;
  error?: ErrorCode;
  usage: Usage;
  durationMs: number;
  firstTokenMs?: number;
}

const LEDGER = recordType<LedgerRow>("ledger row");
const FLUSH_AFTER_MS = 200;
const ROWS_PER_COMMIT = 200;
const MODEL_MAX_CHARS = 300;
/** Rows that are kept in memory while the disk takes none. */
const PENDING_MAX = 10_000;

/**
 * The book of model calls: one row each, whatever asked for it. Rows are gathered for 200 ms and committed together, off the
 * path of the answer; a process that is killed loses at most those.
 */
export class Ledger {
  #store: Store;
  #clock: Clock;
  #log: Log;
  #pending: LedgerRow[] = [];
  #cancelTimer: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: { store: Store; clock: Clock; log: Log }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log.of("ledger");
  }

  /** Enters a call, under a new id where it has none. */
  record(row: Omit<LedgerRow, "id"> & { id?: string }): void {
    // A model's name comes from outside; a row must not outgrow what can be stored.
    const model = row.model.slice(0, MODEL_MAX_CHARS);
    if (this.#pending.length < PENDING_MAX) this.#pending.push({ id: newId(), ...row, model });
    this.#cancelTimer ??= this.#clock.after(FLUSH_AFTER_MS, () => void this.flush());
  }

  /** Commits what is pending. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#flushing = this.#flushing.then(() => this.#commit());
    return this.#flushing;
  }

  /** The latest calls of the principal's profile, newest first. */
  async latest(principal: Principal, limit = 100): Promise<LedgerRow[]> {
    await this.flush();
    const selector = { prefix: keys.ledgers(principal.profileId) };
    const rows = this.#store.list(LEDGER, selector, { limit, reverse: true });
    return (await Array.fromAsync(rows)).map(({ value }) => value);
  }

  async #commit(): Promise<void> {
    while (this.#pending.length > 0) {
      const rows = this.#pending.slice(0, ROWS_PER_COMMIT);
      try {
        const operation = this.#store.kv.atomic();
        for (const row of rows) {
          operation.set(keys.ledger(row.profileId, row.id), this.#store.encode(LEDGER, row));
        }
        await operation.commit();
      } catch (error) {
        this.#log.error("Cannot write ledger rows; they are kept for the next try", {
          rows: rows.length,
          error,
        });
        return;
      }
      this.#pending.splice(0, rows.length);
    }
  }
}
