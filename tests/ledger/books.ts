import { assert, assertEquals } from "@std/assert";
import type {
  Chat,
  NodeInfo,
  PriceTable,
  RunSnapshot,
  StartedRun,
  UsagePart,
  UsageReport,
} from "../../lib/shared/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import type { LedgerRow } from "../../lib/analytics/mod.ts";
import { type FakeAnswer, fakeOpenAI, type FakePrompt, type FakeServer } from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";
import { seededRandom } from "../random.ts";

/** What becomes of a call: `retry` fails at the first node, `abort` is left by its caller. */
const FATES = ["ok", "retry", "fail", "abort"] as const;
type Fate = (typeof FATES)[number];

/** How a call comes in. */
const WAYS = ["chat", "studio", "benchmark", "v1", "v1 stream"] as const;
type Way = (typeof WAYS)[number];

const PRICE = { input: 3, output: 7, cachedInput: 1 };

/** What the fakes have given out, by their own account. */
interface Books {
  requests: number;
  complete: number;
  promptTokens: number;
  completionTokens: number;
  costNano: number;
  hung: number;
}

/** Runs calls from some clients over every path, and compares the ledger with the books of the servers. */
export async function assertLedgerAddsUp(calls: number, clients: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const books: Books = {
    requests: 0,
    complete: 0,
    promptTokens: 0,
    completionTokens: 0,
    costNano: 0,
    hung: 0,
  };
  const app = stack.use(await startApp({ features: FEATURES }));
  for (const name of ["alpha", "beta", "gamma"]) {
    const server: FakeServer = stack.use(await fakeOpenAI({ script: bookkeeper(books), models: ["m-1"] }));
    const body = { name, kind: "openai", baseUrl: `${server.url}/v1` };
    await app.json<NodeInfo>("POST", "/api/nodes", body, 201);
  }
  const prices = [{ model: "*", nodeId: "any", ...PRICE }];
  const table = await app.json<PriceTable>("PUT", "/api/analytics/prices", { version: 1, prices });
  const { secret, id: keyId } = await app.json<{ secret: string; id: string }>(
    "POST",
    "/api/keys",
    { name: "a program", scopes: ["chat"] },
    201,
  );
  const seen = { complete: 0, failed: 0, cancelled: 0, byKey: 0 };
  const random = seededRandom(11);
  let next = 0;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (next < calls) {
      const n = next++;
      const fate = pick(FATES, [0.82, 0.05, 0.06, 0.07], random());
      const way = WAYS[Math.floor(random() * WAYS.length)] ?? "v1";
      const outcome = await CALLERS[way](app, `call-${n} ${fate}`, fate, secret);
      seen[outcome]++;
      if (way.startsWith("v1")) seen.byKey++;
    }
  }));
  await app.services.ledger.flush();
  await settled(app, calls);
  const rows = await Array.fromAsync(app.services.ledger.rows(me, { from: 0, to: Date.now() + 1_000 }));
  assertRows(rows, books, calls, table.version);
  const { total, parts } = await app.json<UsageReport>("GET", "/api/analytics/usage?period=7d");
  const sum = (of: (row: LedgerRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  assertEquals(
    [total.calls, total.complete, total.failed, total.cancelled],
    [calls, seen.complete, seen.failed, seen.cancelled],
  );
  assertEquals(total.costNano, sum(({ costNano }) => costNano));
  assertEquals(total.promptTokens, sum(({ usage }) => usage.promptTokens));
  assertEquals(total.completionTokens, sum(({ usage }) => usage.completionTokens));
  assertEquals(total.attempts, books.requests);
  assertEquals(total.unpricedTokens, 0);
  for (const dimension of ["model", "node"] as const) assertPart(parts[dimension], total);
  assertEquals(parts.key?.map(({ value, calls }) => [value, calls]), [[keyId, seen.byKey]]);
  assertEquals(parts.source?.reduce((sum, { calls }) => sum + calls, 0), calls);
}

const FEATURES = {
  ...testConfig().features,
  sketch: false,
  discovery: false,
  models: false,
  system: false,
  files: false,
  terminal: false,
};

/** A server that writes down what it gives out. */
function bookkeeper(books: Books): (prompt: FakePrompt) => FakeAnswer {
  return ({ messages }) => {
    const [, n = "0", fate] = messages.at(-1)?.text.match(/call-(\d+) (\w+)/) ?? [];
    const id = Number(n);
    books.requests++;
    if (fate === "fail") return { failure: { kind: "bad_request" } };
    if (fate === "retry" && !failed.has(books)?.has(id)) {
      failed.add(books, id);
      return { failure: { kind: "server_error" } };
    }
    if (fate === "abort") {
      books.hung++;
      return { deltas: ["It ", "goes ", "on"], interruption: { type: "hang", afterDeltas: 2 } };
    }
    const usage = { prompt: 5 + id % 97, completion: 1 + id % 13, cached: id % 3 };
    books.complete++;
    books.promptTokens += usage.prompt;
    books.completionTokens += usage.completion;
    books.costNano += (usage.prompt - usage.cached) * PRICE.input + usage.cached * PRICE.cachedInput +
      usage.completion * PRICE.output;
    return { deltas: ["An ", "answer"], usage };
  };
}

/** The calls that have failed once, by the books that they are in. */
const failed = {
  sets: new WeakMap<Books, Set<number>>(),
  has(books: Books): Set<number> | undefined {
    return this.sets.get(books);
  },
  add(books: Books, id: number): void {
    const ids = this.sets.get(books) ?? new Set<number>();
    this.sets.set(books, ids.add(id));
  },
};

const END = { done: true, value: undefined };

type Outcome = "complete" | "failed" | "cancelled";

/** Each brings a call in and says what became of it, as its caller sees it. */
const CALLERS: Record<Way, (app: TestApp, text: string, fate: Fate, secret: string) => Promise<Outcome>> = {
  async chat(app, text, fate) {
    const chat = await app.json<Chat>("POST", "/api/chat/sessions", {}, 201);
    const path = `/api/chat/sessions/${chat.id}/messages`;
    const { run } = await app.json<StartedRun>("POST", path, { text }, 202);
    const events = await app.fetch(`/api/runs/${run.id}/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    let log = "";
    for (;;) {
      const { done, value = "" } = await reader?.read() ?? { done: true };
      if (done) break;
      log += value;
      if (fate !== "abort" || !log.includes("goes")) continue;
      await app.json("POST", `/api/runs/${run.id}/cancel`, undefined, 204);
      fate = "ok";
    }
    const { status } = (await app.json<RunSnapshot>("GET", `/api/runs/${run.id}`)).run;
    assert(status === "complete" || status === "failed" || status === "cancelled", status);
    return status;
  },
  studio: (app, text, fate) =>
    dispatched(app, text, fate, {
      type: "project",
      projectId: `p-${text.length}`,
      versionId: "v",
      runId: "r",
    }),
  benchmark: (app, text, fate) =>
    dispatched(app, text, fate, { type: "benchmark", benchmarkId: `b-${text.length}` }),
  async v1(app, text, fate, secret) {
    if (fate === "abort") return await CALLERS["v1 stream"](app, text, fate, secret);
    const response = await askV1(app, text, secret, false);
    // Where an answer takes long, its headers are sent ahead, and a failure breaks it off.
    const isWhole = await response.text().then(() => true, () => false);
    return response.ok && isWhole ? "complete" : "failed";
  },
  async "v1 stream"(app, text, fate, secret) {
    const response = await askV1(app, text, secret, true);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let log = "";
    for (;;) {
      const { done, value = "" } = await reader?.read().catch(() => END) ?? END;
      if (done) break;
      log += value;
      if (fate !== "abort" || !log.includes("goes")) continue;
      await reader?.cancel();
      return "cancelled";
    }
    return response.ok && log.includes("[DONE]") ? "complete" : "failed";
  },
};

/** As the studio and benchmarks make their calls. */
async function dispatched(
  app: TestApp,
  text: string,
  fate: Fate,
  source: LedgerRow["source"],
): Promise<Outcome> {
  const leave = new AbortController();
  const calls = app.services.nodes.dispatcher.dispatch({
    principal: me,
    source,
    request: { model: "m-1", messages: [{ role: "user", content: [{ type: "text", text }] }] },
    signal: leave.signal,
  });
  try {
    for await (const event of calls) {
      if (fate === "abort" && event.type === "text" && event.text.includes("goes")) leave.abort();
    }
    return "complete";
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return error.code === "cancelled" ? "cancelled" : "failed";
  }
}

async function askV1(app: TestApp, text: string, secret: string, stream: boolean): Promise<Response> {
  return await app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "m-1", stream, messages: [{ role: "user", content: text }] }),
  });
}

/** A caller that left is gone before its call is entered. */
async function settled(app: TestApp, calls: number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const rows = await app.services.ledger.latest(me, calls + 1);
    if (rows.length >= calls) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function assertRows(rows: readonly LedgerRow[], books: Books, calls: number, priceVersion: number): void {
  assertEquals(rows.length, calls);
  assertEquals(new Set(rows.map(({ id }) => id)).size, calls);
  const attempts = rows.flatMap((row) => row.attempts);
  assertEquals(attempts.length, books.requests);
  const complete = attempts.filter(({ outcome }) => outcome === "complete");
  const sum = (of: "promptTokens" | "completionTokens") =>
    complete.reduce((sum, { usage }) => sum + (usage?.[of] ?? 0), 0);
  assertEquals(
    [complete.length, sum("promptTokens"), sum("completionTokens")],
    [books.complete, books.promptTokens, books.completionTokens],
  );
  assertEquals(complete.reduce((sum, { costNano = 0 }) => sum + costNano, 0), books.costNano);
  assertEquals(rows.filter(({ outcome }) => outcome === "cancelled").length, books.hung);
  for (const row of rows) {
    assertEquals(row.priceVersion, priceVersion);
    assertEquals(row.costNano, row.attempts.reduce((sum, { costNano = 0 }) => sum + costNano, 0));
    for (const { usage, costNano } of row.attempts) {
      if (!usage || !usage.estimated) continue;
      const { promptTokens, completionTokens } = usage;
      assertEquals(costNano, promptTokens * PRICE.input + completionTokens * PRICE.output);
    }
  }
}

function assertPart(parts: readonly UsagePart[] | undefined, total: UsageReport["total"]): void {
  const sum = (of: (part: UsagePart) => number) => parts?.reduce((sum, part) => sum + of(part), 0);
  assertEquals(sum(({ costNano }) => costNano), total.costNano);
  assertEquals(sum(({ attempts }) => attempts), total.attempts);
  assertEquals(
    sum(({ promptTokens, completionTokens }) => promptTokens + completionTokens),
    total.promptTokens + total.completionTokens,
  );
}

function pick<T>(values: readonly T[], shares: readonly number[], at: number): T {
  let left = at;
  for (const [i, value] of values.entries()) {
    left -= shares[i] ?? 0;
    if (left < 0) return value;
  }
  const last = values.at(-1);
  if (last === undefined) throw new Error("Cannot pick from nothing");
  return last;
}
