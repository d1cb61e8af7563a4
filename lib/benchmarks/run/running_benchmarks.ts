import { type BenchmarkProgress, type BenchmarkPrompt, FreshetError } from "../../shared/mod.ts";
import type { Log } from "../../host/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { keys, type Stored, type Transaction } from "../../store/mod.ts";
import type { BenchmarksOptions } from "../options.ts";
import type { BenchmarkStore } from "../benchmark_store.ts";
import { BENCHMARK, type BenchmarkRecord, isUnderWay, PAGE_RESULTS, progressOf } from "../record.ts";
import type { Results } from "../results.ts";
import { BenchmarkRun } from "./benchmark_run.ts";
import { NodeTurns } from "./node_turns.ts";
import { doneCalls } from "./plan.ts";
import { ResultBook } from "./result_book.ts";
import type { TargetNodes } from "./target_nodes.ts";

/** Pages hear of progress this often (ms) at most. */
const TELL_EVERY_MS = 500;
const LOOK_EVERY_MS = 30_000;
/** How soon one notices that another instance has stopped what it runs. */
const LOOK_AT_OWN_MS = 2_000;
/** How long a process may be silent before its benchmarks count as interrupted; its heart beats every 5 s. */
const DEAD_AFTER_MS = 20_000;

/** What the running benchmarks need. */
export interface RunningBenchmarksOptions extends BenchmarksOptions {
  records: BenchmarkStore;
  results: Results;
  targetNodes: TargetNodes;
}

/** The benchmarks that this process has in hand. */
export class RunningBenchmarks {
  readonly #options: RunningBenchmarksOptions;
  readonly #log: Log;
  readonly #turns = new NodeTurns();
  readonly #runs = new Map<string, BenchmarkRun>();
  readonly #telling = new Map<string, () => void>();
  #stopLooking: (() => void)[] = [];
  #isClosed = false;

  constructor(options: RunningBenchmarksOptions) {
    this.#options = options;
    this.#log = options.log.of("benchmarks");
  }

  /** Marks what was under way when its process ended. Where instances share the store, that is looked for from now on. */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    await this.#recover();
    if (!store.shared) return;
    const quietly = (work: () => Promise<void>) => () =>
      void work().catch((error) => this.#log.error("Cannot look for benchmarks", { error }));
    this.#stopLooking = [
      clock.every(LOOK_EVERY_MS, quietly(() => this.#recover())),
      clock.every(LOOK_AT_OWN_MS, quietly(() => this.#lookAtOwn())),
    ];
  }

  /** Writes the record as this process's, with what else belongs to the commit, and begins. Throws `conflict`. */
  async take(
    principal: Principal,
    at: { key: Deno.KvKey; versionstamp: string | null },
    record: BenchmarkRecord,
    prompts: readonly BenchmarkPrompt[],
    add?: (transaction: Transaction) => Promise<void>,
  ): Promise<BenchmarkRecord> {
    const { store, clock, results, nodes, targetNodes } = this.#options;
    const owned = { ...record, ownerId: store.processId, updatedAt: clock.now() };
    // Read before: once it is written, nothing may come before it is known to be in hand.
    const known = await Array.fromAsync(results.all(owned));
    if (this.#isClosed) throw aboutToEnd();
    const versionstamp = await this.#write(at, owned, add);
    // Left as it is: the next start finds that its process has ended.
    if (this.#isClosed) throw aboutToEnd();
    const rest = known.length % PAGE_RESULTS;
    const book = new ResultBook({
      store,
      now: () => clock.now(),
      record: owned,
      versionstamp,
      // A page that is not full is the last one, whatever it holds.
      lastPage: rest === 0 ? known.slice(-PAGE_RESULTS) : known.slice(-rest),
    });
    const run = new BenchmarkRun({
      dispatcher: nodes.dispatcher,
      targetNodes,
      turns: this.#turns,
      clock,
      log: this.#log,
      principal,
      book,
      prompts,
      done: doneCalls(known, owned.targets.length),
      onProgress: (now) => this.#tellSoon(now),
    });
    this.#runs.set(owned.id, run);
    run.ended.then(() => this.#ended(run)).catch((error) =>
      this.#log.error("Cannot write how a benchmark ended", { benchmark: owned.id, error })
    );
    this.#tell(owned);
    return owned;
  }

  /** Ends a benchmark that is under way, here or in another process. */
  async stop({ key, value, versionstamp }: Stored<BenchmarkRecord>): Promise<void> {
    const run = this.#runs.get(value.id);
    if (run) return await run.stop("stopped");
    const stopped = { ...value, state: "stopped", finishedAt: this.#options.clock.now() } as const;
    await this.#write({ key, versionstamp }, stopped);
    this.#tell(stopped);
  }

  /** Interrupts what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#stopLooking) stop();
    await Promise.all([...this.#runs.values()].map((run) => run.stop("interrupted")));
    for (const cancel of this.#telling.values()) cancel();
  }

  async #ended(run: BenchmarkRun): Promise<void> {
    const { id } = run.record;
    if (this.#runs.get(id) === run) this.#runs.delete(id);
    if (this.#isClosed || !isUnderWay(run.record)) return;
    // Its end could not be written, or somebody else has ended it: what is kept says.
    const { store, records } = this.#options;
    const stored = await records.find(id);
    if (!stored || stored.value.ownerId !== store.processId || this.#runs.has(id)) return;
    if (isUnderWay(stored.value)) await this.#interrupt(stored);
  }

  async #recover(): Promise<void> {
    const { records } = this.#options;
    await records.finishDeletions();
    for (const stored of await records.list()) {
      if (isUnderWay(stored.value) && !await this.#isInHand(stored.value)) await this.#interrupt(stored);
    }
  }

  async #interrupt({ key, value, versionstamp }: Stored<BenchmarkRecord>): Promise<void> {
    const record = { ...value, state: "interrupted", finishedAt: value.updatedAt } as const;
    await this.#write({ key, versionstamp }, record).then(() => this.#tell(record), (error) => {
      // Another process was faster.
      if (!(error instanceof FreshetError && error.code === "conflict")) throw error;
    });
  }

  async #lookAtOwn(): Promise<void> {
    const { store, records } = this.#options;
    for (const run of this.#runs.values()) {
      const stored = await records.find(run.record.id);
      if (!stored || stored.value.ownerId !== store.processId || !isUnderWay(stored.value)) run.lose();
    }
  }

  async #isInHand({ ownerId, id }: BenchmarkRecord): Promise<boolean> {
    const { store, clock } = this.#options;
    if (this.#runs.has(id)) return true;
    if (!store.shared || ownerId === store.processId) return false;
    const { value } = await store.kv.get<number>(keys.process(ownerId));
    return value !== null && clock.now() - value < DEAD_AFTER_MS;
  }

  async #write(
    at: { key: Deno.KvKey; versionstamp: string | null },
    record: BenchmarkRecord,
    add?: (transaction: Transaction) => Promise<void>,
  ): Promise<string> {
    await using transaction = this.#options.store.transaction();
    transaction.operation.check({ key: at.key, versionstamp: at.versionstamp });
    await transaction.set(BENCHMARK, at.key, record);
    await add?.(transaction);
    const result = await transaction.commit();
    if (result.ok) return result.versionstamp;
    throw new FreshetError("conflict", "The benchmark was changed at the same time", { hint: "Try again" });
  }

  /** Progress at most twice a second, an end at once. */
  #tellSoon(record: BenchmarkRecord): void {
    const { clock } = this.#options;
    if (!isUnderWay(record)) return this.#tell(record);
    if (this.#telling.has(record.id)) return;
    this.#telling.set(
      record.id,
      clock.after(TELL_EVERY_MS, () => {
        this.#telling.delete(record.id);
        const run = this.#runs.get(record.id);
        if (run) this.#tell(run.record);
      }),
    );
  }

  #tell(record: BenchmarkRecord): void {
    this.#telling.get(record.id)?.();
    this.#telling.delete(record.id);
    const benchmark: BenchmarkProgress = progressOf(record);
    this.#options.feed.publish(record.profileId, { type: "benchmark:changed", benchmark });
  }
}

function aboutToEnd(): FreshetError {
  return new FreshetError("unavailable", "Freshet is about to end");
}
