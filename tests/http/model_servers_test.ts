import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type {
  GalleryPage,
  InstalledModels,
  ModelConfiguration,
  ModelDownload,
  ModelServer,
  ModelServerEntry,
  NodeInfo,
  OnlineResults,
  ProviderKind,
  ServerBackend,
  ServerJob,
} from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import {
  fakeLmStudio,
  type FakeLmStudioModel,
  fakeLocalAI,
  fakeOllama,
  fakeSites,
  fakeTextgen,
  type FakeTextgenState,
  LocalAIDisk,
} from "../fakes/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";

const QUICK = { providers: { pollMs: 1 } };

async function addNode(app: TestApp, kind: ProviderKind, url: string, name = "Rack"): Promise<string> {
  const baseUrl = kind === "ollama" ? url : `${url}/v1`;
  const { id } = await app.json<NodeInfo>("POST", "/api/nodes", { name, kind, baseUrl }, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  return id;
}

async function post(app: TestApp, path: string, fields: Record<string, string>) {
  const response = await app.fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  return { status: response.status, text: await response.text(), to: response.headers.get("location") ?? "" };
}

const html = async (app: TestApp, path: string) => await (await app.fetch(path)).text();

async function ended(app: TestApp, id: string): Promise<ModelDownload> {
  for (let i = 0; i < 300; i++) {
    const { downloads } = await app.json<{ downloads: ModelDownload[] }>("GET", "/api/downloads");
    const download = downloads.find((one) => one.id === id);
    if (download?.finishedAt !== undefined) return download;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("The download does not end");
}

Deno.test("LM Studio's models are loaded with settings and unloaded, over the API and by the forms of the page", async () => {
  await using app = await startApp({}, QUICK);
  const models: FakeLmStudioModel[] = [{ key: "qwen/qwen3-4b" }, { key: "openai/gpt-oss-20b" }];
  await using server = await fakeLmStudio({ models });
  const id = await addNode(app, "lmstudio", server.url);
  const { servers } = await app.json<{ servers: ModelServerEntry[] }>("GET", "/api/models/servers");
  assertEquals(servers, [{ nodeId: id, name: "Rack", kind: "lmstudio", isOnline: true }]);
  const path = `/api/models/servers/${id}`;
  const settings = { context_length: 8_192, flash_attention: true };
  await app.json("POST", `${path}/load`, { model: "qwen/qwen3-4b", settings }, 204);
  const shown = await app.json<ModelServer>("GET", path);
  assertEquals(shown.models[0]?.loaded[0]?.settings.context_length, 8_192);
  const wrong = { model: "qwen/qwen3-4b", settings: { context_length: 1e9 } };
  const { error } = await app.json<{ error: { field: string } }>("POST", `${path}/load`, wrong, 400);
  assertEquals(error.field, "settings.context_length");
  await app.json("POST", `${path}/load`, { model: "nobody" }, 404);
  await app.json("GET", "/api/models/servers/nobody", undefined, 404);
  const place = `/models/servers/${id}`;
  const page = await html(app, place);
  for (const part of ["In memory", "8192", "Load anew with settings", "From 1 to 40960"]) {
    assertStringIncludes(page, part);
  }
  assertEquals(page.includes("Gallery"), false);
  const unloaded = await post(app, place, { intent: "unload", model: "qwen/qwen3-4b" });
  assertEquals([unloaded.status, models[0]?.loaded?.length], [303, 0]);
  assertStringIncludes(await html(app, unloaded.to), "qwen/qwen3-4b was unloaded");
  const form = {
    intent: "load",
    model: "qwen/qwen3-4b",
    "setting.context_length": "4096",
    "setting.flash_attention": "false",
  };
  assertEquals((await post(app, place, form)).status, 303);
  assertEquals(models[0]?.loaded?.[0]?.config.flash_attention, false);
  const refused = await post(app, place, { ...form, "setting.context_length": "-5" });
  assertEquals(refused.status, 400);
  assertMatch(
    refused.text,
    /<details[^>]* open[^]*value="-5"[^]*role="alert"[^>]*>Cannot take context_length/,
  );
});

Deno.test("a server that is too old says so and has no buttons; one that is away is told of", async () => {
  await using app = await startApp({}, QUICK);
  await using old = await fakeLmStudio({ version: "v0" });
  const id = await addNode(app, "lmstudio", old.url);
  const page = await html(app, `/models/servers/${id}`);
  assertStringIncludes(page, "since version 0.4");
  assertEquals(page.includes('value="load"'), false);
  await app.json("POST", `/api/models/servers/${id}/load`, { model: "qwen/qwen3-4b" }, 501);
  // The page of installed models learns of it, and offers nothing either.
  for (let i = 0; i < 200; i++) {
    const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
    const holder = models.flatMap(({ holders }) => holders).find(({ nodeId }) => nodeId === id);
    if (holder?.can.length === 0) break;
    if (i === 199) throw new Error("The page does not learn of it");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const gone = await fakeTextgen();
  const away = await addNode(app, "textgen", gone.url, "Away");
  await gone.close();
  const answer = await app.fetch(`/models/servers/${away}`);
  assertEquals(answer.status, 502);
  assertStringIncludes(await answer.text(), "Cannot reach Text Generation WebUI");
});

Deno.test("Text Generation WebUI's models are loaded with a loader's settings, through the page", async () => {
  await using app = await startApp({}, QUICK);
  const state: FakeTextgenState = { model: "None", loader: "", loras: [], args: {} };
  await using server = await fakeTextgen({ state });
  const id = await addNode(app, "textgen", server.url);
  const model = "Qwen3-4B-Q4_K_M.gguf";
  const form = {
    intent: "load",
    model,
    "setting.ctx_size": "8192",
    "setting.loader": "llama.cpp",
    "setting.no_mmap": "true",
  };
  assertEquals((await post(app, `/models/servers/${id}`, form)).status, 303);
  assertEquals([state.model, state.args.ctx_size, state.args.no_mmap], [model, 8_192, true]);
  // What is loaded is now a model of the node, and can be unloaded with the others.
  const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
  const holder = models.find((one) => one.id === model)?.holders[0];
  assertEquals([holder?.loaded, holder?.can], [true, ["load", "settings", "unload"]]);
  await app.json("POST", "/api/models/unload", { nodeId: id, model }, 204);
  assertEquals(state.model, "None");
  await app.json(
    "DELETE",
    `/api/models/installed?${new URLSearchParams({ nodeId: id, model })}`,
    undefined,
    501,
  );
});

Deno.test("LocalAI's gallery, backends and models' settings, over the API and on the page", async () => {
  await using app = await startApp({}, QUICK);
  const disk = new LocalAIDisk({
    gallery: [{ name: "qwen3-8b", description: "A chat model", bytes: 5_000, size: "5GB", steps: 3 }],
    backends: [{ name: "llama-cpp", isInstalled: true, isSystem: true }, { name: "vllm", steps: 2 }, {
      name: "whisper",
      steps: 4,
    }],
  });
  await using server = await fakeLocalAI({ disk });
  const id = await addNode(app, "localai", server.url);
  const api = `/api/models/servers/${id}`;
  const found = await app.json<GalleryPage>("GET", `${api}/gallery?q=qwen`);
  assertEquals(found.models.map((one) => one.id), ["localai@qwen3-8b"]);
  const { backends } = await app.json<{ backends: ServerBackend[] }>("GET", `${api}/backends`);
  assertEquals(backends.map(({ name }) => name), ["llama-cpp", "vllm", "whisper"]);
  const job = await app.json<ServerJob>("POST", `${api}/backends`, { name: "vllm" }, 202);
  await app.json("GET", `${api}/jobs/${job.id}`);
  assertEquals((await app.json<ServerJob>("GET", `${api}/jobs/${job.id}`)).state, "done");
  await app.json("DELETE", `${api}/backends?name=vllm`, undefined, 202);
  await app.json("GET", `${api}/jobs/nothing`, undefined, 404);
  const changes = { context_size: 16_384, mmap: true };
  await app.json("PATCH", `${api}/configuration`, { model: "phi-4-mini", changes });
  const { values } = await app.json<ModelConfiguration>("GET", `${api}/configuration?model=phi-4-mini`);
  assertEquals([values.context_size, values.mmap], [16_384, true]);
  await app.json("PATCH", `${api}/configuration`, { model: "phi-4-mini", changes: { shell: "rm" } }, 400);
  const isLoaded = async () => {
    const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
    return models.find((one) => one.id === "phi-4-mini")?.holders[0]?.loaded;
  };
  for (const [action, expected] of [["load", true], ["unload", false]] as const) {
    await app.json("POST", `/api/models/${action}`, { nodeId: id, model: "phi-4-mini" }, 204);
    assertEquals(await isLoaded(), expected);
  }
  const place = `/models/servers/${id}`;
  const page = await html(app, `${place}?gallery=chat&backends=1&configure=phi-4-mini`);
  for (
    const part of ["Version v3.9.0", "1 of 1 models, from localai", "comes with the server", 'value="16384"']
  ) {
    assertStringIncludes(page, part);
  }
  const emptied = {
    intent: "configure",
    model: "phi-4-mini",
    "setting.threads": "8",
    "setting.mmap": "true",
  };
  assertEquals((await post(app, place, emptied)).status, 303);
  assertEquals([disk.models.get("phi-4-mini")?.context_size, disk.models.get("phi-4-mini")?.threads], [
    null,
    8,
  ]);
  const installing = await post(app, place, { intent: "install-backend", backend: "whisper" });
  assertStringIncludes(await html(app, installing.to.replace("#backends", "")), "whisper: 25 %");
  assertStringIncludes(
    await html(app, `${place}?backends=1&job=b-9&name=vllm`),
    "knows nothing of this any more",
  );
  const download = await post(app, "/models", { intent: "download", node: id, model: "localai@qwen3-8b" });
  assertEquals(download.status, 303);
  const [started] = await app.services.models.downloads.list(localPrincipal);
  assertEquals(started?.isServerSide, true);
  const done = await ended(app, started?.id ?? "");
  assertEquals([done.state, done.completedBytes], ["done", 5_000]);
  assertEquals(disk.models.has("qwen3-8b"), true);
});

Deno.test("models are searched for online only when that is asked, and pulled to any node that can", async () => {
  await using sites = await fakeSites({
    library: [{ name: "qwen3", sizes: ["8b"], abilities: ["tools"] }],
    repositories: [{ id: "bartowski/Qwen3-8B-GGUF", files: { "Qwen3-8B-Q4_K_M.gguf": 5_000_000_000 } }],
  });
  const addresses = { ollama: sites.url, huggingface: sites.url };
  await using app = await startApp({}, { ...QUICK, online: { addresses } });
  const file = "huggingface://bartowski/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf";
  const disk = new LocalAIDisk({ files: { [file]: { steps: 2 }, "ollama://qwen3:8b": { steps: 1 } } });
  await using localai = await fakeLocalAI({ disk });
  await using ollama = await fakeOllama({ library: { "hf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M": {} } });
  const rack = await addNode(app, "localai", localai.url);
  const station = await addNode(app, "ollama", ollama.url, "Workstation");
  await html(app, "/models/online?q=qwen&source=huggingface");
  assertEquals(sites.requests.length, 0);
  const body = { source: "huggingface", query: "qwen3" };
  const { models } = await app.json<OnlineResults>("POST", "/api/models/online", body);
  assertEquals(models.map(({ id }) => id), ["bartowski/Qwen3-8B-GGUF"]);
  const names = models[0]?.variants[0]?.names;
  for (
    const [nodeId, model] of [[rack, names?.localai], [station, names?.ollama], [rack, "ollama://qwen3:8b"]]
  ) {
    const started = await app.json<ModelDownload>("POST", "/api/downloads", { nodeId, model }, 202);
    assertEquals((await ended(app, started.id)).state, "done", model);
  }
  const found = await post(app, "/models/online", { q: "qwen3", source: "ollama", node: station });
  assertEquals(found.status, 200);
  for (const part of ["about 5.2", 'value="qwen3:8b"', "1 models at Ollama"]) {
    assertStringIncludes(found.text, part);
  }
  assertEquals((await post(app, "/models/online", { q: " ", source: "ollama" })).status, 400);
  await sites.close();
  const away = await post(app, "/models/online", { q: "gemma", source: "ollama" });
  assertEquals(away.status, 502);
  assertMatch(away.text, /role="alert"[^]*Cannot reach[^]*Check the connection to the internet/);
});

Deno.test("searching online can be switched off", async () => {
  const features = { ...testConfig().features, onlineSearch: false };
  await using app = await startApp({ features });
  await app.json("POST", "/api/models/online", { source: "ollama", query: "qwen" }, 501);
  const page = await html(app, "/models/online");
  assertStringIncludes(page, "switched off");
  assertEquals(page.includes('<form class="models-filter"'), false);
});

Deno.test("what answers on LocalAI's port is looked at before it is named", async () => {
  await using llama = await fakeTextgen({ isBare: true });
  await using localai = await fakeLocalAI();
  const servers = [
    { name: "LocalAI", kind: "localai" as const, baseUrl: `${llama.url}/v1` },
    { name: "llama.cpp", kind: "openai" as const, baseUrl: `${llama.url}/v1` },
    { name: "LocalAI", kind: "localai" as const, baseUrl: `${localai.url}/v1` },
  ];
  await using app = await startApp({}, { servers });
  await app.services.discover();
  const nodes = await app.services.nodes.registry.list(localPrincipal);
  const found = nodes.filter(({ kind }) => kind !== "sketch").map(({ name, kind }) => [name, kind]);
  assertEquals(found.toSorted(), [["LocalAI", "localai"], ["llama.cpp", "openai"]]);
});

Deno.test("a gallery that cannot be read takes nothing from the server's page", async () => {
  await using app = await startApp({}, QUICK);
  await using server = await fakeLocalAI({ lacks: ["available"] });
  const id = await addNode(app, "localai", server.url);
  const answer = await app.fetch(`/models/servers/${id}?gallery=qwen`);
  assertEquals(answer.status, 502);
  const page = await answer.text();
  assertStringIncludes(page, "has no call for that");
  assertStringIncludes(page, 'aria-label="phi-4-mini"');
});

Deno.test("what one administrator loads, another one sees at once", async () => {
  await using app = await startApp({}, QUICK);
  await using server = await fakeLocalAI();
  const id = await addNode(app, "localai", server.url);
  const { models, profiles } = app.services;
  const created = await profiles.create(localPrincipal, { name: "B", role: "administrator", password: null });
  const other = { ...localPrincipal, profileId: created.id };
  await models.servers.survey(other, id);
  const loaded = async () =>
    (await models.installed(other)).models.find(({ id }) => id === "phi-4-mini")?.holders[0]?.loaded;
  assertEquals(await loaded(), false);
  await models.servers.load(localPrincipal, id, "phi-4-mini", {});
  assertEquals(await loaded(), true);
});
