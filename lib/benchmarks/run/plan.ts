import type { BenchmarkResult } from "../../shared/mod.ts";

/** One call that is to be made. */
export interface PlannedCall {
  prompt: number;
  repetition: number;
}

/** Names a call among those of its model. */
export function callName({ prompt, repetition }: PlannedCall): string {
  return `${repetition}.${prompt}`;
}

/**
 * The calls of a model that are still to be made, in their order: all prompts once, then all of them again, so that the same
 * prompt does not come twice in a row, when its server still has it in its cache.
 */
export function* missingCalls(
  { prompts, repetitions }: { prompts: number; repetitions: number },
  done: ReadonlySet<string>,
): Generator<PlannedCall, void, undefined> {
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (let prompt = 0; prompt < prompts; prompt++) {
      const call = { prompt, repetition };
      if (!done.has(callName(call))) yield call;
    }
  }
}

/** The names of the calls of each model that were counted. */
export function doneCalls(results: Iterable<BenchmarkResult>, targets: number): Set<string>[] {
  const done = Array.from({ length: targets }, () => new Set<string>());
  for (const result of results) done[result.target]?.add(callName(result));
  return done;
}
