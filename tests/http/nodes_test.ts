import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type {
  Chat,
  ChatExport,
  ModelAlias,
  NodeDecision,
  NodeInfo,
  NodeLogView,
  NodesPulse,
  NodeStatus,
  QueuedCall,
} from "../../lib/shared/mod.ts";
import { SseParser } from "../../lib/shared/mod.ts";
import { fakeOllama, type FakeServer } from "../fakes/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

/** An app with three servers of its own; the third one is never asked for anything. */
async function startWithNodes(stack: AsyncDisposableStack, script = {}) {
  const app = stack.use(await startApp({ features: { ...FEATURES, sketch: false } }));
  const servers: FakeServer[] = [];
  const nodes: NodeInfo[] = [];
  for (const name of ["alpha", "beta", "gamma"]) {
    const server = stack.use(await fakeOllama(script));
    servers.push(server);
    const body = { name, kind: "ollama", baseUrl: server.url, concurrency: 1 };
    nodes.push(await app.json<NodeInfo>("POST", "/api/nodes", body, 201));
  }
  return { app, servers, nodes, ids: nodes.map(({ id }) => id) };
}

const FEATURES = {
  gateway: true,
  studio: true,
  attachments: true,
  tools: true,
  sketch: true,
  discovery: true,
  models: true,
  dashboard: true,
  system: true,
};

const names = async (app: TestApp) =>
  (await app.json<NodeStatus[]>("GET", "/api/nodes")).map(({ name }) => name);

/** The nodes' names by priority: those that share one stand together. */
async function tiers(app: TestApp): Promise<string[]> {
  const groups = Map.groupBy(await app.json<NodeStatus[]>("GET", "/api/nodes"), ({ priority }) => priority);
  return [...groups.values()].map((nodes) => nodes.map(({ name }) => name).join(" "));
}

const askedOf = (server: FakeServer | undefined) =>
  server?.requests.filter(({ path }) => path === "/api/chat").length ?? 0;

async function html(app: TestApp, path: string): Promise<string> {
  return await (await app.fetch(path)).text();
}

function post(app: TestApp, path: string, fields: Record<string, string>): Promise<Response> {
  return app.fetch(path, { method: "POST", body: new URLSearchParams(fields) });
}

async function status(response: Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}

function ask(app: TestApp, model = "llama3.2:latest"): Promise<Response> {
  return app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] }),
  });
}

Deno.test("the page shows every node, its details and the queue without a script", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, ids: [alpha = ""] } = await startWithNodes(stack);
  const answer = await ask(app);
  assertEquals(answer.status, 200, await answer.text());
  const page = await html(app, `/nodes?node=${alpha}`);
  for (const name of ["alpha", "beta", "gamma"]) assertStringIncludes(page, name);
  assertMatch(page, /<dialog[^>]* open/);
  for (
    const part of ["Recent decisions", "llama3.2:latest", "Complete", "Queue", "Aliases", 'value="drain"']
  ) {
    assertStringIncludes(page, part);
  }
  assertFalse((await html(app, "/nodes?node=nobody")).includes("<dialog"));
});

Deno.test("every button of the page is a form that posts", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, ids: [alpha = "", beta = ""] } = await startWithNodes(stack);
  const act = async (intent: string, fields: Record<string, string>) => {
    const response = await post(app, "/nodes?node=x", { intent, ...fields });
    await response.body?.cancel();
    assertEquals([response.status, response.headers.get("location")], [303, "/nodes?node=x"], intent);
  };
  const node = async (id: string) =>
    (await app.json<NodeStatus[]>("GET", "/api/nodes")).find((node) => node.id === id);
  await act("later", { id: alpha });
  assertEquals(await tiers(app), ["beta gamma", "alpha"]);
  await act("earlier", { id: alpha });
  assertEquals(await tiers(app), ["alpha beta gamma"]);
  await act("earlier", { id: alpha });
  await act("earlier", { id: alpha });
  assertEquals(await tiers(app), ["alpha", "beta gamma"]);
  await act("drain", { id: beta });
  assertEquals((await node(beta))?.draining, true);
  await act("resume", { id: beta });
  await act("disable", { id: beta });
  assertEquals([(await node(beta))?.draining, (await node(beta))?.enabled], [false, false]);
  await act("enable", { id: beta });
  await act("test", { id: alpha });
  await act("alias", { name: "fast", models: "llama3.2:latest\r\nother" });
  const { aliases } = await app.json<{ aliases: ModelAlias[] }>("GET", "/api/aliases");
  assertEquals(aliases, [{ name: "fast", models: ["llama3.2:latest", "other"], origin: "manual" }]);
  assertMatch(await html(app, "/nodes?alias=fast"), /<textarea[^>]*>llama3\.2:latest\nother<\/textarea>/);
  await act("unalias", { name: "fast" });
  assertEquals(await app.json("GET", "/api/aliases"), { aliases: [] });
});

Deno.test("a form that is refused says why, and keeps what was typed", async () => {
  await using app = await startApp({
    nodes: [{ name: "Fixed", kind: "ollama", baseUrl: "http://10.0.0.9:1" }],
  });
  const alias = await post(app, "/nodes", { intent: "alias", name: "no good!", models: "m" });
  assertEquals(alias.status, 400);
  const page = await alias.text();
  assertMatch(page, /value="no good!"[^>]*aria-invalid="true"/);
  assertMatch(page, /<textarea[^>]*>m<\/textarea>/);
  const cases: [Record<string, string>, number][] = [
    [{ intent: "drain", id: "config-fixed" }, 409],
    [{ intent: "later", id: "config-fixed" }, 404],
    [{ intent: "enable", id: "nobody" }, 404],
    [{ intent: "cancel", id: "nobody" }, 404],
    [{ intent: "unalias", name: "nobody" }, 404],
    [{ intent: "dance" }, 400],
    [{}, 400],
  ];
  for (const [fields, expected] of cases) {
    const response = await post(app, "/nodes", fields);
    assertEquals(response.status, expected, JSON.stringify(fields));
    assertMatch(await response.text(), /role="alert"/);
  }
  assertEquals(await status(app.fetch("/nodes", { method: "POST", body: "{}" })), 415);
});

Deno.test("nodes are put in order; those that are not named come after, unknown and fixed ones do not count", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, ids: [alpha = "", beta = "", gamma = ""] } = await startWithNodes(stack);
  await app.json("PUT", "/api/nodes/order", { ids: [gamma, "nobody", alpha] });
  assertEquals(await names(app), ["gamma", "alpha", "beta"]);
  await app.json("PUT", "/api/nodes/order", { ids: [beta] });
  assertEquals(await tiers(app), ["beta", "gamma", "alpha"]);
  const wrong = [
    {},
    { ids: "a" },
    { ids: [1] },
    { ids: Array(1001).fill("a") },
    { ids: ["a".repeat(201)] },
    { tiers: ["a"] },
    { tiers: Array(1001).fill([]) },
    { ids: [alpha], tiers: [[alpha]] },
  ];
  for (const body of wrong) await app.json("PUT", "/api/nodes/order", body, 400);
  assertEquals(await tiers(app), ["beta", "gamma", "alpha"]);
});

Deno.test("nodes are put in tiers: those of one share what comes, and a new one goes before them", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, servers, ids: [alpha = "", beta = "", gamma = ""] } = await startWithNodes(stack);
  const shares = async (atOnce: number) => {
    const before = servers.map(askedOf);
    for (let asked = 0; asked < 6; asked += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, async () => await (await ask(app)).text()));
    }
    return servers.map((server, i) => askedOf(server) - (before[i] ?? 0));
  };
  const { nodes } = await app.json<{ nodes: NodeInfo[] }>("PUT", "/api/nodes/order", {
    tiers: [[gamma, beta], ["nobody"], [alpha]],
  });
  assertEquals(nodes.map(({ name }) => name), ["beta", "gamma", "alpha"]);
  assertEquals(await tiers(app), ["beta gamma", "alpha"]);
  // As many at once as they take: one after the other, all may go to the one that happens to be faster.
  assertEquals(await shares(2), [0, 3, 3]);
  await app.json("PUT", "/api/nodes/order", { tiers: [[alpha], [beta, gamma]] });
  assertEquals([await tiers(app), await shares(1)], [["alpha", "beta gamma"], [6, 0, 0]]);
});

Deno.test("what was seen of a node is told, and that a node is not there", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, servers: [alpha], ids: [id = ""] } = await startWithNodes(stack);
  const log = () => app.json<NodeLogView>("GET", `/api/nodes/${id}/log`);
  assertEquals((await log()).entries, []);
  if (alpha) alpha.script = { failure: { kind: "server_error" } };
  await (await ask(app)).text();
  await app.json("POST", `/api/nodes/${id}/test`);
  const { entries } = await log();
  assertEquals(entries.map(({ type }) => type), ["reset", "test", "call"]);
  const [, test, call] = entries;
  assert(call?.type === "call" && call.reason !== "" && test?.type === "test" && test.isAnswered);
  assertMatch(await html(app, `/nodes?node=${id}`), /Test<.*Answered.*Call failed/s);
  await app.json("GET", "/api/nodes/nobody/log", undefined, 404);
});

Deno.test("the memory of loaded models is told where the server tells it", async () => {
  await using stack = new AsyncDisposableStack();
  const models = [{ name: "llama3.2:latest", loaded: true }, { name: "other:latest" }];
  const { app, ids: [id = ""] } = await startWithNodes(stack, { models });
  await (await ask(app)).text();
  const node = (await app.json<NodeStatus[]>("GET", "/api/nodes")).find((node) => node.id === id);
  assertEquals(node?.models.map(({ loaded, memoryBytes, vramBytes }) => [loaded, memoryBytes, vramBytes]), [
    [true, 6_591_830_464, 5_333_539_264],
    [false, undefined, undefined],
  ]);
  assertStringIncludes(await html(app, `/nodes?node=${id}`), "6.6 GB loaded, 5.3 GB of it on graphics cards");
});

Deno.test("a draining node ends what it does, takes nothing new, and takes calls again", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, servers: [alpha, beta], ids: [id = ""] } = await startWithNodes(stack);
  await app.json("PATCH", `/api/nodes/${id}`, { draining: true });
  await (await ask(app)).text();
  assertEquals([askedOf(alpha), askedOf(beta)], [0, 1]);
  await app.json("PATCH", `/api/nodes/${id}`, { draining: "yes" }, 400);
});

Deno.test("what waits is told with its place, and can be taken out", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, servers, ids } = await startWithNodes(stack, {
    script: { deltas: ["a"], firstTokenMs: 60_000 },
  });
  await app.json("PATCH", `/api/nodes/${ids[1]}`, { enabled: false });
  await app.json("PATCH", `/api/nodes/${ids[2]}`, { enabled: false });
  const leaving = new AbortController();
  const first = app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "llama3.2:latest", messages: [{ role: "user", content: "Hello" }] }),
    signal: leaving.signal,
  }).catch(() => undefined);
  await servers[0]?.until(() => servers[0]?.requests.some(({ path }) => path === "/api/chat") ?? false);
  const second = ask(app);
  let queue: QueuedCall[] = [];
  while (queue.length === 0) {
    queue = (await app.json<{ queue: QueuedCall[] }>("GET", "/api/queue")).queue;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const [call] = queue;
  assertEquals([call?.position, call?.waiting, call?.model, call?.source], [1, 1, "llama3.2:latest", "api"]);
  assert((call?.expectedMs ?? 0) > 0 && (call?.waitedMs ?? -1) >= 0);
  assertStringIncludes(await html(app, "/nodes"), "Take the call at place 1 out of the queue");
  await app.json("DELETE", `/api/queue/${call?.callId}`, undefined, 204);
  await app.json("DELETE", `/api/queue/${call?.callId}`, undefined, 404);
  assertFalse((await second).ok);
  await (await second).body?.cancel();
  leaving.abort();
  await servers[0]?.close();
  await (await first)?.body?.cancel();
});

Deno.test("every decision is told with its reason and outcome, of one node where it is named", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, servers: [alpha], ids: [first = "", second = ""] } = await startWithNodes(stack);
  if (alpha) alpha.script = { failure: { kind: "server_error" } };
  await (await ask(app)).text();
  const decisions = async (query = "") =>
    (await app.json<{ decisions: NodeDecision[] }>("GET", `/api/nodes/decisions${query}`)).decisions;
  const all = await decisions();
  assertEquals(all.map(({ nodeName, attempt, outcome }) => [nodeName, attempt, outcome]), [
    ["beta", 2, "complete"],
    ["alpha", 1, "failed"],
  ]);
  assert(all.every(({ reason }) => reason !== ""));
  assertEquals((await decisions(`?nodeId=${first}`)).length, 1);
  assertEquals((await decisions(`?nodeId=${second}`))[0]?.nodeName, "beta");
  assertEquals(await decisions("?nodeId=nobody"), []);
  await app.json("GET", `/api/nodes/decisions?nodeId=${"a".repeat(201)}`, undefined, 400);
});

Deno.test("aliases are named, found by their name, and refused where they make no sense", async () => {
  await using stack = new AsyncDisposableStack();
  const { app } = await startWithNodes(stack);
  await app.json("PUT", "/api/aliases/fast", { models: ["not-there", "llama3.2:latest"] });
  const answer = await ask(app, "fast");
  assertEquals(answer.status, 200, await answer.text());
  for (
    const body of [{}, { models: [] }, { models: ["a", "a"] }, { models: [""] }, {
      models: Array(11).fill("a"),
    }]
  ) {
    await app.json("PUT", "/api/aliases/bad", body, 400);
  }
  await app.json("PUT", `/api/aliases/${encodeURIComponent("no good")}`, { models: ["a"] }, 400);
  await app.json("DELETE", "/api/aliases/fast", undefined, 204);
  await app.json("DELETE", "/api/aliases/fast", undefined, 404);
});

Deno.test("what the nodes do is told each second, and that they changed", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, ids } = await startWithNodes(stack);
  const response = await app.fetch("/api/nodes/events");
  const reader = response.body?.getReader();
  assert(reader);
  const parser = new SseParser();
  const events: string[] = [];
  let pulse: NodesPulse | undefined;
  while (!events.includes("changed")) {
    const { value, done } = await reader.read();
    if (done) break;
    for (const { event, data } of parser.push(value)) {
      events.push(event ?? "");
      if (event !== "pulse" || data === undefined) continue;
      pulse = JSON.parse(data) as NodesPulse;
      if (events.length === 1) await app.json("PATCH", `/api/nodes/${ids[0]}`, { draining: true });
    }
  }
  await reader.cancel();
  assertEquals([pulse?.nodes.length, pulse?.queue], [3, []]);
});

Deno.test("a key that may only read the models changes nothing, and another one sees nothing", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, ids: [alpha = ""] } = await startWithNodes(stack);
  const key = async (scopes: string[]) => {
    const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes }, 201);
    return { authorization: `Bearer ${secret}` };
  };
  const reader = await key(["models"]);
  const nodes = await app.fetch("/api/nodes", { headers: reader });
  assertEquals([nodes.status, (await nodes.json()).length], [200, 3]);
  const json = { ...reader, "content-type": "application/json" };
  const refused: [string, string, BodyInit | null, Record<string, string>][] = [
    ["PUT", "/api/nodes/order", JSON.stringify({ tiers: [[alpha]] }), json],
    ["PATCH", `/api/nodes/${alpha}`, JSON.stringify({ draining: true }), json],
    ["POST", `/api/nodes/${alpha}/test`, null, reader],
    ["DELETE", "/api/queue/c1", null, reader],
    ["PUT", "/api/aliases/fast", JSON.stringify({ models: ["m"] }), json],
    ["DELETE", "/api/aliases/fast", null, reader],
    ["POST", "/nodes", new URLSearchParams({ intent: "drain", id: alpha }), reader],
    ["POST", "/nodes", new URLSearchParams({ intent: "cancel", id: "c1" }), reader],
  ];
  for (const [method, path, body, headers] of refused) {
    assertEquals(await status(app.fetch(path, { method, body, headers })), 403, `${method} ${path}`);
  }
  const other = await key(["chat"]);
  for (
    const path of [
      "/nodes",
      "/api/nodes",
      "/api/nodes/events",
      "/api/nodes/decisions",
      `/api/nodes/${alpha}/log`,
      "/api/queue",
    ]
  ) {
    assertEquals(await status(app.fetch(path, { headers: other })), 403, path);
  }
});

Deno.test("where nodes went on with an answer is exported and imported with it", async () => {
  await using app = await startApp();
  const imported = (continuations: unknown) => ({
    format: "freshet-chat",
    version: 1,
    chat: { title: "Rivers", settings: {}, createdAt: 1, updatedAt: 1, activeLeafId: "m1" },
    messages: [{
      id: "m1",
      parentId: null,
      role: "assistant",
      status: "complete",
      text: "An answer",
      nodeName: "llama-02",
      continuations,
      createdAt: 1,
    }],
  });
  const continuations = [{ nodeName: "llama-02", at: 3 }];
  const chat = await app.json<Chat>("POST", "/api/chat/import", imported(continuations), 201);
  const exported = await app.json<ChatExport>("GET", `/api/chat/sessions/${chat.id}/export?format=json`);
  assertEquals(exported.messages[0]?.continuations, continuations);
  assertStringIncludes(await html(app, `/chat/${chat.id}`), "Continued on llama-02");
  for (
    const wrong of ["llama-02", [{ nodeName: 1, at: 3 }], [{ nodeName: "a", at: -1 }], [{ nodeName: "a" }]]
  ) {
    await app.json("POST", "/api/chat/import", imported(wrong), 400);
  }
});
