import type { BenchmarkResult } from "../shared/mod.ts";
import { HOUSE_PROFILE } from "../shared/mod.ts";
import type { Store } from "../store/mod.ts";
import { BENCHMARK, type BenchmarkRecord } from "./record.ts";
import { ResultBook } from "./run/result_book.ts";
import { emptyTally } from "./summary/tally.ts";
import { BenchmarkStore } from "./benchmark_store.ts";

/** A benchmark of two models in the store, and the book that its results are written into. */
export async function keptBenchmark(store: Store, id: string): Promise<ResultBook> {
  const target = () => ({ total: 100, warmUps: [], memory: [], tally: emptyTally() });
  const record: BenchmarkRecord = {
    id,
    profileId: HOUSE_PROFILE,
    ownerId: "o",
    name: "",
    setId: "s",
    setName: "s",
    promptsHash: "",
    parameters: { repetitions: 1, concurrency: 1, temperature: 0, maxTokens: 1, seed: null },
    state: "running",
    targets: [{ model: "m", ...target() }, { model: "n", ...target() }],
    pages: 0,
    createdAt: 0,
    updatedAt: 0,
  };
  await using transaction = store.transaction();
  await transaction.set(BENCHMARK, new BenchmarkStore(store).keyOf(id), record);
  const committed = await transaction.commit();
  if (!committed.ok) throw new Error("Cannot keep the benchmark of a test");
  const { versionstamp } = committed;
  return new ResultBook({ store, now: () => 1, record, versionstamp, lastPage: [] });
}

/** A result of a call: every third failed, every fourth is wrong. */
export function exampleResult(n: number): BenchmarkResult {
  const hasFailed = n % 3 === 0;
  return {
    target: n % 5 === 0 ? 1 : 0,
    prompt: n,
    repetition: 0,
    nodeName: "Rack",
    at: n,
    waitedMs: 0,
    firstTokenMs: hasFailed ? null : 1,
    durationMs: 1,
    tokensPerSecond: null,
    promptTokens: 1,
    completionTokens: 1,
    isEstimated: false,
    finishReason: "stop",
    answer: "",
    isCorrect: hasFailed ? null : n % 4 !== 0,
    ...(hasFailed ? { error: { code: "upstream" as const, message: "failed" } } : {}),
  };
}
