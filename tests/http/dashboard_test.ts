import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import type { LedgerRow } from "../../lib/analytics/mod.ts";
import { randomCall } from "../../lib/analytics/testing.ts";
import { operations } from "../../lib/app/mod.ts";
import {
  type NodeInfo,
  type PriceTable,
  SseParser,
  type UsagePart,
  type UsagePulse,
  type UsageReport,
} from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { fakeOllama } from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";
import { seededRandom } from "../random.ts";

const DAY = 86_400_000;
/** A Monday. */
const START = Date.UTC(2026, 5, 1);
const PERIOD = "from=2026-06-01&to=2026-06-10&zone=UTC";

/** Enters calls of ten days. */
async function withCalls(app: TestApp, count = 250): Promise<void> {
  const random = seededRandom(9);
  for (let i = 0; i < count; i++) {
    app.services.ledger.record(randomCall(random, START + Math.floor(random() * 10 * DAY), 8));
  }
  await app.services.ledger.flush();
}

async function rowsOf(app: TestApp): Promise<LedgerRow[]> {
  return await Array.fromAsync(app.services.ledger.rows(me, { from: START, to: START + 10 * DAY }));
}

async function ask(app: TestApp, headers: HeadersInit = {}): Promise<Response> {
  return await app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "sketch", messages: [{ role: "user", content: '/pace 0 /say "Hi"' }] }),
  });
}

async function key(app: TestApp, scopes: string[]): Promise<{ authorization: string }> {
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes }, 201);
  return { authorization: `Bearer ${secret}` };
}

Deno.test("what was used is told with sums, points, parts and percentiles, for any period", async () => {
  await using app = await startApp();
  await withCalls(app);
  const rows = await rowsOf(app);
  const usage = (query: string) => app.json<UsageReport>("GET", `/api/analytics/usage?${query}`);
  const report = await usage(PERIOD);
  assertEquals([report.total.calls, report.step, report.points.length], [250, "day", 10]);
  const sum = (of: (row: LedgerRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  assertEquals(report.total.costNano, sum(({ costNano }) => costNano));
  for (const figure of ["calls", "promptTokens", "completionTokens", "costNano"] as const) {
    assertEquals(report.points.reduce((sum, point) => sum + point[figure], 0), report.total[figure], figure);
  }
  assertEquals(report.week.flat().reduce((sum, calls) => sum + calls, 0), 250);
  const mondays = rows.filter(({ at }) => new Date(at).getUTCDay() === 1);
  assertEquals(report.week[0]?.reduce((sum, calls) => sum + calls, 0), mondays.length);
  assertEquals(report.parts.node?.find(({ value }) => value === "n-home")?.label, "Workstation");

  const one = await usage(`${PERIOD}&dimension=chat&value=chat-1`);
  const ofChat = rows.filter(({ source }) => source.type === "chat" && source.chatId === "chat-1");
  assertEquals([one.total.calls, one.only?.value, one.parts], [ofChat.length, "chat-1", {}]);
  const model = await usage(`${PERIOD}&dimension=model&value=qwen3:8b`);
  const part = report.parts.model?.find(({ value }) => value === "qwen3:8b");
  assertEquals(model.total.firstToken, part?.firstToken);

  // A long period is read by days, with hours at both ends: the sums stay exact.
  const from = START + DAY / 2;
  const long = await usage(`from=${from}&to=${from + 100 * DAY}&zone=America/New_York`);
  assertEquals([long.total.calls, long.step], [rows.filter(({ at }) => at >= from).length, "week"]);
  assertEquals(long.points.reduce((sum, { calls }) => sum + calls, 0), long.total.calls);
  assertEquals(long.week.flat().reduce((sum, calls) => sum + calls, 0), long.total.calls);
  const zones = await usage("from=2026-06-03&to=2026-06-03&zone=Asia/Kolkata");
  assertEquals([zones.step, zones.points.length], ["hour", 24]);

  for (
    const wrong of ["zone=Nowhere/At_All", "from=2026-06-02&to=2026-06-01", "from=then", "from=2026-99-99"]
  ) {
    await app.json("GET", `/api/analytics/usage?${wrong}`, undefined, 400);
  }
  const parts = async (dimension: string, query = PERIOD) =>
    (await app.json<{ parts: UsagePart[] }>("GET", `/api/analytics/usage/${dimension}?${query}`)).parts;
  assertEquals(
    (await parts("model")).map(({ value }) => value),
    report.parts.model?.map(({ value }) => value),
  );
  const chats = await parts("chat");
  assertEquals(chats.find(({ value }) => value === "chat-1")?.calls, ofChat.length);
  assertEquals((await parts("chat", `${PERIOD}&limit=2`)).length, 2);
  await app.json("GET", "/api/analytics/usage/colour", undefined, 404);
});

Deno.test("a call is billed by the prices of its time, whatever changes later", async () => {
  await using app = await startApp();
  const shipped = await app.json<PriceTable>("GET", "/api/analytics/prices");
  assert(shipped.prices.some(({ model }) => model === "gpt-4o-mini*"));
  const set = (version: number, input: number, status?: number) =>
    app.json<PriceTable>(
      "PUT",
      "/api/analytics/prices",
      { version, prices: [{ model: "sketch", nodeId: "any", input, output: 0 }], note: `${input}` },
      status,
    );
  await set(1, 10);
  await (await ask(app)).text();
  await app.services.ledger.flush();
  await set(2, 20);
  await set(1, 30, 409);
  await (await ask(app)).text();
  const [second, first] = await app.services.ledger.latest(me);
  assert(first && second && first.usage.promptTokens > 0);
  assertEquals([first.priceVersion, first.costNano], [2, 10 * first.usage.promptTokens]);
  assertEquals([second.priceVersion, second.costNano], [3, 20 * second.usage.promptTokens]);
  const { versions } = await app.json<{ versions: { version: number; note?: string; count: number }[] }>(
    "GET",
    "/api/analytics/prices/versions",
  );
  assertEquals(versions.map(({ version, note, count }) => [version, note, count]), [
    [3, "20", 1],
    [2, "10", 1],
    [1, undefined, shipped.prices.length],
  ]);
  assertEquals((await app.json<PriceTable>("GET", "/api/analytics/prices?version=2")).note, "10");
  await app.json("GET", "/api/analytics/prices?version=77", undefined, 404);
  for (
    const prices of [[{ model: "m", input: -1, output: 0 }], [{ model: "m", input: 0.5, output: 0 }], "all"]
  ) {
    await app.json("PUT", "/api/analytics/prices", { version: 3, prices }, 400);
  }
  assertEquals((await app.json<PriceTable>("DELETE", "/api/analytics/prices?version=3")).origin, "shipped");
});

Deno.test("all rows of a period go out as CSV and as JSON, and cells are no formulas", async () => {
  await using app = await startApp();
  await withCalls(app, 450);
  app.services.ledger.record({ ...randomCall(seededRandom(1), START), model: '=cmd|"x"', attempts: [] });
  const exported = async (format: string) => {
    const response = await app.fetch(`/api/analytics/export?${PERIOD}&format=${format}`);
    assertStringIncludes(response.headers.get("content-disposition") ?? "", "2026-06-01-2026-06-10");
    return await response.text();
  };
  const lines = (await exported("csv")).trimEnd().split("\r\n");
  assertEquals(lines.length, 452);
  assertMatch(lines[0] ?? "", /^id,at,profile,key,source/);
  assert(lines.some((line) => line.includes(`"'=cmd|""x"""`)));
  const rows = JSON.parse(await exported("json")) as LedgerRow[];
  assertEquals(rows.length, 451);
  assertEquals(rows, rows.toSorted((a, b) => a.id < b.id ? -1 : 1));
  assertEquals(
    JSON.parse(await (await app.fetch("/api/analytics/export?format=json&from=1&to=2")).text()),
    [],
  );
});

Deno.test("the metrics are Prometheus' text, of what was entered since the start", async () => {
  await using app = await startApp();
  await (await ask(app)).text();
  await (await ask(app)).text();
  const missing = await app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "nobody", messages: [{ role: "user", content: "Hi" }] }),
  });
  await missing.text();
  const response = await app.fetch("/metrics");
  assertEquals(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  for (
    const line of [
      "# TYPE freshet_requests_total counter",
      'freshet_requests_total{model="sketch",node="Sketch",source="api",outcome="complete"} 2',
      'freshet_requests_total{model="",node="",source="api",outcome="failed"} 1',
      'freshet_request_duration_seconds_bucket{le="+Inf",model="sketch",node="Sketch",outcome="complete"} 2',
      'freshet_first_token_seconds_count{model="sketch",node="Sketch"} 2',
      "freshet_waiting_requests 0",
      'freshet_node_up{node="Sketch"} 1',
    ]
  ) assertStringIncludes(text, line);
  for (const line of text.split("\n").filter((line) => line !== "")) {
    assertMatch(line, /^(# (HELP|TYPE) freshet_\w+ .+|freshet_\w+(\{.*\})? [0-9.e+-]+)$/);
  }
});

Deno.test("calls under way are told each second, and that there are new ones", async () => {
  await using stack = new AsyncDisposableStack();
  const app = stack.use(await startApp());
  const server = stack.use(
    await fakeOllama({ script: { deltas: ["a", "b"], interruption: { type: "hang", afterDeltas: 1 } } }),
  );
  await app.json<NodeInfo>("POST", "/api/nodes", { name: "n", kind: "ollama", baseUrl: server.url }, 201);
  const leave = new AbortController();
  const call = app.fetch("/v1/chat/completions", {
    method: "POST",
    signal: leave.signal,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "llama3.2:latest",
      stream: true,
      messages: [{ role: "user", content: "Hi" }],
    }),
  });
  const reader = (await call).body?.getReader();
  await reader?.read();
  const response = await app.fetch("/api/analytics/events");
  const pulses: UsagePulse[] = [];
  const parser = new SseParser();
  for await (const chunk of response.body ?? []) {
    for (const { data } of parser.push(chunk)) if (data) pulses.push(JSON.parse(data) as UsagePulse);
    if (pulses.length === 1) {
      assertEquals(pulses[0]?.active, [{ model: "llama3.2:latest", calls: 1 }]);
      await reader?.cancel();
    }
    const last = pulses.at(-1);
    if (last?.active.length === 0 && last.revision !== pulses[0]?.revision) break;
    assert(pulses.length < 20);
  }
});

Deno.test("a key sees the usage with its scope only, and changes nothing without another one", async () => {
  await using app = await startApp();
  const [reader, other] = [await key(app, ["usage"]), await key(app, ["chat", "models", "studio"])];
  const all = Object.values(operations).filter(({ tag }) => tag === "Usage");
  assertEquals(all.length, 10);
  for (const { method, path, scope } of all) {
    const address = path.replace("{dimension}", "model") + (method === "DELETE" ? "?version=1" : "");
    const body = method === "PUT" ? JSON.stringify({ version: 1, prices: [] }) : null;
    const status = async (headers: HeadersInit) => {
      const response = await app.fetch(address, {
        method,
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      await response.body?.cancel();
      return response.status;
    };
    assertEquals(await status(other), 403, `${method} ${path}`);
    assertEquals(await status(reader), scope === "usage" ? 200 : 403, `${method} ${path}`);
    assertEquals(await status({ authorization: "Bearer fsh_wrong" }), 401, `${method} ${path}`);
    if (method !== "DELETE") assertEquals(await status({}), 200, `${method} ${path}`);
  }
  for (const path of ["/dashboard", "/dashboard/prices", "/dashboard/statement"]) {
    const response = await app.fetch(path, { headers: reader });
    await response.body?.cancel();
    assertEquals(response.status, 403, `${path}: pages are for people`);
  }
  await using guarded = await startApp({ token: "secret" });
  for (const path of ["/metrics", "/api/analytics/usage"]) {
    const response = await guarded.fetch(path);
    assertEquals([response.status, (await response.json()).error.code], [401, "unauthorized"]);
  }
});

Deno.test("an administrator looks at the use of any profile, and nobody else does", async () => {
  await using app = await startApp();
  const [ada, bo] = await Promise.all(
    ["Ada", "Bo"].map((name) => app.services.profiles.create(me, { name, role: "member", password: null })),
  );
  assert(ada && bo);
  const { ledger } = app.services;
  ledger.record({ ...randomCall(seededRandom(3), Date.now() - 1_000), profileId: ada.id });
  await ledger.flush();
  const month = new Date().toISOString().slice(0, 7);
  const paths = [
    "/api/analytics/usage?",
    "/api/analytics/export?format=json&",
    "/metrics?",
    `/dashboard/statement?month=${month}&zone=UTC&`,
  ];
  const used = [/"calls":1\b/, /"profileId":"/, /^freshet_requests_total\{.*\} 1$/m, /<tfoot>/];
  const [cookie, herKey] = [await cookieFor(app.services, bo.id), await key(app, ["usage"])];
  for (const [i, path] of paths.entries()) {
    const get = async (who: string, headers: HeadersInit = {}) => {
      const response = await app.fetch(`${path}profile=${who}`, { headers });
      return [response.status, (used[i] ?? /$^/).test(await response.text())];
    };
    assertEquals([await get(ada.id), await get("local")], [[200, true], [200, false]], path);
    assertEquals(
      [await get(ada.id, { cookie }), await get(ada.id, herKey)],
      [[403, false], [403, false]],
      path,
    );
    assertEquals(await get("nobody"), [404, false], path);
  }
});

Deno.test("switched off, there is no dashboard and no metrics, but the ledger goes on", async () => {
  await using app = await startApp({ features: { ...testConfig().features, dashboard: false } });
  await (await ask(app)).text();
  const paths = [
    "/dashboard",
    "/dashboard/prices",
    "/api/analytics/usage",
    "/api/analytics/events",
    "/metrics",
  ];
  for (const path of paths) {
    const response = await app.fetch(path);
    await response.body?.cancel();
    assertEquals(response.status, 404, path);
  }
  assertEquals((await app.services.ledger.latest(me)).length, 1);
});

Deno.test("the pages are whole without a script, in both languages", async () => {
  await using app = await startApp();
  const html = async (path: string, language = "en", status = 200) => {
    const response = await app.fetch(path, { headers: { "accept-language": language } });
    assertEquals(response.status, status, path);
    return await response.text();
  };
  assertStringIncludes(await html("/dashboard"), "No model was called in this period");
  await withCalls(app);
  const page = await html(`/dashboard?${PERIOD}`);
  for (
    const part of ["$0.398", "Who used what", "claude-sonnet-4-5", "have no price", 'value="2026-06-01"']
  ) {
    assertStringIncludes(page, part);
  }
  assertStringIncludes(await html(`/dashboard?${PERIOD}&by=project`), "project-1".slice(-6));
  assertStringIncludes(await html(`/dashboard?${PERIOD}`, "de"), "Wer was verbraucht hat");
  const wrong = await html("/dashboard?zone=Nowhere", "en", 400);
  assertStringIncludes(wrong, "The figures could not be loaded");

  const statement = await html("/dashboard/statement?month=2026-06&zone=UTC&for=Ada%20%3Cb%3E");
  const cost = (await rowsOf(app)).reduce((sum, { costNano }) => sum + costNano, 0);
  const dollars = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 9 });
  assertStringIncludes(statement, dollars.format(cost / 1e9));
  assertStringIncludes(statement, "Ada &lt;b");
  assertStringIncludes(await html("/dashboard/statement?month=2020-01"), "Nothing was used");
  await html("/dashboard/statement?month=soon", "en", 400);
});

Deno.test("prices are changed by a form, which comes back with what was typed where it is refused", async () => {
  await using app = await startApp();
  const post = async (fields: [string, string][]) => {
    const response = await app.fetch("/dashboard/prices", {
      method: "POST",
      body: new URLSearchParams(fields),
    });
    return { status: response.status, text: await response.text() };
  };
  const row = (model: string, input: string): [string, string][] => [
    ["model", model],
    ["where", "any"],
    ["input", input],
    ["output", "2"],
    ["cached", ""],
  ];
  const save: [string, string][] = [["version", "1"], ["intent", "save"], ["note", "ours"]];
  const refused = await post([...save, ...row("mine", "much")]);
  assertEquals(refused.status, 400);
  for (const part of ["row 1", 'value="much"', 'value="ours"']) assertStringIncludes(refused.text, part);
  assertEquals((await post([...save, ...row("mine", "1.5"), ...row("", "")])).status, 303);
  const { version, prices, note } = await app.json<PriceTable>("GET", "/api/analytics/prices");
  assertEquals([version, note], [2, "ours"]);
  assertEquals(prices, [{ model: "mine", nodeId: "any", input: 1_500, output: 2_000 }]);
  assertEquals((await post([...save, ...row("late", "1")])).status, 409);
  assertEquals((await post([["version", "2"], ["intent", "reset"]])).status, 303);
  const page = await (await app.fetch("/dashboard/prices")).text();
  assertStringIncludes(page, "gpt-4o-mini*");
  assertStringIncludes(page, "Version 3");
  assertStringIncludes(
    await (await app.fetch("/dashboard/prices?version=2")).text(),
    "cannot be changed any more",
  );
});

Deno.test("dashboard, export and statement agree in every zone, and a browser has its own", async () => {
  await using app = await startApp();
  await withCalls(app, 300);
  for (const zone of ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]) {
    // As a browser of that zone asks, which has told it.
    const headers = { cookie: `freshet-zone=${encodeURIComponent(zone)}` };
    const text = async (path: string) => {
      const response = await app.fetch(path, { headers });
      assertEquals(response.status, 200, path);
      return await response.text();
    };
    const period = "from=2026-06-01&to=2026-06-30";
    const usage = async (more = "") =>
      JSON.parse(await text(`/api/analytics/usage?${period}${more}`)) as UsageReport;
    const exported = async (more = "") =>
      JSON.parse(await text(`/api/analytics/export?format=json&${period}${more}`)) as LedgerRow[];
    const report = await usage();
    assertEquals(report.zone, zone);
    const rows = await exported();
    assertEquals([rows.length, rows.reduce((sum, { costNano }) => sum + costNano, 0)], [
      report.total.calls,
      report.total.costNano,
    ]);
    for (const dimension of ["model", "node", "key", "source", "chat"] as const) {
      const parts = dimension === "chat"
        ? (JSON.parse(await text(`/api/analytics/usage/chat?${period}`)) as { parts: UsagePart[] }).parts
        : report.parts[dimension] ?? [];
      for (const { value, calls } of parts.slice(0, 2)) {
        const only = `&dimension=${dimension}&value=${encodeURIComponent(value)}`;
        assertEquals([(await usage(only)).total.calls, (await exported(only)).length], [calls, calls], only);
      }
    }
    const statement = await text("/dashboard/statement?month=2026-06");
    assertStringIncludes(statement, `(${zone})`);
    const cells = [...statement.matchAll(/<tfoot>.*?<td>([\d,]+)<\/td>/gs)].map(([, calls]) => Number(calls));
    assertEquals(cells, [report.total.calls, report.total.calls]);
    const days = statement.split("<tbody>")[2]?.split("</tbody>")[0] ?? "";
    assertEquals(
      [...days.matchAll(/<\/th><td>([\d,]+)<\/td>/g)].map(([, calls]) => Number(calls)),
      report.points.filter(({ calls }) => calls > 0).map(({ calls }) => calls),
    );
  }
  const odd = await app.fetch(`/api/analytics/usage?${PERIOD.replace("&zone=UTC", "")}`, {
    headers: { cookie: "freshet-zone=Nowhere%2FAt_All" },
  });
  assertEquals([odd.status, typeof (await odd.json()).zone], [200, "string"]);
});
