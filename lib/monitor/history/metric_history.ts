import { RANGE_TIMES, type SystemHistory, type SystemRange, type SystemSample } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { averaged } from "./average.ts";
import { Level, LEVELS } from "./level.ts";
import { blockOf, SAMPLE_BLOCK, samplesOf } from "./sample_block.ts";

/** Between two commits: what a killed process loses at most. */
const SAVE_EVERY_MS = 60_000;

const LEVEL_OF = { hour: "raw", day: "minute", week: "ten" } as const satisfies Record<SystemRange, string>;

/** What a `MetricHistory` needs. */
export interface MetricHistoryOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Names the machine among those that share the store. */
  host: string;
}

/**
 * What a machine did in the last hour, day and week: in memory, and in the store with many samples to a record. Records go by
 * themselves when their time is over.
 */
export class MetricHistory {
  readonly #options: MetricHistoryOptions;
  readonly #levels = LEVELS.map((options) => new Level(options));
  #savedAt: number;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: MetricHistoryOptions) {
    this.#options = options;
    this.#savedAt = options.clock.now();
  }

  /** Reads what was stored. */
  async load(): Promise<void> {
    const { store, clock, host } = this.#options;
    for (const level of this.#levels) {
      const { name, keepMs, blockMs } = level.options;
      const prefix = keys.systemSampleBlocks(host, name);
      const start = keys.systemSamples(host, name, clock.now() - keepMs - blockMs);
      const stored = await Array.fromAsync(store.list(SAMPLE_BLOCK, { prefix, start }));
      level.load(stored.flatMap(({ value }) => samplesOf(value)), clock.now());
    }
  }

  /** Takes a sample; once a minute all that is new is stored. */
  add(sample: SystemSample): void {
    for (const level of this.#levels) level.add(sample);
    if (sample.at - this.#savedAt < SAVE_EVERY_MS && sample.at >= this.#savedAt) return;
    this.#savedAt = sample.at;
    void this.save();
  }

  /** Averages over the steps of the range, with the one that is not over. */
  range(range: SystemRange): SystemHistory {
    const { spanMs, stepMs } = RANGE_TIMES[range];
    const level = this.#levels.find(({ options }) => options.name === LEVEL_OF[range]);
    const oldest = this.#options.clock.now() - spanMs;
    const current = level?.current();
    const samples = [...level?.samples ?? [], ...current ? [current] : []].filter(({ at }) => at >= oldest);
    return { range, stepMs, points: averaged(samples, stepMs) };
  }

  /** Stores what is new. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#commit());
    return this.#saving;
  }

  async #commit(): Promise<void> {
    const { store, log, host } = this.#options;
    const operation = store.kv.atomic();
    const taken = this.#levels.flatMap((level) =>
      level.takeUnsaved().map(({ startsAt, samples }) => ({ level, startsAt, samples }))
    );
    if (taken.length === 0) return;
    for (const { level: { options }, startsAt, samples } of taken) {
      const { name, keepMs, blockMs } = options;
      const bytes = store.encode(SAMPLE_BLOCK, blockOf(startsAt, samples));
      operation.set(keys.systemSamples(host, name, startsAt), bytes, { expireIn: keepMs + blockMs });
    }
    try {
      await operation.commit();
    } catch (error) {
      for (const { level, startsAt } of taken) level.putBack(startsAt);
      log.error("Cannot store samples of this machine; they are kept for the next try", { error });
    }
  }
}
