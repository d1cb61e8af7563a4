import { assertEquals } from "@std/assert";
import type { Benchmark, BenchmarkSummary, LeaderboardRow } from "../../shared/mod.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { benchmarkOf, targetOf, targetValue } from "./benchmark_form.ts";
import { leaderboardFilterOf, queryOfLeaderboard, shownRows } from "./leaderboard_order.ts";
import { LiveBenchmarks } from "./live_benchmarks.ts";

const share = (value: number) => ({ share: value, low: 0, high: 1, n: 10 });
const row = (model: string, setId: string, accuracy: number | null, p50: number | null): LeaderboardRow => ({
  benchmarkId: "b",
  target: 0,
  model,
  setId,
  setName: setId,
  at: 1,
  memoryBytes: null,
  summary: {
    accuracy: accuracy === null ? null : share(accuracy),
    firstToken: { p50, p90: null, p99: null, mean: null },
  } as BenchmarkSummary,
});
const ROWS = [row("a", "x", 0.5, 20), row("b", "y", null, 10), row("c", "x", 0.9, null)];
const shown = (query: string) =>
  shownRows(ROWS, leaderboardFilterOf(new URLSearchParams(query))).map(({ model }) => model).join("");

Deno.test("the leaderboard has the best first, whatever that is, and what lacks the figure last", () => {
  assertEquals(shown(""), "cab");
  assertEquals(shown("order=reversed"), "acb");
  assertEquals(shown("sort=firstToken"), "bac");
  assertEquals(shown("set=x&q=A"), "a");
  assertEquals(shown("sort=colour&of=none"), "cab");
  const address = "q=a&set=x&of=best&sort=speed&order=reversed";
  assertEquals(`${queryOfLeaderboard(leaderboardFilterOf(new URLSearchParams(address)))}`, address);
});

Deno.test("a form is read: models with their nodes, and numbers where there are some", () => {
  const target = { model: "a&b=c:7b", nodeId: "n 1" };
  assertEquals([targetOf(targetValue(target)), targetOf(targetValue({ model: "m" }))], [target, {
    model: "m",
  }]);
  const form = new URLSearchParams([
    ["set", "s"],
    ["target", targetValue(target)],
    ["repetitions", " 3 "],
    [
      "concurrency",
      "",
    ],
    ["seed", ""],
    ["name", " "],
  ]);
  assertEquals(benchmarkOf(form), { setId: "s", targets: [target], seed: null, repetitions: 3 });
});

const benchmark = (done: number, updatedAt = done) => ({ id: "b", name: "B", done, updatedAt }) as Benchmark;
const told = (done: number) => ({
  type: "benchmark:changed" as const,
  benchmark: { id: "b", state: "running" as const, done, total: 9, failed: 0, updatedAt: done },
});

Deno.test("progress is shown at once and the figures are fetched at most once a second", async () => {
  const clock = new FakeClock();
  let loads = 0;
  const live = new LiveBenchmarks({
    benchmarks: [benchmark(0)],
    clock,
    load: () => Promise.resolve([benchmark(++loads * 10)]),
    onError: () => {},
  });
  live.receive(told(1));
  assertEquals([live.list.value[0]?.done, loads], [1, 0]);
  await clock.tick(0);
  assertEquals([live.list.value[0]?.done, loads], [10, 1]);
  // Older than what is shown.
  live.receive(told(2));
  assertEquals(live.list.value[0]?.done, 10);
  for (let i = 0; i < 5; i++) {
    await clock.tick(100);
    live.receive(told(11 + i));
  }
  assertEquals(loads, 1);
  await clock.tick(1_000);
  assertEquals(loads, 2);
  live.receive({ type: "benchmark:removed", benchmarkId: "b" });
  assertEquals(live.list.value, []);
  live.stop();
  assertEquals(clock.waiting, 0);
});
