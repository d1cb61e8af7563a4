import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { ask, collect, never } from "../../tests/fakes/collect.ts";
import { fakeOllama, type FakeServer } from "../../tests/fakes/mod.ts";
import { testProvider } from "../../tests/fakes/provider_contract.ts";
import { type ChatDelta, FreshetError } from "../shared/mod.ts";
import { createOllama } from "./ollama.ts";
import { createOllamaManager } from "./ollama_manager.ts";

testProvider({
  name: "Ollama",
  create: createOllama,
  start: fakeOllama,
  endpoint,
  model: "llama3.2",
  streamErrorsAreWords: true,
  garbage: "{nonsense\n",
});

function endpoint(server: FakeServer) {
  return { nodeId: "n1", baseUrl: server.url };
}

Deno.test("Ollama: sends what its own API takes", async () => {
  await using server = await fakeOllama();
  const request = ask("llama3.2", "Hi", {
    temperature: 0.5,
    maxTokens: 99,
    seed: 7,
    stop: ["END"],
    contextLength: 16_384,
    keepAlive: "10m",
    reasoning: "high",
    responseFormat: { type: "json_schema", name: "city", schema: { type: "object" } },
  });
  await collect(createOllama().chat(endpoint(server), request, never()));
  assertEquals(server.lastRequest.path, "/api/chat");
  assertEquals(server.lastRequest.body, {
    model: "llama3.2",
    messages: [{ role: "user", content: "Hi" }],
    stream: true,
    format: { type: "object" },
    think: true,
    keep_alive: "10m",
    options: { temperature: 0.5, num_predict: 99, seed: 7, stop: ["END"], num_ctx: 16_384 },
  });
});

Deno.test("Ollama: an image that looks like a path is sent as it is, not read from disk", async () => {
  await using server = await fakeOllama();
  const request = ask("llama3.2", "What is this?");
  request.messages[0]?.content.push({ type: "image", mediaType: "image/png", data: "/etc/hostname" });
  await collect(createOllama().chat(endpoint(server), request, never()));
  assertStringIncludes(JSON.stringify(server.lastRequest.body), '"images":["/etc/hostname"]');
});

Deno.test("Ollama: says that it loads the model where the first token is long in coming", async () => {
  await using server = await fakeOllama({ script: { deltas: ["Hi"], firstTokenMs: 300 } });
  const provider = createOllama({ loadingNoticeMs: 10 });
  const deltas: ChatDelta[] = [];
  for await (const delta of provider.chat(endpoint(server), ask("llama3.2", "Hi"), never())) {
    deltas.push(delta);
  }
  assertEquals(deltas.slice(0, 2), [
    { type: "loading", message: "Loading llama3.2" },
    { type: "text", text: "Hi" },
  ]);
});

Deno.test("Ollama: says nothing of loading where the model is in memory", async () => {
  const models = [{ name: "llama3.2:latest", loaded: true }];
  await using server = await fakeOllama({ models, script: { deltas: ["Hi"], firstTokenMs: 100 } });
  const provider = createOllama({ loadingNoticeMs: 10 });
  const deltas = await Array.fromAsync(provider.chat(endpoint(server), ask("llama3.2", "Hi"), never()));
  assertEquals(deltas[0], { type: "text", text: "Hi" });
  assertEquals(server.requests.map((request) => request.path), ["/api/chat", "/api/ps"]);
});

Deno.test("Ollama: lists models with capabilities, context length and state", async () => {
  await using server = await fakeOllama({
    models: [
      {
        name: "qwen3:8b",
        capabilities: ["completion", "tools", "thinking"],
        contextLength: 40_960,
        loaded: true,
      },
      { name: "nomic-embed-text:latest", capabilities: ["embedding"], contextLength: 2048 },
      { name: "broken:latest", broken: true },
    ],
  });
  const models = await createOllama().models(endpoint(server), never());
  assertMatch(models[0]?.digest ?? "", /^[0-9a-f]{64}$/);
  assertEquals({ ...models[0], digest: "" }, {
    id: "qwen3:8b",
    digest: "",
    name: "qwen3:8b",
    capabilities: ["chat", "json", "tools", "reasoning"],
    contextLength: 40_960,
    sizeBytes: 3_338_801_804,
    parameters: "3.2B",
    quantization: "Q4_K_M",
    family: "llama",
    loaded: true,
    memoryBytes: 6_591_830_464,
    vramBytes: 5_333_539_264,
    expiresAt: Date.parse("2025-10-17T16:33:53.777023-07:00"),
    createdAt: Date.parse("2025-10-03T23:34:03.409490317-07:00"),
  });
  assertEquals(models[1]?.capabilities, ["embedding"]);
  assertEquals([models[1]?.contextLength, models[1]?.loaded, models[1]?.memoryBytes], [
    2048,
    false,
    undefined,
  ]);
  assertEquals([models[2]?.capabilities, models[2]?.contextLength], [["chat", "json"], undefined]);
});

Deno.test("Ollama: tells of an instance in memory that is not what has the name now", async () => {
  const digest = "0123456789abcdef".repeat(4);
  await using server = await fakeOllama({
    models: [{ name: "a:latest", loaded: true, loadedDigest: digest }, { name: "b:latest", loaded: true }],
  });
  const models = await createOllama().models(endpoint(server), never());
  assertEquals(models.map(({ loadedDigest }) => loadedDigest), [digest, undefined]);
});

Deno.test("Ollama: makes a model, telling each step; what breaks off says why", async () => {
  const creations = [{}, { failsWith: "no space left on device" }, { dies: true }];
  await using server = await fakeOllama({ models: [{ name: "a:latest" }], creations });
  const manager = createOllamaManager();
  const model = { name: "b", from: "a", system: "", template: "", parameters: { seed: 1 } };
  const phases: string[] = [];
  await manager.create(endpoint(server), model, never(), ({ phase }) => phases.push(phase));
  assertEquals([phases[0]?.startsWith("using existing layer"), phases.at(-1)], [true, "success"]);
  assertEquals(server.lastRequest.body, { model: "b", from: "a", stream: true, parameters: { seed: 1 } });
  await assertRejects(() => manager.create(endpoint(server), model, never()), FreshetError, "no space left");
  await assertRejects(() => manager.create(endpoint(server), model, never()), FreshetError);
});

Deno.test("Ollama: embeds", async () => {
  await using server = await fakeOllama();
  const request = { model: "llama3.2", input: ["a", "bcd"], dimensions: 2 };
  const result = await createOllama().embed(endpoint(server), request, never());
  assertEquals(result.vectors, [[0.01, 0.02], [0.03, 0.04]]);
  assertEquals(result.usage, { promptTokens: 8, completionTokens: 0, totalTokens: 8, estimated: false });
});

Deno.test("Ollama: probes, also where the address is that of its compatible API", async () => {
  await using server = await fakeOllama();
  for (const path of ["", "/v1", "/api"]) {
    await createOllama().probe({ nodeId: "n1", baseUrl: server.url + path }, never());
    assertEquals(server.lastRequest.path, "/api/version");
  }
});

Deno.test("Ollama: sends a key only where the node has one", async () => {
  await using server = await fakeOllama();
  await createOllama().probe(endpoint(server), never());
  assertEquals(server.lastRequest.headers.get("authorization"), null);
  await createOllama().probe({ ...endpoint(server), apiKey: "secret" }, never());
  assertEquals(server.lastRequest.headers.get("authorization"), "Bearer secret");
});

Deno.test("Ollama: a stream that ends within a line was cut", async () => {
  const line = '{"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}\n{"model":"m","mess';
  const fetch = () =>
    Promise.resolve(new Response(line, { headers: { "content-type": "application/x-ndjson" } }));
  const answer = createOllama({ fetch }).chat({ nodeId: "n1", baseUrl: "http://x" }, ask("m", "Hi"), never());
  const error = await assertRejects(() => collect(answer), FreshetError);
  assertStringIncludes(error.message, "ended the answer");
});
