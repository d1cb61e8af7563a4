import { SYSTEM_FIGURES, type SystemSample } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";
import { emptySample } from "./average.ts";

/** Many samples in one record: a row each, of its time after `startsAt` and the figures in the order of `figures`. */
export interface SampleBlock {
  startsAt: number;
  figures: string[];
  rows: (number | null)[][];
}

export const SAMPLE_BLOCK = recordType<SampleBlock>("block of samples");

/** The samples as a block that begins at that time. */
export function blockOf(startsAt: number, samples: readonly SystemSample[]): SampleBlock {
  return {
    startsAt,
    figures: [...SYSTEM_FIGURES],
    rows: samples.map((sample) => [sample.at - startsAt, ...SYSTEM_FIGURES.map((figure) => sample[figure])]),
  };
}

/** The samples of a block; figures that it does not know are unknown. */
export function samplesOf({ startsAt, figures, rows }: SampleBlock): SystemSample[] {
  return rows.map(([offset, ...values]) => {
    const sample = emptySample(startsAt + (offset ?? 0));
    for (const figure of SYSTEM_FIGURES) {
      const column = figures.indexOf(figure);
      if (column >= 0) sample[figure] = values[column] ?? null;
    }
    return sample;
  });
}
