import type {
  Benchmark,
  BenchmarkProgress,
  BenchmarkPrompt,
  BenchmarkResult,
  BenchmarkTargetView,
  PromptSet,
} from "../shared/mod.ts";
import { recordType } from "../store/mod.ts";
import { summaryOf, type Tally } from "./summary/tally.ts";

/** One model of a benchmark as kept. */
export interface TargetRecord extends Omit<BenchmarkTargetView, "summary" | "done"> {
  tally: Tally;
}

/** A benchmark as kept: with the process that has it in hand, and sums in place of figures. */
export interface BenchmarkRecord extends Omit<Benchmark, "targets" | "done" | "total" | "failed"> {
  profileId: string;
  /** The id of the process; where that is gone, the benchmark was interrupted. */
  ownerId: string;
  /** Names the prompts by their content, so that only what is alike is compared. */
  promptsHash: string;
  targets: TargetRecord[];
  /** Of results. */
  pages: number;
  /** Nobody sees it any more, and its results are going. */
  isDeleted?: true;
}

/** Results of a page: with whole answers they stay within one value of the store. */
export const PAGE_RESULTS = 20;

export const BENCHMARK = recordType<BenchmarkRecord>("benchmark");
export const BENCHMARK_PROMPTS = recordType<BenchmarkPrompt[]>("benchmark's prompts");
export const BENCHMARK_RESULTS = recordType<BenchmarkResult[]>("benchmark's results");
export const PROMPT_SET = recordType<PromptSet>("prompt set");

/** A benchmark as clients see it. */
export function viewOf(record: BenchmarkRecord): Benchmark {
  const {
    profileId: _,
    ownerId: _owner,
    promptsHash: _hash,
    pages: _pages,
    isDeleted: _gone,
    targets,
    ...rest
  } = record;
  return {
    ...rest,
    ...sumsOf(record),
    targets: targets.map(({ tally, ...target }) => {
      return { ...target, done: tally.calls, summary: summaryOf(tally) };
    }),
  };
}

/** How far a benchmark is. */
export function progressOf(record: BenchmarkRecord): BenchmarkProgress {
  const { id, state, updatedAt } = record;
  return { id, state, updatedAt, ...sumsOf(record) };
}

/** Whether a process has it in hand. */
export function isUnderWay({ state }: Pick<Benchmark, "state">): boolean {
  return state === "running" || state === "waiting";
}

function sumsOf({ targets }: BenchmarkRecord): Pick<Benchmark, "done" | "total" | "failed"> {
  const sum = (of: (target: TargetRecord) => number) => targets.reduce((all, target) => all + of(target), 0);
  return {
    done: sum(({ tally }) => tally.calls),
    total: sum(({ total }) => total),
    failed: sum(({ tally }) => tally.calls - tally.complete),
  };
}
