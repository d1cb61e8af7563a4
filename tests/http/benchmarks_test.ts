import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type {
  Benchmark,
  BenchmarkEstimate,
  BenchmarkResults,
  Comparison,
  LeaderboardRow,
  NodeInfo,
  ProfileEvent,
  PromptSet,
  PromptSetInfo,
} from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import type { LedgerRow } from "../../lib/analytics/mod.ts";
import { BENCHMARK } from "../../lib/benchmarks/record.ts";
import { keys } from "../../lib/store/mod.ts";
import { fakeOllama, fakeOpenAI, type FakePrompt, type FakeServer, words } from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";

const BENCHMARKS = "/api/benchmarks";

/** A model that answers right but for what ends in an odd number. */
function calculator({ messages }: FakePrompt) {
  const [a, b] = [...(messages.at(-1)?.text ?? "").matchAll(/\d+/g)].map(Number);
  if (a === undefined || b === undefined) return { deltas: ["OK."] };
  return { deltas: words(`The answer is ${b % 2 === 0 ? a + b : a + b + 1}.`), firstTokenMs: 2, paceMs: 1 };
}

const sums = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    text: `What is 100 + ${i}?`,
    grader: { type: "number", answer: 100 + i },
  }));

interface World {
  app: TestApp;
  server: FakeServer;
  node: NodeInfo;
  set: PromptSet;
}

async function start(
  stack: AsyncDisposableStack,
  { prompts = 8, dataFolder = ":memory:", script = calculator }: {
    prompts?: number;
    dataFolder?: string;
    script?: FakeServer["script"];
  } = {},
): Promise<World> {
  const app = stack.use(await startApp({ dataFolder }));
  const server = stack.use(await fakeOpenAI({ models: ["m", "n"], script }));
  const spec = { name: "Rack", kind: "openai", baseUrl: `${server.url}/v1` };
  const node = await app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  const set = await app.json<PromptSet>(
    "POST",
    "/api/prompt-sets",
    { name: "Sums", prompts: sums(prompts) },
    201,
  );
  return { app, server, node, set };
}

const get = (app: TestApp, id: string) => app.json<Benchmark>("GET", `${BENCHMARKS}/${id}`);

async function until(app: TestApp, id: string, is: (benchmark: Benchmark) => boolean): Promise<Benchmark> {
  for (let i = 0; i < 500; i++) {
    const benchmark = await get(app, id);
    if (is(benchmark)) return benchmark;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`The benchmark stays as it is: ${JSON.stringify(await get(app, id))}`);
}

/** Waits until so many calls of models have come in whole. */
async function asked(server: FakeServer, calls: number): Promise<void> {
  const count = () => server.requests.filter(({ path }) => path === "/v1/chat/completions").length;
  await server.until(() => count() >= calls, 3_000);
}

const hasEnded = ({ state }: Benchmark) => state !== "running" && state !== "waiting";

async function ledger({ services }: TestApp, id: string): Promise<LedgerRow[]> {
  const rows = await services.ledger.latest(localPrincipal, 1_000);
  return rows.filter(({ source }) => source.type === "benchmark" && source.benchmarkId === id);
}

Deno.test("two models are measured: as many calls at once as wanted, each with a row in the ledger", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, set } = await start(stack);
  let most = 0;
  server.script = (prompt) => {
    most = Math.max(most, server.active);
    return calculator(prompt);
  };
  const body = { setId: set.id, targets: [{ model: "m" }, { model: "n" }], repetitions: 2, concurrency: 3 };
  const estimate = await app.json<BenchmarkEstimate>("POST", `${BENCHMARKS}/estimate`, body);
  assertEquals([estimate.calls, estimate.costNano, estimate.completionTokens], [32, 0, 32 * 512]);
  const headers = { "content-type": "application/json", "idempotency-key": "once" };
  const create = async () => {
    const response = await app.fetch(BENCHMARKS, { method: "POST", headers, body: JSON.stringify(body) });
    assertEquals(response.status, 202);
    return await response.json() as Benchmark;
  };
  const { id } = await create();
  assertEquals((await create()).id, id);
  const done = await until(app, id, hasEnded);
  assertEquals([done.state, done.done, done.total, done.failed], ["done", 32, 32, 0]);
  assertEquals(most, 3);
  const [m] = done.targets;
  assertEquals([m?.summary.accuracy?.share, m?.summary.success?.share], [0.5, 1]);
  assertEquals([m?.warmUps.length, m?.warmUps[0]?.wasLoaded], [1, null]);
  assert(m?.summary.firstToken.p50 && m.summary.tokensPerSecond && m.summary.throughput);
  assertEquals([m.summary.completionTokens, m.summary.estimated], [64, 0]);
  const rows = await ledger(app, id);
  // Two calls to warm up.
  assertEquals(rows.length, 34);
  const { results, count } = await app.json<BenchmarkResults>(
    "GET",
    `${BENCHMARKS}/${id}/results?target=1&kind=wrong&limit=3`,
  );
  assertEquals([count, results.length, results[0]?.model, results[0]?.isCorrect], [8, 3, "n", false]);
  assertStringIncludes(results[0]?.answer ?? "", "The answer is");
  const places = (await app.json<BenchmarkResults>("GET", `${BENCHMARKS}/${id}/results?limit=500`)).results;
  assertEquals(new Set(places.map((one) => `${one.target} ${one.prompt} ${one.repetition}`)).size, 32);
  const report = await app.json<{ total: { calls: number } }>(
    "GET",
    "/api/analytics/usage?dimension=source&value=benchmark",
  );
  assertEquals(report.total.calls, 34);
  const chat = server.requests.findLast(({ path }) => path === "/v1/chat/completions")?.body as {
    temperature: number;
    seed: number;
  };
  assertEquals([chat.temperature, chat.seed], [0, 1]);
});

Deno.test("a node that fails is counted as such, and a model that only fails is given up", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, set } = await start(stack, { prompts: 30 });
  server.script = (prompt) =>
    prompt.model === "n"
      ? { failure: { kind: "bad_request" } }
      : / 1\d\?/.test(prompt.messages.at(-1)?.text ?? "")
      ? { deltas: ["The "], interruption: { type: "cut", afterDeltas: 1 } }
      : calculator(prompt);
  const body = { setId: set.id, targets: [{ model: "m" }, { model: "n" }], concurrency: 1 };
  const { id } = await app.json<Benchmark>("POST", BENCHMARKS, body, 202);
  const { state, targets: [m, n] } = await until(app, id, hasEnded);
  // Ten failures in a row are enough.
  assertEquals([state, m?.done, m?.total, m?.givenUp?.code], ["done", 20, 30, "upstream"]);
  assertEquals(m?.summary.failed, 10);
  assertEquals([n?.done, n?.givenUp?.code], [10, "invalid_request"]);
  const { results } = await app.json<BenchmarkResults>(
    "GET",
    `${BENCHMARKS}/${id}/results?target=0&kind=failed`,
  );
  assertEquals([results.length, results[0]?.error?.code, results[0]?.isCorrect], [10, "upstream", null]);
});

Deno.test("a stop acts at once, what was counted stays, and what is missing can be made up for", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, set } = await start(stack, { prompts: 12 });
  server.script = (prompt) =>
    / 5\?| 6\?/.test(prompt.messages.at(-1)?.text ?? "")
      ? { deltas: ["…"], interruption: { type: "hang", afterDeltas: 1 } }
      : calculator(prompt);
  const body = { setId: set.id, targets: [{ model: "m" }], concurrency: 2 };
  const { id } = await app.json<Benchmark>("POST", BENCHMARKS, body, 202);
  await until(app, id, ({ done }) => done >= 5);
  // One to warm up, five that are answered, two that hang.
  await asked(server, 8);
  const gone = server.disconnects;
  const stopped = await app.json<Benchmark>("PATCH", `${BENCHMARKS}/${id}`, { state: "stopped" });
  assertEquals([stopped.state, stopped.done], ["stopped", 5]);
  await server.until(() => server.disconnects === gone + 2, 3_000);
  await app.json("PATCH", `${BENCHMARKS}/${id}`, { state: "stopped" }, 409);
  server.script = calculator;
  await app.json("PATCH", `${BENCHMARKS}/${id}`, { state: "running" });
  const done = await until(app, id, hasEnded);
  assertEquals([done.state, done.done, done.targets[0]?.warmUps.length], ["done", 12, 1]);
  await app.json("PATCH", `${BENCHMARKS}/${id}`, { state: "running" }, 409);
  // 12 that count, 2 that were cut off, 2 to warm up.
  assertEquals((await ledger(app, id)).length, 16);
  const again = await app.json<Benchmark>("POST", `${BENCHMARKS}/${id}/repeat`, undefined, 202);
  assertEquals((await until(app, again.id, hasEnded)).done, 12);
});

Deno.test("after the end of its process a benchmark is continued without repeating what was counted", async () => {
  const dataFolder = await Deno.makeTempDir();
  try {
    await using server = await fakeOpenAI({ models: ["m"], script: calculator });
    const answered: string[] = [];
    let isSlow = true;
    server.script = (prompt) => {
      const text = prompt.messages.at(-1)?.text ?? "";
      if (isSlow && answered.length >= 30) {
        return { deltas: ["…"], interruption: { type: "hang", afterDeltas: 1 } };
      }
      if (text.startsWith("What")) answered.push(text);
      return calculator(prompt);
    };
    let id = "";
    {
      await using app = await startApp({ dataFolder });
      const spec = { name: "Rack", kind: "openai", baseUrl: `${server.url}/v1` };
      await app.json("POST", "/api/nodes", spec, 201);
      await app.services.nodes.catalog.refresh(localPrincipal);
      const set = await app.json<PromptSet>(
        "POST",
        "/api/prompt-sets",
        { name: "S", prompts: sums(50) },
        201,
      );
      const body = { setId: set.id, targets: [{ model: "m" }], concurrency: 4 };
      id = (await app.json<Benchmark>("POST", BENCHMARKS, body, 202)).id;
      await until(app, id, ({ done }) => done === 30);
      // One to warm up, and four that hang.
      await asked(server, 35);
      await app.json("DELETE", `/api/prompt-sets/${set.id}`, undefined, 204);
    }
    isSlow = false;
    await using app = await startApp({ dataFolder });
    const cut = await get(app, id);
    assertEquals([cut.state, cut.done], ["interrupted", 30]);
    // As a process leaves it that was killed.
    const { store, benchmarks } = app.services;
    const stored = await store.get(BENCHMARK, keys.benchmark("local", id));
    assert(stored);
    await using transaction = store.transaction();
    await transaction.set(BENCHMARK, stored.key, { ...stored.value, state: "running", ownerId: "killed" });
    await transaction.commit();
    await benchmarks.start();
    assertEquals([(await get(app, id)).state, (await get(app, id)).done], ["interrupted", 30]);
    await app.services.nodes.catalog.refresh(localPrincipal);
    await app.json("PATCH", `${BENCHMARKS}/${id}`, { state: "running" });
    const done = await until(app, id, hasEnded);
    assertEquals([done.state, done.done, done.targets[0]?.summary.accuracy?.share], ["done", 50, 0.5]);
    assertEquals([answered.length, new Set(answered).size], [50, 50]);
  } finally {
    await Deno.remove(dataFolder, { recursive: true });
  }
});

Deno.test("one benchmark at a time has a node, and deleting what runs stops it", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, set } = await start(stack, { prompts: 2 });
  const other = stack.use(await fakeOpenAI({ models: ["far"], script: calculator }));
  await app.json("POST", "/api/nodes", { name: "Far", kind: "openai", baseUrl: `${other.url}/v1` }, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  server.script = { deltas: ["…"], interruption: { type: "hang", afterDeltas: 1 } };
  const begin = async (model: string) =>
    (await app.json<Benchmark>("POST", BENCHMARKS, { setId: set.id, targets: [{ model }] }, 202)).id;
  const first = await begin("m");
  await asked(server, 1);
  const second = await begin("n");
  const third = await begin("far");
  assertEquals((await until(app, third, hasEnded)).state, "done");
  assertEquals([(await get(app, first)).state, (await get(app, second)).state], ["running", "waiting"]);
  server.script = calculator;
  await app.json("DELETE", `${BENCHMARKS}/${first}`, undefined, 204);
  await app.json("GET", `${BENCHMARKS}/${first}`, undefined, 404);
  assertEquals((await until(app, second, hasEnded)).state, "done");
  const { store } = app.services;
  const left = await Array.fromAsync(store.kv.list({ prefix: ["benchmark_results", "local", first] }));
  assertEquals(left, []);
});

Deno.test("the node tells what a model takes, the leaderboard what is best, and any two are compared", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, set } = await start(stack, { prompts: 10 });
  const models = [{ name: "llama3.2:latest", capabilities: ["completion"], loaded: true }];
  const ollama = stack.use(await fakeOllama({ models, script: calculator }));
  const spec = { name: "Desk", kind: "ollama", baseUrl: ollama.url };
  const desk = await app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  const heard: ProfileEvent[] = [];
  const leave = new AbortController();
  const listening = (async () => {
    for await (const events of app.services.feed.subscribe("local", leave.signal)) heard.push(...events);
  })();
  const targets = [{ model: "llama3.2:latest", nodeId: desk.id }, { model: "m" }];
  const { id } = await app.json<Benchmark>("POST", BENCHMARKS, { setId: set.id, targets }, 202);
  const { targets: [llama] } = await until(app, id, hasEnded);
  leave.abort();
  await listening;
  assertEquals([llama?.nodeName, llama?.warmUps[0]?.wasLoaded], ["Desk", true]);
  assertEquals([llama?.memory[0]?.origin, llama?.memory[0]?.bytes], ["node", 6_591_830_464]);
  const states = heard.flatMap((event) => event.type === "benchmark:changed" ? [event.benchmark.state] : []);
  assertEquals([states[0], states.at(-1)], ["waiting", "done"]);
  const { rows } = await app.json<{ rows: LeaderboardRow[] }>("GET", `${BENCHMARKS}/leaderboard?of=best`);
  assertEquals(rows.map(({ model, setName }) => [model, setName]), [["llama3.2:latest", "Sums"], [
    "m",
    "Sums",
  ]]);
  const comparison = await app.json<Comparison>("GET", `${BENCHMARKS}/compare?a=${id}.0&b=${id}.1`);
  assertEquals([comparison.hasSamePrompts, comparison.differences.accuracy?.value], [true, 0]);
  assert(comparison.differences.firstToken);
  const csv = await (await app.fetch(`${BENCHMARKS}/${id}/export`)).text();
  assertEquals(csv.trim().split("\r\n").length, 21);
  const whole = await app.json<{ results: unknown[]; prompts: unknown[] }>(
    "GET",
    `${BENCHMARKS}/${id}/export?format=json`,
  );
  assertEquals([whole.results.length, whole.prompts.length], [20, 10]);
});

Deno.test("what is wrong is refused, and keys may look only", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, set, node } = await start(stack);
  const targets = [{ model: "m" }];
  const setId = set.id;
  const cases: [string, string, unknown, number][] = [
    ["POST", BENCHMARKS, { setId: "nobody", targets }, 404],
    ["POST", BENCHMARKS, { setId, targets: [] }, 400],
    ["POST", BENCHMARKS, { setId, targets: [{ model: "m" }, { model: "m" }] }, 400],
    ["POST", BENCHMARKS, { setId, targets: [{ model: "nobody" }] }, 404],
    ["POST", BENCHMARKS, { setId, targets: [{ model: "sketch", nodeId: node.id }] }, 404],
    ["POST", BENCHMARKS, { setId, targets, concurrency: 100 }, 400],
    ["POST", BENCHMARKS, { setId, targets, repetitions: 1.5 }, 400],
    ["GET", `${BENCHMARKS}/nobody`, undefined, 404],
    ["GET", `${BENCHMARKS}/nobody/results`, undefined, 404],
    ["GET", `${BENCHMARKS}/compare?a=x&b=${"y".repeat(300)}`, undefined, 400],
    ["GET", `${BENCHMARKS}/compare?a=x&b=y`, undefined, 404],
    ["PATCH", `${BENCHMARKS}/nobody`, { state: "done" }, 400],
    ["POST", "/api/prompt-sets", { name: "a", prompts: [] }, 400],
    ["POST", "/api/prompt-sets/import", { name: "a", text: "question\nb" }, 400],
    ["PUT", "/api/prompt-sets/facts", { name: "a", prompts: [{ text: "b" }] }, 403],
    ["DELETE", "/api/prompt-sets/facts", undefined, 403],
    ["DELETE", "/api/prompt-sets/nobody", undefined, 404],
  ];
  for (const [method, path, body, status] of cases) await app.json(method, path, body, status);
  const imported = await app.json<PromptSet>(
    "POST",
    "/api/prompt-sets/import",
    { name: "Mine", text: "prompt,grader,answer\n1+1?,number,2" },
    201,
  );
  assertEquals(imported.prompts[0]?.grader, { type: "number", answer: 2 });
  const { sets } = await app.json<{ sets: PromptSetInfo[] }>("GET", "/api/prompt-sets");
  assertEquals(sets.filter(({ origin }) => origin === "own").map(({ name }) => name), ["Mine", "Sums"]);
  const key = { name: "Reader", scopes: ["models"] };
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", key, 201);
  const status = async (method: string, path: string, body?: unknown) => {
    const response = await app.fetch(path, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await status("GET", BENCHMARKS), 200);
  assertEquals(await status("POST", BENCHMARKS, { setId, targets }), 403);
  assertEquals(await status("POST", "/api/prompt-sets", { name: "a", prompts: [{ text: "b" }] }), 403);
  const { features } = testConfig();
  await using without = await startApp({ features: { ...features, models: false } });
  for (const path of [BENCHMARKS, "/api/prompt-sets"]) await without.json("GET", path, undefined, 404);
});

Deno.test("the pages work without a script: a form begins, buttons stop and go on, sets come and go", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, set } = await start(stack, { prompts: 3 });
  const PAGES = "/models/benchmarks";
  const html = async (path: string, status = 200) => {
    const response = await app.fetch(path);
    const text = await response.text();
    assertEquals(response.status, status, path);
    return text;
  };
  const post = async (path: string, fields: [string, string][] | FormData) => {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const response = await app.fetch(path, { method: "POST", body });
    return {
      status: response.status,
      to: response.headers.get("location") ?? "",
      text: await response.text(),
    };
  };
  assertStringIncludes(await html(PAGES), "No benchmark yet");
  assertStringIncludes(
    await html(`${PAGES}/new?target=${encodeURIComponent("model=m")}`),
    'value="model=m" checked',
  );
  const fields: [string, string][] = [["set", set.id], ["target", "model=m"], ["target", "model=n"], [
    "request",
    "r",
  ]];
  const estimate = await post(`${PAGES}/new`, [...fields, ["intent", "estimate"]]);
  assertStringIncludes(estimate.text, "6 calls, about");
  assertEquals((await post(`${PAGES}/new`, [["set", set.id]])).status, 400);
  server.script = { deltas: ["…"], interruption: { type: "hang", afterDeltas: 1 } };
  const begun = await post(`${PAGES}/new`, fields);
  assertEquals([begun.status, (await post(`${PAGES}/new`, fields)).to], [303, begun.to]);
  await asked(server, 1);
  assertStringIncludes(await html(begun.to), 'value="stop"');
  assertEquals((await post(begun.to, [["intent", "stop"]])).status, 303);
  assertEquals((await post(begun.to, [["intent", "stop"]])).status, 409);
  assertStringIncludes(await html(begun.to), "Stopped");
  server.script = calculator;
  assertEquals((await post(begun.to, [["intent", "continue"]])).to, begun.to);
  const id = begun.to.split("/").at(-1) ?? "";
  await until(app, id, hasEnded);
  const calls = await html(`${begun.to}?target=1&kind=correct`);
  assertStringIncludes(calls, "What is 100 + 0?");
  assertEquals(calls.includes("What is 100 + 1?"), false);
  assertStringIncludes(await html(`${PAGES}?sort=speed&set=${set.id}`), 'aria-sort="descending"');
  assertStringIncludes(await html(`${PAGES}/compare?a=${id}.0&b=${id}.1`), "no clear difference");
  assertStringIncludes(await html(`${PAGES}/compare?a=${id}.0&b=nobody`, 404), "There is no such benchmark");
  await html(`${PAGES}/nobody`, 404);
  await html(`${PAGES}/${"x".repeat(3_000)}`, 404);
  const form = new FormData();
  form.set("name", "From a file");
  form.set("file", new File(["prompt\nHello"], "a.csv", { type: "text/csv" }));
  const kept = await post(`${PAGES}/sets`, form);
  assertStringIncludes(await html(kept.to.split("#")[0] ?? ""), "Hello");
  form.set("file", new File(["question\nHello"], "a.csv"));
  assertEquals((await post(`${PAGES}/sets`, form)).status, 400);
  const own = new URLSearchParams(kept.to.split("?")[1]?.split("#")[0]).get("set") ?? "";
  assertEquals((await post(`${PAGES}/sets`, [["intent", "delete"], ["id", own]])).status, 303);
  assertEquals((await post(`${PAGES}/sets`, [["intent", "delete"], ["id", own]])).status, 404);
  const [, request = ""] = (await html(begun.to)).match(/name="request" value="(\w+)"/) ?? [];
  const again = await post(begun.to, [["intent", "repeat"], ["request", request]]);
  assertEquals((await post(begun.to, [["intent", "repeat"], ["request", request]])).to, again.to);
  assertEquals((await app.services.benchmarks.list(localPrincipal)).length, 2);
  await until(app, again.to.split("/").at(-1) ?? "", hasEnded);
  assertEquals((await post(begun.to, [["intent", "delete"]])).to, PAGES);
});
