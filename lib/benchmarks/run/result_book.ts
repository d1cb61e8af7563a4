import type { BenchmarkResult } from "../../shared/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { BENCHMARK, BENCHMARK_RESULTS, type BenchmarkRecord, PAGE_RESULTS } from "../record.ts";
import { countResult } from "../summary/tally.ts";

/** Thrown where somebody else has changed the record: another process stopped or deleted the benchmark. */
export class LostBenchmark extends Error {
  override readonly name = "LostBenchmark";
}

/** What a book is opened with. */
export interface ResultBookOptions {
  store: Store;
  now: () => number;
  record: BenchmarkRecord;
  versionstamp: string;
  /** The results of the last page, where it has room left. */
  lastPage: readonly BenchmarkResult[];
}

/**
 * Writes results as they come. A result counts when the commit has happened that holds it: its page, and the sums of the
 * record. The next commit starts when the last has ended, so that under load many results share one.
 */
export class ResultBook {
  readonly #options: ResultBookOptions;
  #record: BenchmarkRecord;
  #versionstamp: string;
  #page: BenchmarkResult[];
  #waiting: { result: BenchmarkResult; measuredMs: number }[] = [];
  #changes: ((record: BenchmarkRecord) => BenchmarkRecord)[] = [];
  #writing: Promise<void> | undefined;
  #failure: unknown;

  constructor(options: ResultBookOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#versionstamp = options.versionstamp;
    this.#page = [...options.lastPage];
  }

  /** The record as it was last committed. */
  get record(): BenchmarkRecord {
    return this.#record;
  }

  /**
   * Takes a result, and how long (ms) its model has been measured in all. The returned promise is of the commit that holds it.
   * Rejects with `LostBenchmark`, or with what the store throws.
   */
  add(result: BenchmarkResult, measuredMs: number): Promise<void> {
    this.#waiting.push({ result, measuredMs });
    return this.#write();
  }

  /** Changes the record in the next commit. */
  change(change: (record: BenchmarkRecord) => BenchmarkRecord): Promise<void> {
    this.#changes.push(change);
    return this.#write();
  }

  #write(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    // What comes while a commit is under way is in the next one, which all of it shares.
    this.#writing ??= Promise.resolve().then(() => this.#commitAll()).finally(() =>
      this.#writing = undefined
    );
    return this.#writing;
  }

  async #commitAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0 || this.#changes.length > 0) await this.#commit();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async #commit(): Promise<void> {
    const { store, now } = this.#options;
    const waiting = this.#waiting;
    const results = waiting.map(({ result }) => result);
    const changes = this.#changes;
    this.#waiting = [];
    this.#changes = [];
    let record = { ...this.#record, updatedAt: now() };
    record.targets = record.targets.map((target) => ({ ...target, tally: structuredClone(target.tally) }));
    for (const { result, measuredMs } of waiting) {
      const tally = record.targets[result.target]?.tally;
      if (!tally) continue;
      countResult(tally, result);
      tally.measuredMs = Math.max(tally.measuredMs, measuredMs);
    }
    for (const change of changes) record = change(record);
    const { profileId, id } = record;
    await using transaction = store.transaction();
    let page = [...this.#page];
    for (let at = 0; at < results.length;) {
      if (page.length >= PAGE_RESULTS || record.pages === 0) {
        page = [];
        record.pages++;
      }
      const taken = results.slice(at, at + PAGE_RESULTS - page.length);
      page = [...page, ...taken];
      at += taken.length;
      await transaction.set(BENCHMARK_RESULTS, keys.benchmarkResults(profileId, id, record.pages - 1), page);
    }
    const key = keys.benchmark(profileId, id);
    transaction.operation.check({ key, versionstamp: this.#versionstamp });
    await transaction.set(BENCHMARK, key, record);
    const committed = await transaction.commit();
    if (!committed.ok) throw new LostBenchmark("The benchmark was changed by somebody else");
    this.#versionstamp = committed.versionstamp;
    this.#record = record;
    this.#page = page;
  }
}
