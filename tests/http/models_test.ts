import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type {
  InstalledModels,
  ModelDetails,
  ModelDownload,
  NodeInfo,
  ProfileEvent,
} from "../../lib/shared/mod.ts";
import { SseParser } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { fakeOllama, type FakeOllamaOptions, fakeOpenAI, type FakeServer } from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";

const MODELS = () => [
  { name: "llama3.2:latest", capabilities: ["completion", "tools"] },
  { name: "nomic-embed-text:latest", capabilities: ["embedding"], loaded: true },
];

interface World {
  app: TestApp;
  server: FakeServer;
  nodeId: string;
}

async function start(stack: AsyncDisposableStack, options: FakeOllamaOptions = {}): Promise<World> {
  const app = stack.use(await startApp());
  const server = stack.use(await fakeOllama({ models: MODELS(), ...options }));
  const body = { name: "Workstation", kind: "ollama", baseUrl: server.url };
  const { id: nodeId } = await app.json<NodeInfo>("POST", "/api/nodes", body, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  return { app, server, nodeId };
}

async function installed({ app }: Pick<World, "app">) {
  const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
  return models.filter(({ holders }) => holders.some(({ kind }) => kind === "ollama"));
}

const names = async (world: World) => (await installed(world)).map(({ id }) => id);
const place = (nodeId: string, model: string) => `?${new URLSearchParams({ nodeId, model })}`;

async function ended(app: TestApp, id: string): Promise<ModelDownload> {
  for (let i = 0; i < 200; i++) {
    const { downloads } = await app.json<{ downloads: ModelDownload[] }>("GET", "/api/downloads");
    const download = downloads.find((one) => one.id === id);
    if (download?.finishedAt !== undefined) return download;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("The download does not end");
}

Deno.test("models are listed once with the nodes that hold them, what they take and how they were used", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const { app } = world;
  const other = stack.use(await fakeOllama({ models: MODELS().slice(0, 1) }));
  await app.json("POST", "/api/nodes", { name: "Laptop", kind: "ollama", baseUrl: other.url }, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  const answer = await app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "llama3.2:latest", messages: [{ role: "user", content: "Hello" }] }),
  });
  assertEquals(answer.status, 200, await answer.text());
  const [llama, nomic] = await installed(world);
  assertEquals(llama?.holders.map(({ nodeName }) => nodeName), ["Workstation", "Laptop"]);
  assertEquals([llama?.quantization, llama?.parameters, llama?.contextLength], ["Q4_K_M", "3.2B", 131_072]);
  assertEquals([llama?.use?.calls, nomic?.use], [1, null]);
  assertEquals([nomic?.holders[0]?.loaded, nomic?.holders[0]?.memoryBytes], [true, 6_591_830_464]);
});

Deno.test("models are loaded, unloaded, copied, shown and deleted, and the list follows", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const { app, server, nodeId } = world;
  const isLoaded = async (id: string) =>
    (await installed(world)).find((model) => model.id === id)?.holders[0]?.loaded;
  const model = "llama3.2:latest";
  await app.json("POST", "/api/models/load", { nodeId, model, keepAlive: "10m" }, 204);
  assertEquals(await isLoaded(model), true);
  const asked = server.requests.findLast(({ path }) => path === "/api/generate");
  assertEquals((asked?.body as { keep_alive: string }).keep_alive, "10m");
  await app.json("POST", "/api/models/unload", { nodeId, model }, 204);
  assertEquals(await isLoaded(model), false);
  await app.json("POST", "/api/models/load", { nodeId, model: "nomic-embed-text:latest" }, 204);
  await app.json("POST", "/api/models/copy", { nodeId, model, name: "mine" }, 204);
  await app.json("POST", "/api/models/copy", { nodeId, model, name: "mine:latest" }, 409);
  assertEquals(await names(world), ["llama3.2:latest", "mine:latest", "nomic-embed-text:latest"]);
  const details = await app.json<ModelDetails>("GET", `/api/models/details${place(nodeId, "mine:latest")}`);
  assertStringIncludes(details.modelfile, "Modelfile");
  await app.json("DELETE", `/api/models/installed${place(nodeId, "mine:latest")}`, undefined, 204);
  assertEquals(await names(world), ["llama3.2:latest", "nomic-embed-text:latest"]);
  await app.json("DELETE", `/api/models/installed${place(nodeId, "mine:latest")}`, undefined, 404);
});

Deno.test("a download is told to the pages, goes on after a break and ends as a model of its node", async () => {
  await using stack = new AsyncDisposableStack();
  const library = { "qwen3:8b": { bytes: 5_200_000_000, steps: 4 } };
  const world = await start(stack, { library });
  const { app, nodeId } = world;
  const leave = new AbortController();
  const stream = await app.fetch("/api/events", { signal: leave.signal });
  const heard: ProfileEvent[] = [];
  const parser = new SseParser();
  const reader = stream.body?.getReader();
  const listening = (async () => {
    for (;;) {
      const { value, done } = await reader?.read() ?? { done: true };
      if (done || !value) return;
      for (const { data } of parser.push(value)) if (data) heard.push(JSON.parse(data) as ProfileEvent);
    }
  })();
  const started = await app.json<ModelDownload>("POST", "/api/downloads", { nodeId, model: "qwen3:8b" }, 202);
  const done = await ended(app, started.id);
  assertEquals([done.state, done.completedBytes, done.nodeName], ["done", 5_200_000_000, "Workstation"]);
  for (let i = 0; i < 100 && !(await names(world)).includes("qwen3:8b"); i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assertEquals((await names(world)).includes("qwen3:8b"), true);
  await app.json("DELETE", `/api/downloads/${started.id}`, undefined, 204);
  for (let i = 0; i < 100 && heard.at(-1)?.type !== "download:removed"; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await reader?.cancel();
  await listening;
  const types = new Set(
    heard.map((event) => event.type === "download:changed" ? event.download.state : event.type),
  );
  for (const type of ["running", "done", "nodes:changed", "download:removed"]) {
    assertEquals(types.has(type as "done"), true, type);
  }
});

Deno.test("a name that is in no library fails at once, with a hint", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, nodeId } = await start(stack);
  const { id } = await app.json<ModelDownload>("POST", "/api/downloads", { nodeId, model: "nobody" }, 202);
  const { state, error } = await ended(app, id);
  assertEquals([state, error?.code, error?.message], [
    "failed",
    "model_not_found",
    "There is no model nobody:latest to download",
  ]);
});

Deno.test("what is wrong is refused: names, places, states, other servers, and keys without the right", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, nodeId } = await start(stack);
  const openai = stack.use(await fakeOpenAI());
  const spec = { name: "Hosted", kind: "openai", baseUrl: `${openai.url}/v1` };
  const hosted = await app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  const cases: [string, string, unknown, number][] = [
    ["POST", "/api/downloads", { nodeId, model: "" }, 400],
    ["POST", "/api/downloads", { nodeId, model: "a b" }, 400],
    ["POST", "/api/downloads", { nodeId: "nobody", model: "a" }, 404],
    ["POST", "/api/downloads", { nodeId: hosted.id, model: "a" }, 501],
    ["POST", "/api/downloads", { nodeId: "sketch", model: "a" }, 501],
    ["PATCH", "/api/downloads/nobody", { state: "paused" }, 404],
    ["PATCH", "/api/downloads/nobody", { state: "done" }, 400],
    ["DELETE", "/api/downloads/nobody", undefined, 404],
    ["POST", "/api/models/load", { nodeId, model: "nobody" }, 404],
    ["POST", "/api/models/load", { nodeId, model: "llama3.2:latest", keepAlive: "soon" }, 400],
    ["POST", "/api/models/unload", { nodeId: hosted.id, model: "m" }, 501],
    ["GET", "/api/models/details", undefined, 400],
    ["DELETE", `/api/models/installed${place(hosted.id, "m")}`, undefined, 501],
  ];
  for (const [method, path, body, status] of cases) await app.json(method, path, body, status);
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", {
    name: "Reader",
    scopes: ["models"],
  }, 201);
  const asKey = async (method: string, path: string, body?: unknown) => {
    const response = await app.fetch(path, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await response.body?.cancel();
    return response.status;
  };
  const model = "llama3.2:latest";
  assertEquals(await asKey("GET", "/api/models/installed"), 200);
  assertEquals(await asKey("GET", "/api/downloads"), 200);
  assertEquals(await asKey("GET", `/api/models/details${place(nodeId, model)}`), 403);
  assertEquals(await asKey("DELETE", `/api/models/installed${place(nodeId, model)}`), 403);
  for (const path of ["/api/models/load", "/api/models/unload", "/api/downloads"]) {
    assertEquals(await asKey("POST", path, { nodeId, model }), 403, path);
  }
});

Deno.test("with the feature switched off there is nothing of it", async () => {
  const { features } = testConfig();
  await using app = await startApp({ features: { ...features, models: false } });
  for (const path of ["/api/models/installed", "/api/downloads"]) await app.json("GET", path, undefined, 404);
});

Deno.test("the page works without a script: it shows, sorts, asks before it deletes, and every button posts", async () => {
  await using stack = new AsyncDisposableStack();
  const { app, server, nodeId: node } = await start(stack, { library: { "qwen3:8b": {} } });
  const html = async (path: string) => await (await app.fetch(path)).text();
  const sorted = await html("/models?sort=size&order=desc&q=l");
  assertMatch(sorted, /aria-sort="descending"[^]*llama3\.2:latest/);
  const model = "llama3.2:latest";
  const open = await html(`/models?model=${model}`);
  assertMatch(open, /<dialog[^>]* open/);
  for (const part of ["Modelfile generated", 'value="load"', "Workstation"]) assertStringIncludes(open, part);
  assertStringIncludes(await html(`/models?model=${model}&delete=${node}`), "Delete llama3.2:latest?");
  assertEquals(
    (await html(`/models?model=${model}&delete=nobody`)).includes("Delete llama3.2:latest?"),
    false,
  );
  const post = async (fields: Record<string, string>) => {
    const response = await app.fetch("/models", { method: "POST", body: new URLSearchParams(fields) });
    return { status: response.status, text: await response.text() };
  };
  for (const intent of ["load", "unload", "keep"]) {
    assertEquals((await post({ intent, node, model })).status, 303, intent);
  }
  const asked = server.requests.findLast(({ path }) => path === "/api/generate");
  assertEquals((asked?.body as { keep_alive: number }).keep_alive, -1);
  assertEquals((await post({ intent: "copy", node, model, name: "mine" })).status, 303);
  assertEquals((await post({ intent: "delete", node, model })).status, 303);
  assertEquals((await post({ intent: "download", node, model: "qwen3:8b" })).status, 303);
  const [download] = await app.services.models.downloads.list(localPrincipal);
  assertEquals((await ended(app, download?.id ?? "")).state, "done");
  assertStringIncludes(await html("/models"), "Take qwen3:8b off the list");
  assertEquals((await post({ intent: "remove", id: download?.id ?? "" })).status, 303);
  const refused = await post({ intent: "download", node, model: "not good" });
  assertEquals(refused.status, 400);
  assertMatch(refused.text, /role="alert"[^]*value="not good"/);
  for (const fields of [{ intent: "dance" }, { intent: "copy", node, model, name: " " }]) {
    assertEquals((await post(fields as Record<string, string>)).status, 400);
  }
});
