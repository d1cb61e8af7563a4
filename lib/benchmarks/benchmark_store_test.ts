import { assertEquals, assertRejects } from "@std/assert";
import { newId } from "../shared/mod.ts";
import { openStore, recordType, type Store } from "../store/mod.ts";
import { BenchmarkStore } from "./benchmark_store.ts";
import { Results } from "./results.ts";
import { LostBenchmark } from "./run/result_book.ts";
import { emptyTally } from "./summary/tally.ts";
import { exampleResult, keptBenchmark } from "./testing.ts";

async function keysIn(store: Store): Promise<string[]> {
  const entries = await Array.fromAsync(store.kv.list({ prefix: [] }));
  return entries.map(({ key }) => key.join("/")).filter((key) => key.includes("benchmark"));
}

Deno.test("a benchmark that was kept under a profile is found with its prompts and results", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const id = newId();
    const tally = { ...emptyTally(), calls: 2, complete: 2, graded: 2, correct: 1 };
    const record = {
      id,
      profileId: "local",
      ownerId: "an older process",
      name: "Before",
      promptsHash: "",
      targets: [{ model: "m", total: 2, warmUps: [], memory: [], tally }],
      pages: 1,
      state: "done",
    };
    const results = [exampleResult(1), exampleResult(2)].map((one) => ({ ...one, target: 0, prompt: 0 }));
    await using transaction = store.transaction();
    await transaction.set(recordType<unknown>("benchmark"), ["benchmark", "local", id], record);
    await transaction.set(recordType<unknown>("benchmark's prompts"), ["benchmark_prompts", "local", id], [{
      text: "Say it",
    }]);
    const page = ["benchmark_results", "local", id, 0];
    await transaction.set(recordType<unknown>("benchmark's results"), page, results);
    await transaction.commit();
    const { value } = await new BenchmarkStore(store).get(id);
    const answers = await new Results(store).list(value, {});
    assertEquals([value.name, answers.count, answers.results.length], ["Before", 2, 2]);
  } finally {
    store.close();
  }
});

Deno.test("a deletion that is cut off is out of sight at once and finished at the next start", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const [id, other] = [newId(), newId()];
    const book = await keptBenchmark(store, id);
    await keptBenchmark(store, other);
    // Long answers, so that a page is kept as a blob.
    for (let i = 0; i < 30; i++) {
      await book.add({ ...exampleResult(i), answer: crypto.randomUUID().repeat(200) }, 1);
    }
    const deleteBelow = store.deleteBelow.bind(store);
    store.deleteBelow = () => Promise.reject(new Error("killed"));
    const records = new BenchmarkStore(store);
    await assertRejects(() => records.delete(id), Error, "killed");
    assertEquals((await records.list()).map(({ value }) => value.id), [other]);
    assertEquals(await records.find(id), null);
    await assertRejects(() => book.add(exampleResult(99), 1), LostBenchmark);
    store.deleteBelow = deleteBelow;
    const started = new BenchmarkStore(store);
    await started.finishDeletions();
    assertEquals(await keysIn(store), [started.keyOf(other).join("/")]);
  } finally {
    store.close();
  }
});
