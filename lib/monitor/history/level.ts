import type { SystemSample } from "../../shared/mod.ts";
import { Average } from "./average.ts";

/** How one level of the history is kept. */
export interface LevelOptions {
  name: string;
  /** ms that one of its samples stands for; 0 for samples as they come. */
  stepMs: number;
  keepMs: number;
  /** ms of samples that are kept in one record. */
  blockMs: number;
}

/** Raw samples for an hour, averages of a minute for a day, and of ten minutes for eight days. */
export const LEVELS: readonly LevelOptions[] = [
  { name: "raw", stepMs: 0, keepMs: 3_600_000, blockMs: 300_000 },
  { name: "minute", stepMs: 60_000, keepMs: 86_400_000, blockMs: 7_200_000 },
  { name: "ten", stepMs: 600_000, keepMs: 8 * 86_400_000, blockMs: 86_400_000 },
];

/** One level of the history in memory: its samples, oldest first, and which of them are not stored yet. */
export class Level {
  readonly options: LevelOptions;
  #samples: SystemSample[] = [];
  #average: Average | undefined;
  #averageAt = 0;
  #unsavedFrom: number | undefined;

  constructor(options: LevelOptions) {
    this.options = options;
  }

  get samples(): readonly SystemSample[] {
    return this.#samples;
  }

  /** Takes what was stored, which is older than all that comes. */
  load(samples: readonly SystemSample[], now: number): void {
    this.#samples = [...samples, ...this.#samples].sort((a, b) => a.at - b.at);
    this.#forget(now);
  }

  /** Takes a raw sample; an average is a sample of this level when its step is over. */
  add(sample: SystemSample): void {
    const { stepMs } = this.options;
    if (stepMs === 0) return this.#push(sample);
    const at = Math.floor(sample.at / stepMs) * stepMs;
    if (this.#average && at !== this.#averageAt) this.#push(this.#average.at(this.#averageAt));
    if (!this.#average || at !== this.#averageAt) this.#average = new Average();
    this.#averageAt = at;
    this.#average.add(sample);
  }

  /** The average of the step that is not over. */
  current(): SystemSample | undefined {
    return this.#average?.at(this.#averageAt);
  }

  /** The blocks that have changed since they were last taken, whole. */
  takeUnsaved(): { startsAt: number; samples: SystemSample[] }[] {
    const from = this.#unsavedFrom;
    if (from === undefined) return [];
    this.#unsavedFrom = undefined;
    const first = this.#blockOf(from);
    const blocks = Map.groupBy(
      this.#samples.filter(({ at }) => at >= first),
      ({ at }) => this.#blockOf(at),
    );
    return [...blocks].map(([startsAt, samples]) => ({ startsAt, samples }));
  }

  /** What was taken could not be stored. */
  putBack(startsAt: number): void {
    this.#unsavedFrom = Math.min(this.#unsavedFrom ?? Infinity, startsAt);
  }

  #push(sample: SystemSample): void {
    const last = this.#samples.at(-1);
    // After a restart, the rest of a step; the clock may also have been set back.
    if (last && last.at >= sample.at) this.#samples = this.#samples.filter(({ at }) => at < sample.at);
    this.#samples.push(sample);
    this.#unsavedFrom ??= sample.at;
    this.#forget(sample.at);
  }

  #forget(now: number): void {
    const oldest = now - this.options.keepMs;
    let old = 0;
    while ((this.#samples[old]?.at ?? Infinity) < oldest) old++;
    if (old > 0) this.#samples.splice(0, old);
  }

  #blockOf(at: number): number {
    return Math.floor(at / this.options.blockMs) * this.options.blockMs;
  }
}
