import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { systemClock } from "../../lib/host/mod.ts";
import { sampleHost } from "../../lib/monitor/testing/sample_host.ts";
import {
  type LogLine,
  type LogView,
  type NodeInfo,
  type ServerSentEvent,
  SseParser,
  type SystemHistory,
  type SystemView,
  type Threshold,
} from "../../lib/shared/mod.ts";
import { fakeOllama, words } from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";

const GB = 1_000_000_000;

function start(): Promise<TestApp> {
  return startApp({}, { host: sampleHost(systemClock) });
}

/** Reads events of a stream until `isEnough`, and leaves it. */
async function read(
  app: TestApp,
  path: string,
  isEnough: (events: ServerSentEvent[]) => boolean,
  init: RequestInit = {},
  meanwhile: () => void | Promise<void> = () => {},
): Promise<ServerSentEvent[]> {
  const response = await app.fetch(path, init);
  assertEquals(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const reader = response.body?.getReader();
  const parser = new SseParser();
  const events: ServerSentEvent[] = [];
  const acting = Promise.resolve().then(meanwhile);
  while (reader && !isEnough(events)) {
    const { done, value } = await reader.read();
    if (done) break;
    events.push(...parser.push(value));
  }
  await acting;
  await reader?.cancel();
  return events;
}

const linesOf = (events: readonly ServerSentEvent[]) =>
  events.filter(({ event }) => event === "lines").flatMap(({ data }) =>
    JSON.parse(data ?? "[]") as LogLine[]
  );
const messages = (lines: readonly LogLine[]) => lines.map(({ message }) => message);

Deno.test("the machine is told as it is, its history by range, and live", async () => {
  await using app = await start();
  const view = await app.json<SystemView>("GET", "/api/system");
  assertEquals([view.state.host.name, view.sample.memory, view.state.gpu?.length], ["workstation", 37.5, 2]);
  const events = await read(app, "/api/system/events", (all) => all.length >= 1);
  assertEquals(events[0]?.event, "sample");
  assertEquals(JSON.parse(events[0]?.data ?? "{}").state.processes.length, 2);
  const history = await app.json<SystemHistory>("GET", "/api/system/history?range=week");
  assertEquals([history.range, history.points.at(-1)?.disk], ["week", 86]);
  await app.json("GET", "/api/system/history?range=year", undefined, 400);
});

Deno.test("a threshold that is passed is told to open pages once", async () => {
  await using app = await startApp({}, {
    host: sampleHost(systemClock, {
      memory: () => Promise.resolve({ total: 64 * GB, used: 62 * GB, swapTotal: 0, swapUsed: 0 }),
    }),
  });
  const memory: Threshold = { figure: "memory", above: 90, forSeconds: 0, enabled: true };
  await app.json("PUT", "/api/system/thresholds", { thresholds: [memory] });
  const { thresholds } = await app.json<{ thresholds: Threshold[] }>("GET", "/api/system/thresholds");
  assertEquals(thresholds.length, 5);
  assertEquals(thresholds.filter(({ enabled }) => enabled), [memory]);
  const events = await read(app, "/api/events", (all) => all.length >= 1, {}, async () => {
    await app.json("GET", "/api/system");
  });
  const { type, alert } = JSON.parse(events[0]?.data ?? "{}");
  assertEquals([type, alert.figure, alert.state, alert.host], [
    "system:alert",
    "memory",
    "raised",
    "workstation",
  ]);
  const { alerts } = await app.json<SystemView>("GET", "/api/system");
  assertEquals(alerts.map(({ figure, above }) => [figure, above]), [["memory", 90]]);
});

Deno.test("thresholds that make no sense are refused", async () => {
  await using app = await start();
  const refused = [
    [{ figure: "memory", above: 101, forSeconds: 0, enabled: true }],
    [{ figure: "memory", above: 90, forSeconds: -1, enabled: true }],
    [{ figure: "received", above: 90, forSeconds: 0, enabled: true }],
    Array.from({ length: 2 }, () => ({ figure: "cpu", above: 90, forSeconds: 0, enabled: true })),
  ];
  for (const thresholds of refused) await app.json("PUT", "/api/system/thresholds", { thresholds }, 400);
});

Deno.test("lines of the log come filtered, as they are and as they come", async () => {
  await using app = await start();
  const { log } = app.services.logging;
  log.of("runs").warn("A run failed", { run: "r1" });
  log.of("nodes").info("A node answers again", { node: "alpha" });
  log.of("nodes").debug("nobody asked for this");
  const all = await app.json<LogView>("GET", "/api/system/logs");
  assertEquals(messages(all.lines), ["A run failed", "A node answers again"]);
  assertEquals([all.parts, all.debug.on], [["nodes", "runs"], false]);
  const get = async (query: string) =>
    messages((await app.json<LogView>("GET", `/api/system/logs?${query}`)).lines);
  assertEquals(await get("level=warn"), ["A run failed"]);
  assertEquals(await get("part=nodes&text=ALPHA"), ["A node answers again"]);
  assertEquals(await get("limit=1"), ["A node answers again"]);
  await app.json("GET", "/api/system/logs?level=loud", undefined, 400);
  const events = await read(
    app,
    "/api/system/logs/events?level=warn&text=new",
    (found) => linesOf(found).length >= 2,
    {},
    () => {
      log.of("runs").warn("new 1");
      log.of("runs").info("new, but harmless");
      log.of("runs").error("old");
      log.of("runs").error("new 2");
    },
  );
  assertEquals(events[0]?.event, "debug");
  assertEquals(messages(linesOf(events)), ["new 1", "new 2"]);
});

Deno.test("a stream of the log goes on from where it broke off", async () => {
  await using app = await start();
  const { log } = app.services.logging;
  log.info("1");
  const first = await read(
    app,
    "/api/system/logs/events",
    (all) => linesOf(all).length >= 1,
    {},
    () => log.info("2"),
  );
  const id = first.at(-1)?.id ?? "";
  log.info("3");
  const headers = { "last-event-id": id };
  const second = await read(app, "/api/system/logs/events", (all) => linesOf(all).length >= 1, { headers });
  assertEquals([messages(linesOf(first)), messages(linesOf(second))], [["2"], ["3"]]);
});

Deno.test("who reads the log slowly costs no memory and hears how much is gone", async () => {
  await using app = await start();
  const { log, book } = app.services.logging;
  const response = await app.fetch("/api/system/logs/events");
  const reader = response.body?.getReader();
  const parser = new SseParser();
  const events: ServerSentEvent[] = [];
  const next = async () => events.push(...parser.push((await reader?.read())?.value ?? new Uint8Array()));
  await next();
  for (let i = 0; i < 10_000; i++) log.info(`line ${i}`);
  assertEquals(book.latest({}).length, 2_000);
  while (!messages(linesOf(events)).includes("line 9999")) await next();
  const missed = events.filter(({ event }) => event === "missed").map(({ data }) =>
    JSON.parse(data ?? "{}").count
  );
  const read = linesOf(events).length;
  assertEquals(missed.reduce((sum, count) => sum + count, 0) + read, 10_000);
  assert(read <= 2_000 + 400, `${read} lines were kept for one reader`);
  await reader?.cancel();
  assertEquals(book.followers, 0);
});

Deno.test("the log can be downloaded as it is filtered, a JSON object a line", async () => {
  await using app = await start();
  app.services.logging.log.of("runs").warn("A run failed", { apiKey: "abc" });
  app.services.logging.log.of("nodes").info("other");
  const response = await app.fetch("/api/system/logs/download?level=warn");
  assertMatch(
    response.headers.get("content-disposition") ?? "",
    /^attachment; filename="freshet-log-[\dT-]+\.ndjson"$/,
  );
  const [line, ...rest] = (await response.text()).split("\n");
  const { level, message, fields } = JSON.parse(line ?? "{}");
  assertEquals([level, message, fields, rest], ["warn", "A run failed", { apiKey: "•••" }, [""]]);
});

Deno.test("the debug mode adds requests, responses and calls of nodes, and no secrets", async () => {
  await using app = await start();
  await using ollama = await fakeOllama({ script: { deltas: words("Rivers have banks") } });
  const node = { name: "alpha", kind: "ollama", baseUrl: ollama.url, apiKey: "node-secret-1234" };
  await app.json<NodeInfo>("POST", "/api/nodes", node, 201);
  const ask = async () => {
    const response = await app.fetch("/v1/chat/completions?token=query-secret", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: "Bearer caller-secret-1234",
        cookie: "other_session=cookie-secret",
      },
      body: JSON.stringify({
        model: "llama3.2:latest",
        messages: [{ role: "user", content: "Of rivers?" }],
        metadata: { api_key: "body-secret" },
        stream: true,
      }),
    });
    return await response.text();
  };
  const plain = await ask();
  const before = await app.json<LogView>("GET", "/api/system/logs");
  assertFalse(before.lines.some(({ part }) => part.endsWith("http")), "nothing is traced while it is off");
  const debug = await app.json<{ on: boolean }>("PUT", "/api/system/logs/debug", { minutes: 15 });
  assertEquals(debug.on, true);
  const contents = (text: string) =>
    [...text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content).join("");
  assertEquals(contents(await ask()), contents(plain), "the answer is the same");
  const { lines } = await app.json<LogView>("GET", "/api/system/logs?level=debug");
  const text = JSON.stringify(lines);
  for (const part of ["http", "node-http"]) assert(lines.some((line) => line.part === part), part);
  assertStringIncludes(text, "Of rivers?");
  assertStringIncludes(text, "/api/chat");
  assertFalse(/(node|caller|cookie|query|body)-secret/.test(text), text);
  await app.json("PUT", "/api/system/logs/debug", { minutes: 0 });
  const count = (await app.json<LogView>("GET", "/api/system/logs")).lines.length;
  await ask();
  assertEquals((await app.json<LogView>("GET", "/api/system/logs")).lines.length, count);
});

Deno.test("the debug mode does not last longer than an hour", async () => {
  await using app = await start();
  await app.json("PUT", "/api/system/logs/debug", { minutes: 61 }, 400);
  await app.json("PUT", "/api/system/logs/debug", { minutes: -1 }, 400);
});

Deno.test("the machine and the log are for administrators only, and for nobody where they are switched off", async () => {
  const paths = [
    "/api/system",
    "/api/system/history",
    "/api/system/events",
    "/api/system/thresholds",
    "/api/system/logs",
    "/api/system/logs/events",
    "/api/system/logs/download",
  ];
  {
    await using app = await start();
    const made = await app.json<{ secret: string }>("POST", "/api/keys", {
      name: "a",
      scopes: ["chat", "models"],
    }, 201);
    const headers = { authorization: `Bearer ${made.secret}`, "content-type": "application/json" };
    for (const path of paths) {
      const response = await app.fetch(path, { headers });
      await response.body?.cancel();
      assertEquals([path, response.status], [path, 403]);
    }
    const body = JSON.stringify({ minutes: 15 });
    const response = await app.fetch("/api/system/logs/debug", { method: "PUT", headers, body });
    await response.body?.cancel();
    assertEquals([response.status, app.services.logging.debug.isOn], [403, false]);
  }
  await using app = await startApp({ features: { ...testConfig().features, system: false } });
  for (const path of [...paths, "/system", "/system/log"]) {
    const response = await app.fetch(path);
    await response.body?.cancel();
    assertEquals([path, response.status], [path, 404]);
  }
});

Deno.test("the pages read and post without a script", async () => {
  await using app = await start();
  app.services.logging.log.of("runs").warn("A run failed");
  app.services.logging.log.of("nodes").info("harmless");
  const page = await (await app.fetch("/system?range=day")).text();
  assertStringIncludes(page, "workstation · Linux");
  assertMatch(page, /<a[^>]*range=day"[^>]*aria-current="true"[^>]*>Last day/);
  const log = await (await app.fetch("/system/log?level=warn")).text();
  assertStringIncludes(log, "A run failed");
  assertFalse(log.includes(">harmless<"));
  const post = async (path: string, form: Record<string, string>) => {
    const response = await app.fetch(path, { method: "POST", body: new URLSearchParams(form) });
    return { status: response.status, text: await response.text() };
  };
  const figures = ["cpu", "memory", "disk", "gpu", "gpuMemory"];
  const form = Object.fromEntries(
    figures.flatMap((figure) => [[`${figure}.above`, "80"], [`${figure}.forSeconds`, "5"]]),
  );
  assertEquals((await post("/system", { ...form, "disk.enabled": "on" })).status, 303);
  const { thresholds } = await app.json<{ thresholds: Threshold[] }>("GET", "/api/system/thresholds");
  assertEquals(thresholds.filter(({ enabled }) => enabled).map(({ figure, above }) => [figure, above]), [[
    "disk",
    80,
  ]]);
  const refused = await post("/system", { ...form, "disk.above": "800" });
  assertEquals(refused.status, 400);
  assertStringIncludes(refused.text, 'value="800"');
  assertEquals((await post("/system/log", { minutes: "15" })).status, 303);
  assertEquals(app.services.logging.debug.isOn, true);
});

Deno.test("pages listen for notices, but for those that listen anyway and those that run no scripts", async () => {
  await using app = await start();
  const has = async (path: string) => (await (await app.fetch(path)).text()).includes("toasts--top");
  const paths = ["/system", "/nodes", "/projects", "/settings/appearance", "/", "/login", "/nowhere"];
  const found = await Promise.all(paths.map(async (path) => [path, await has(path)]));
  assertEquals(found.filter(([, is]) => is).map(([path]) => path), paths.slice(0, 4));
});
