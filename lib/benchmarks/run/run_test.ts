import { assert, assertEquals, assertRejects } from "@std/assert";
import type { BenchmarkResult } from "../../shared/mod.ts";
import { keys, openStore, type Store } from "../../store/mod.ts";
import { BENCHMARK, BENCHMARK_RESULTS, type BenchmarkRecord, PAGE_RESULTS } from "../record.ts";
import { emptyTally } from "../summary/tally.ts";
import { speedOf } from "./measured_call.ts";
import { NodeTurns } from "./node_turns.ts";
import { doneCalls, missingCalls } from "./plan.ts";
import { LostBenchmark, ResultBook } from "./result_book.ts";
import { processMemory } from "./target_nodes.ts";

const result = (prompt: number, more: Partial<BenchmarkResult> = {}): BenchmarkResult => ({
  target: 0,
  prompt,
  repetition: 0,
  at: 0,
  nodeName: "n",
  waitedMs: 0,
  firstTokenMs: 1,
  durationMs: 2,
  promptTokens: 3,
  completionTokens: 4,
  isEstimated: false,
  tokensPerSecond: null,
  answer: "x".repeat(2_000),
  isCorrect: null,
  ...more,
});

Deno.test("all prompts come once before any comes again, and what is done is left out", () => {
  const done = doneCalls([result(1), result(0, { repetition: 1 }), result(2, { target: 1 })], 2);
  const calls = [...missingCalls({ prompts: 3, repetitions: 2 }, done[0] ?? new Set())];
  assertEquals(calls.map(({ prompt, repetition }) => `${repetition}.${prompt}`), [
    "0.0",
    "0.2",
    "1.1",
    "1.2",
  ]);
  assertEquals([...missingCalls({ prompts: 3, repetitions: 1 }, done[1] ?? new Set())].length, 2);
});

Deno.test("tokens a second are of the time after the first token", () => {
  assertEquals([speedOf(101, 2_000), speedOf(1, 500), speedOf(50, 0)], [50, null, null]);
});

Deno.test("one at a time has a node, in the order in which they came, and who leaves holds up nobody", async () => {
  const turns = new NodeTurns();
  const { signal } = new AbortController();
  const log: string[] = [];
  const first = await turns.take(["a", "b"], signal);
  const leave = new AbortController();
  const second = turns.take(["b", "c"], leave.signal).catch(() => log.push("second left"));
  const third = turns.take(["c"], signal).then((release) => (log.push("third"), release));
  const fourth = turns.take(["d"], signal).then((release) => (log.push("fourth"), release));
  (await fourth)();
  // The second one came before the third and wants c too.
  assertEquals([log, turns.isTaken(["c"]), turns.isTaken(["d"])], [["fourth"], true, false]);
  leave.abort();
  await second;
  (await third)();
  assertEquals(log.toSorted(), ["fourth", "second left", "third"]);
  first();
  first();
  assertEquals(turns.isTaken(["a", "b", "c"]), false);
  await assertRejects(() => turns.take(["a"], leave.signal), DOMException);
});

async function withBook(test: (world: { store: Store; book: ResultBook }) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  try {
    const record: BenchmarkRecord = {
      id: "b",
      profileId: "p",
      ownerId: "o",
      name: "",
      setId: "s",
      setName: "s",
      promptsHash: "",
      parameters: { repetitions: 1, concurrency: 1, temperature: 0, maxTokens: 1, seed: null },
      state: "running",
      targets: [{ model: "m", total: 100, warmUps: [], memory: [], tally: emptyTally() }],
      pages: 0,
      createdAt: 0,
      updatedAt: 0,
    };
    await using transaction = store.transaction();
    await transaction.set(BENCHMARK, keys.benchmark("p", "b"), record);
    const committed = await transaction.commit();
    assert(committed.ok);
    const { versionstamp } = committed;
    await test({ store, book: new ResultBook({ store, now: () => 1, record, versionstamp, lastPage: [] }) });
  } finally {
    store.close();
  }
}

Deno.test("results that come together share commits and pages, and none is lost", async () => {
  await withBook(async ({ store, book }) => {
    let commits = 0;
    const transaction = store.transaction.bind(store);
    store.transaction = () => (commits++, transaction());
    await Promise.all(Array.from({ length: 50 }, (_, i) => book.add(result(i), i)));
    assert(commits <= 3, `${commits} commits`);
    for (let i = 50; i < 55; i++) await book.add(result(i), i);
    const pages = await Array.fromAsync(
      store.list(BENCHMARK_RESULTS, { prefix: keys.allBenchmarkResults("p", "b") }),
    );
    assertEquals(pages.map(({ value }) => value.length), [PAGE_RESULTS, PAGE_RESULTS, 15]);
    assertEquals(
      pages.flatMap(({ value }) => value.map(({ prompt }) => prompt)),
      Array.from({ length: 55 }, (_, i) => i),
    );
    const kept = (await store.get(BENCHMARK, keys.benchmark("p", "b")))?.value;
    assertEquals([kept?.targets[0]?.tally.calls, kept?.targets[0]?.tally.measuredMs, kept?.pages], [
      55,
      54,
      3,
    ]);
  });
});

Deno.test("who lost the benchmark to another writes nothing more", async () => {
  await withBook(async ({ store, book }) => {
    await book.add(result(0), 1);
    await using transaction = store.transaction();
    await transaction.set(BENCHMARK, keys.benchmark("p", "b"), { ...book.record, state: "stopped" });
    await transaction.commit();
    await assertRejects(() => book.add(result(1), 2), LostBenchmark);
    await assertRejects(() => book.change((record) => record), LostBenchmark);
    const pages = await Array.fromAsync(
      store.list(BENCHMARK_RESULTS, { prefix: keys.allBenchmarkResults("p", "b") }),
    );
    assertEquals(pages.map(({ value }) => value.length), [1]);
  });
});

Deno.test("the memory of processes is told where it is clear whose it is", () => {
  const process = (server: string, memory: number) => ({
    pid: 1,
    server,
    command: "",
    cpu: 0,
    memory,
    elapsed: "",
  });
  const seen = processMemory("Rack", [
    process("llama.cpp", 2),
    process("llama.cpp", 3),
    process("Ollama", 9),
  ]);
  assertEquals([seen?.bytes, seen?.server, seen?.origin], [5, "llama.cpp", "process"]);
  assertEquals(processMemory("Rack", [process("llama.cpp", 2), process("vLLM", 3)]), null);
  assertEquals(processMemory("Rack", null), null);
});
