import { SYSTEM_FIGURES, type SystemSample } from "../../shared/mod.ts";

/** A sample of which nothing is known. */
export function emptySample(at: number): SystemSample {
  return { at, cpu: null, memory: null, disk: null, gpu: null, gpuMemory: null, received: null, sent: null };
}

/** Gathers samples into their average; a figure that some of them lack is the average of the others. */
export class Average {
  readonly #sums = new Map<string, { sum: number; count: number }>();

  add(sample: SystemSample): void {
    for (const figure of SYSTEM_FIGURES) {
      const value = sample[figure];
      if (value === null) continue;
      const entry = this.#sums.get(figure) ?? { sum: 0, count: 0 };
      entry.sum += value;
      entry.count++;
      this.#sums.set(figure, entry);
    }
  }

  /** The average as a sample of that time. */
  at(at: number): SystemSample {
    const sample = emptySample(at);
    for (const figure of SYSTEM_FIGURES) {
      const entry = this.#sums.get(figure);
      if (entry) sample[figure] = rounded(entry.sum / entry.count);
    }
    return sample;
  }
}

/** Averages over steps of so many ms, oldest first; each is of the time its step begins. */
export function averaged(samples: readonly SystemSample[], stepMs: number): SystemSample[] {
  const found: SystemSample[] = [];
  let start = NaN;
  let average = new Average();
  for (const sample of samples) {
    const at = Math.floor(sample.at / stepMs) * stepMs;
    if (at !== start) {
      if (!Number.isNaN(start)) found.push(average.at(start));
      average = new Average();
      start = at;
    }
    average.add(sample);
  }
  if (!Number.isNaN(start)) found.push(average.at(start));
  return found;
}

/** Two decimals are more than any chart shows, and small to keep. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
