import type {
  BenchmarkPrompt,
  BenchmarkResult,
  BenchmarkResults,
  BenchmarkResultView,
  ResultKind,
} from "../shared/mod.ts";
import { csvCell } from "../analytics/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { expectedOf } from "./graders/grade.ts";
import {
  BENCHMARK_PROMPTS,
  BENCHMARK_RESULTS,
  type BenchmarkRecord,
  PAGE_RESULTS,
  viewOf as benchmarkOf,
} from "./record.ts";
import type { Tally } from "./summary/tally.ts";

const PROMPT_MAX_CHARS = 600;
/** Pages that are read at once: with whole answers, each may be as long as a value can be. */
const READ_PAGES = 5;

/** Which results are wanted. */
export interface ResultsQuery {
  /** Of one model only. */
  target?: number;
  kind?: ResultKind;
  offset?: number;
  limit?: number;
}

/** Reads what a benchmark has counted. */
export class Results {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** All results in the order of their ends, page by page, or those from a page on. */
  async *all(
    { profileId, id }: Pick<BenchmarkRecord, "profileId" | "id">,
    fromPage = 0,
  ): AsyncGenerator<BenchmarkResult> {
    const prefix = keys.allBenchmarkResults(profileId, id);
    const selector = { prefix, start: keys.benchmarkResults(profileId, id, fromPage) };
    for await (const { value } of this.#store.list(BENCHMARK_RESULTS, selector, { batchSize: READ_PAGES })) {
      yield* value;
    }
  }

  /** The prompts as they were when the benchmark was made. */
  async prompts({ profileId, id }: Pick<BenchmarkRecord, "profileId" | "id">): Promise<BenchmarkPrompt[]> {
    return (await this.#store.get(BENCHMARK_PROMPTS, keys.benchmarkPrompts(profileId, id)))?.value ?? [];
  }

  /**
   * Some of the results with their prompts, and how many there are of the kind. Of all results the pages that are wanted are
   * read; of a kind, those up to the last that is wanted. How many there are is counted already.
   */
  async list(record: BenchmarkRecord, query: ResultsQuery): Promise<BenchmarkResults> {
    const { target, kind = "all", offset = 0, limit = 50 } = query;
    const count = countOf(record, target, kind);
    const wanted = Math.min(limit, count - offset);
    const results: BenchmarkResultView[] = [];
    if (wanted <= 0) return { results, count };
    const prompts = await this.prompts(record);
    // All pages but the last are full.
    const isAny = kind === "all" && target === undefined;
    const firstPage = isAny ? Math.floor(offset / PAGE_RESULTS) : 0;
    let left = offset - firstPage * PAGE_RESULTS;
    for await (const result of this.all(record, firstPage)) {
      if ((target !== undefined && result.target !== target) || !isOf(result, kind)) continue;
      if (left-- > 0) continue;
      results.push(viewOf(record, prompts, result));
      if (results.length === wanted) break;
    }
    return { results, count };
  }

  /** All results as CSV (RFC 4180), with a heading. */
  async *csv(record: BenchmarkRecord): AsyncGenerator<string> {
    yield `${COLUMNS.map(([name]) => name).join(",")}\r\n`;
    const prompts = await this.prompts(record);
    for await (const result of this.all(record)) {
      const view = viewOf(record, prompts, result);
      yield `${COLUMNS.map(([, value]) => csvCell(value(view))).join(",")}\r\n`;
    }
  }

  /** The benchmark with its prompts and all results as JSON. */
  async *json(record: BenchmarkRecord): AsyncGenerator<string> {
    const prompts = await this.prompts(record);
    const head = JSON.stringify({
      format: "freshet-benchmark",
      version: 1,
      benchmark: benchmarkOf(record),
      prompts,
    });
    yield `${head.slice(0, -1)},"results":[`;
    let separator = "\n";
    for await (const result of this.all(record)) {
      yield separator + JSON.stringify(result);
      separator = ",\n";
    }
    yield "\n]}\n";
  }
}

/** How many results there are of a kind, of one model or of all. */
function countOf({ targets }: BenchmarkRecord, target: number | undefined, kind: ResultKind): number {
  return targets.filter((_, i) => target === undefined || i === target)
    .reduce((sum, { tally }) => sum + COUNTS[kind](tally), 0);
}

const COUNTS: Readonly<Record<ResultKind, (tally: Tally) => number>> = {
  all: ({ calls }) => calls,
  failed: ({ calls, complete }) => calls - complete,
  correct: ({ correct }) => correct,
  wrong: ({ graded, correct }) => graded - correct,
};

/** The columns of a CSV, in their order. */
const COLUMNS: readonly (readonly [
  name: string,
  value: (result: BenchmarkResultView) => string | number | undefined,
])[] = [
  ["at", ({ at }) => new Date(at).toISOString()],
  ["model", ({ model }) => model],
  ["node", ({ nodeName }) => nodeName],
  ["prompt_number", ({ prompt }) => prompt + 1],
  ["repetition", ({ repetition }) => repetition + 1],
  ["outcome", ({ error }) => error ? "failed" : "complete"],
  ["error", ({ error }) => error?.code],
  ["error_message", ({ error }) => error?.message],
  ["correct", ({ isCorrect }) => isCorrect === null ? undefined : String(isCorrect)],
  ["waited_ms", ({ waitedMs }) => waitedMs],
  ["first_token_ms", ({ firstTokenMs }) => firstTokenMs ?? undefined],
  ["duration_ms", ({ durationMs }) => durationMs],
  ["tokens_per_second", ({ tokensPerSecond }) => tokensPerSecond ?? undefined],
  ["prompt_tokens", ({ promptTokens }) => promptTokens],
  ["completion_tokens", ({ completionTokens }) => completionTokens],
  ["estimated", ({ isEstimated }) => String(isEstimated)],
  ["finish_reason", ({ finishReason }) => finishReason],
  ["prompt", ({ promptText }) => promptText],
  ["expected", ({ expected }) => expected ?? undefined],
  ["answer", ({ answer }) => answer],
];

function isOf({ error, isCorrect }: BenchmarkResult, kind: ResultKind): boolean {
  switch (kind) {
    case "all":
      return true;
    case "failed":
      return error !== undefined;
    case "correct":
      return isCorrect === true;
    case "wrong":
      return isCorrect === false;
  }
}

function viewOf(
  { targets }: BenchmarkRecord,
  prompts: readonly BenchmarkPrompt[],
  result: BenchmarkResult,
): BenchmarkResultView {
  const { text = "", grader } = prompts[result.prompt] ?? {};
  const isLong = text.length > PROMPT_MAX_CHARS;
  return {
    ...result,
    model: targets[result.target]?.model ?? "",
    // The question of a long prompt stands at its end.
    promptText: isLong
      ? `${text.slice(0, PROMPT_MAX_CHARS / 2)} … ${text.slice(-PROMPT_MAX_CHARS / 2)}`
      : text,
    expected: grader ? expectedOf(grader) : null,
  };
}
