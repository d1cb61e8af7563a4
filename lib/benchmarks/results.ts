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
import { BENCHMARK_PROMPTS, BENCHMARK_RESULTS, type BenchmarkRecord } from "./record.ts";

const PROMPT_MAX_CHARS = 600;

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

  /** All results in the order of their ends, page by page. */
  async *all({ profileId, id }: Pick<BenchmarkRecord, "profileId" | "id">): AsyncGenerator<BenchmarkResult> {
    const selector = { prefix: keys.allBenchmarkResults(profileId, id) };
    for await (const { value } of this.#store.list(BENCHMARK_RESULTS, selector, { batchSize: 20 })) {
      yield* value;
    }
  }

  /** The prompts as they were when the benchmark was made. */
  async prompts({ profileId, id }: Pick<BenchmarkRecord, "profileId" | "id">): Promise<BenchmarkPrompt[]> {
    return (await this.#store.get(BENCHMARK_PROMPTS, keys.benchmarkPrompts(profileId, id)))?.value ?? [];
  }

  /** Some of the results with their prompts, and how many there are of the kind. */
  async list(record: BenchmarkRecord, query: ResultsQuery): Promise<BenchmarkResults> {
    const { target, kind = "all", offset = 0, limit = 50 } = query;
    const prompts = await this.prompts(record);
    const results: BenchmarkResultView[] = [];
    let count = 0;
    for await (const result of this.all(record)) {
      if ((target !== undefined && result.target !== target) || !isOf(result, kind)) continue;
      if (count >= offset && results.length < limit) results.push(viewOf(record, prompts, result));
      count++;
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
}

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
