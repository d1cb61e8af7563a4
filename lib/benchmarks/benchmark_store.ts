import { FreshetError, HOUSE_PROFILE, isId } from "../shared/mod.ts";
import { keys, type Store, type Stored } from "../store/mod.ts";
import { BENCHMARK, type BenchmarkRecord } from "./record.ts";

/** Benchmarks that are kept. */
const BENCHMARKS_MAX = 500;

/** The records of the house's benchmarks. One that is being deleted is in none of the answers. */
export class BenchmarkStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Where the record of a benchmark stands. */
  keyOf(id: string): Deno.KvKey {
    return keys.benchmark(HOUSE_PROFILE, id);
  }

  /** One benchmark; null where there is none. */
  async find(id: string): Promise<Stored<BenchmarkRecord> | null> {
    const stored = isId(id) ? await this.#store.get(BENCHMARK, this.keyOf(id)) : null;
    return stored && !stored.value.isDeleted ? stored : null;
  }

  /** One benchmark. Throws `not_found`. */
  async get(id: string): Promise<Stored<BenchmarkRecord>> {
    const stored = await this.find(id);
    if (stored) return stored;
    throw new FreshetError("not_found", "There is no such benchmark");
  }

  /** All benchmarks, newest first. */
  async list(): Promise<Stored<BenchmarkRecord>[]> {
    return (await this.#all()).filter(({ value }) => !value.isDeleted);
  }

  /** Throws `conflict` where no other benchmark can be kept. */
  async requireRoom(): Promise<void> {
    if ((await this.list()).length < BENCHMARKS_MAX) return;
    throw new FreshetError("conflict", `${BENCHMARKS_MAX} benchmarks are kept; delete some of them first`);
  }

  /**
   * Deletes a benchmark with its prompts and results. It is marked first and its record goes last, so that a deletion that is
   * cut off is found by `finishDeletions`; whoever runs the benchmark loses it by the mark.
   */
  async delete(id: string): Promise<void> {
    const { key, value } = await this.get(id);
    await using transaction = this.#store.transaction();
    await transaction.set(BENCHMARK, key, { ...value, isDeleted: true });
    await transaction.commit();
    await this.#remove(id);
  }

  /** Goes on with deletions whose process ended in their midst. */
  async finishDeletions(): Promise<void> {
    for (const { value } of await this.#all()) if (value.isDeleted) await this.#remove(value.id);
  }

  async #remove(id: string): Promise<void> {
    await this.#store.deleteBelow(keys.allBenchmarkResults(HOUSE_PROFILE, id));
    await using transaction = this.#store.transaction();
    await transaction.delete(this.keyOf(id));
    await transaction.delete(keys.benchmarkPrompts(HOUSE_PROFILE, id));
    await transaction.commit();
  }

  async #all(): Promise<Stored<BenchmarkRecord>[]> {
    const selector = { prefix: keys.benchmarks(HOUSE_PROFILE) };
    return await Array.fromAsync(this.#store.list(BENCHMARK, selector, { reverse: true }));
  }
}
