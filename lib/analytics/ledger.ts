import { firstIdOf, newId } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { KeyBooking, Principal } from "../access/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { Prices } from "./prices/prices.ts";
import { type Batch, takeBatch } from "./rollups/batch.ts";
import { RollupWriter } from "./rollups/rollup_writer.ts";
import { type CallRecord, LEDGER_ROW, type LedgerRow } from "./row.ts";

const FLUSH_AFTER_MS = 200;
const MODEL_MAX_CHARS = 300;
/** Rows that are kept in memory while the disk takes none. */
const PENDING_MAX = 10_000;
/** An id is made by the machine's clock, which may have been put right since. */
const CLOCK_SLACK_MS = 3_600_000;
const LIST_BATCH = 500;

/** What a ledger needs. */
export interface LedgerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** What models cost; the shipped prices unless given. */
  prices?: Prices;
  /** Told of the rows of each commit, once. */
  onRows?: (rows: readonly LedgerRow[]) => void;
  /** Told after each commit what API keys have spent with it. */
  onBooked?: (bookings: readonly KeyBooking[]) => void;
}

/**
 * The book of model calls: one row each, whatever asked for it. Rows are gathered for 200 ms and committed together with the
 * sums of their hours and days, off the path of the answer; a process that is killed loses at most those.
 */
export class Ledger {
  readonly prices: Prices;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onRows: (rows: readonly LedgerRow[]) => void;
  readonly #onBooked: (bookings: readonly KeyBooking[]) => void;
  readonly #writer: RollupWriter;
  readonly #pending: CallRecord[] = [];
  /** Of which it is not known whether it was committed. */
  #batch: Batch | undefined;
  #cancelTimer: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: LedgerOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log.of("ledger");
    this.prices = options.prices ?? new Prices(options);
    this.#onRows = options.onRows ?? (() => {});
    this.#onBooked = options.onBooked ?? (() => {});
    this.#writer = new RollupWriter(options.store);
  }

  /** Enters a call, under a new id where it has none. */
  record(call: Omit<CallRecord, "id"> & { id?: string }): void {
    // A model's name comes from outside; a row must not outgrow what can be stored.
    const model = call.model.slice(0, MODEL_MAX_CHARS);
    if (this.#pending.length < PENDING_MAX) this.#pending.push({ id: newId(), ...call, model });
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
    const rows = this.#store.list(LEDGER_ROW, selector, { limit, reverse: true });
    return (await Array.fromAsync(rows)).map(({ value }) => value);
  }

  /** The calls that began from `from` on and before `to` (ms since 1970), oldest first, without keeping them in memory. */
  async *rows(
    { profileId }: Pick<Principal, "profileId">,
    { from, to }: { from: number; to: number },
  ): AsyncGenerator<LedgerRow, void, undefined> {
    const selector = {
      start: keys.ledger(profileId, firstIdOf(from - CLOCK_SLACK_MS)),
      end: keys.ledger(profileId, firstIdOf(to + CLOCK_SLACK_MS)),
    };
    for await (const { value } of this.#store.list(LEDGER_ROW, selector, { batchSize: LIST_BATCH })) {
      if (value.at >= from && value.at < to) yield value;
    }
  }

  async #commit(): Promise<void> {
    while (this.#batch || this.#pending.length > 0) {
      try {
        this.#batch ??= await takeBatch(
          this.#store,
          this.#pending,
          () => this.prices.list(),
        );
        const batch = this.#batch;
        const bookings = await this.#writer.commit(batch);
        this.#batch = undefined;
        this.#onBooked(bookings);
        this.#onRows(batch.rows.map(({ row }) => row));
      } catch (error) {
        this.#log.error("Cannot write ledger rows; they are kept for the next try", {
          rows: (this.#batch?.rows.length ?? 0) + this.#pending.length,
          error,
        });
        return;
      }
    }
  }
}
