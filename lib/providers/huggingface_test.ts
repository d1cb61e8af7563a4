import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ask, collect, never } from "../../tests/fakes/collect.ts";
import { type FakeHubModel, fakeHuggingFace, type FakeServer } from "../../tests/fakes/mod.ts";
import { testProvider } from "../../tests/fakes/provider_contract.ts";
import { FreshetError } from "../shared/mod.ts";
import { createHuggingFace } from "./huggingface.ts";

const TOKEN = "hf_abcdefghijklmnop";

testProvider({
  name: "Hugging Face",
  create: createHuggingFace,
  start: (options) => fakeHuggingFace({ ...options, token: TOKEN }),
  endpoint,
  model: "deepseek-ai/DeepSeek-V3",
  garbage: "data: {nonsense\n\n",
});

function endpoint(server: FakeServer) {
  return { nodeId: "n1", baseUrl: server.url, apiKey: TOKEN };
}

/** The client keeps what it looked up for a model as long as the process lives: each test has models of its own. */
function model(id: string, more: Partial<FakeHubModel> = {}): FakeHubModel {
  return { id, providers: { novita: `novita/${id}` }, ...more };
}

function body(server: FakeServer): Record<string, unknown> {
  return server.lastRequest.body as Record<string, unknown>;
}

Deno.test("Hugging Face: leaves the choice of the provider to the router", async () => {
  await using server = await fakeHuggingFace({ models: [model("a/auto")] });
  await collect(createHuggingFace().chat(endpoint(server), ask("a/auto", "Hi"), never()));
  assertEquals([server.lastRequest.path, body(server).model], ["/v1/chat/completions", "a/auto"]);
  assertEquals(server.requests.length, 1);
});

Deno.test("Hugging Face: asks the node's inference provider, under its own name for the model", async () => {
  await using server = await fakeHuggingFace({ models: [model("a/fixed")] });
  const fixed = { ...endpoint(server), inferenceProvider: "novita" };
  await collect(createHuggingFace().chat(fixed, ask("a/fixed", "Hi"), never()));
  assertEquals(server.requests.map((request) => request.path), [
    "/api/models/a/fixed",
    "/novita/v3/openai/chat/completions",
  ]);
  assertEquals(body(server).model, "novita/a/fixed");
  assertEquals(server.lastRequest.headers.get("authorization"), `Bearer ${TOKEN}`);
});

Deno.test("Hugging Face: knows the alias of a model on a provider", async () => {
  await using server = await fakeHuggingFace();
  await collect(createHuggingFace().chat(endpoint(server), ask("deepseek", "Hi"), never()));
  assertEquals(server.lastRequest.path, "/novita/v3/openai/chat/completions");
  assertEquals(body(server).model, "deepseek/deepseek_v3");
});

Deno.test("Hugging Face: names a provider that the client does not know to the router", async () => {
  await using server = await fakeHuggingFace();
  await collect(createHuggingFace().chat(endpoint(server), ask("llama", "Hi"), never()));
  assertEquals(server.lastRequest.path, "/v1/chat/completions");
  assertEquals(body(server).model, "meta-llama/Llama-3.1-8B-Instruct:nebius");
});

Deno.test("Hugging Face: tells where a provider does not have the model, or a model does not exist", async () => {
  await using server = await fakeHuggingFace({ models: [model("a/elsewhere")] });
  const groq = { ...endpoint(server), inferenceProvider: "groq" };
  for (const name of ["a/elsewhere", "a/nowhere"]) {
    const answer = createHuggingFace().chat(groq, ask(name, "Hi"), never());
    assertEquals((await assertRejects(() => collect(answer), FreshetError)).code, "model_not_found", name);
  }
});

Deno.test("Hugging Face: the router needs a token", async () => {
  await using server = await fakeHuggingFace();
  const answer = createHuggingFace().chat(
    { nodeId: "n1", baseUrl: server.url },
    ask("deepseek-ai/DeepSeek-V3", "Hi"),
    never(),
  );
  const error = await assertRejects(() => collect(answer), FreshetError);
  assertEquals(error.code, "auth");
  assertStringIncludes(error.hint ?? "", "hf_");
});

Deno.test("Hugging Face: asks a dedicated endpoint at its own address", async () => {
  const asked: string[] = [];
  const fetch = (input: RequestInfo | URL) => {
    asked.push(String(input));
    const text = 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    return Promise.resolve(new Response(text, { headers: { "content-type": "text/event-stream" } }));
  };
  const baseUrl = "https://abc.eu-west-1.aws.endpoints.huggingface.cloud/v1";
  const answer = createHuggingFace({ fetch }).chat(
    { nodeId: "n1", baseUrl, apiKey: TOKEN, inferenceProvider: "novita" },
    ask("tgi", "Hi"),
    never(),
  );
  assertEquals((await collect(answer)).text, "Hi");
  assertEquals(asked, [`${baseUrl}/chat/completions`]);
});

Deno.test("Hugging Face: embeds, and counts the tokens itself", async () => {
  const id = "s/MiniLM";
  const models = [model(id, { providers: { "hf-inference": id }, task: "feature-extraction" })];
  await using server = await fakeHuggingFace({ models });
  const request = { model: id, input: ["a", "bcd"] };
  const result = await createHuggingFace().embed(endpoint(server), request, never());
  assertEquals(result.vectors, [[0.01, 0.02, 0.03], [0.03, 0.04, 0.05]]);
  assertEquals(result.usage, { promptTokens: 2, completionTokens: 0, totalTokens: 2, estimated: true });
  assertEquals(server.lastRequest.path, "/hf-inference/models/s/MiniLM/pipeline/feature-extraction");
});

Deno.test("Hugging Face: a model for chat does not embed", async () => {
  await using server = await fakeHuggingFace({ models: [model("a/chat")] });
  const request = { model: "a/chat", input: ["a"] };
  const error = await assertRejects(
    () => createHuggingFace().embed(endpoint(server), request, never()),
    FreshetError,
  );
  assertEquals(error.code, "unsupported");
});

Deno.test("Hugging Face: lists the models of the router, aliases first", async () => {
  await using server = await fakeHuggingFace();
  const models = await createHuggingFace().models(endpoint(server), never());
  assertEquals(models.map((model) => model.id), [
    "deepseek",
    "llama",
    "deepseek-ai/DeepSeek-V3",
    "meta-llama/Llama-3.1-8B-Instruct",
  ]);
  assertEquals(models[2], {
    id: "deepseek-ai/DeepSeek-V3",
    name: "deepseek-ai/DeepSeek-V3",
    capabilities: ["chat", "tools"],
    contextLength: 163_840,
    ownedBy: "deepseek-ai",
    createdAt: 1_735_128_000_000,
  });
  const nebius = await createHuggingFace().models(
    { ...endpoint(server), inferenceProvider: "nebius" },
    never(),
  );
  assertEquals(nebius.map((model) => model.id).at(-1), "meta-llama/Llama-3.1-8B-Instruct");
  assertEquals(nebius.length, 3);
});

Deno.test("Hugging Face: the probe shows a wrong token", async () => {
  await using server = await fakeHuggingFace({ token: TOKEN });
  await createHuggingFace().probe(endpoint(server), never());
  await createHuggingFace().probe({ nodeId: "n1", baseUrl: server.url }, never());
  const wrong = { ...endpoint(server), apiKey: "hf_wrong" };
  assertEquals(
    (await assertRejects(() => createHuggingFace().probe(wrong, never()), FreshetError)).code,
    "auth",
  );
});

Deno.test("Hugging Face: a limit on asking who we are is no sign of a bad token", async () => {
  const fetch = () => Promise.resolve(Response.json({ error: "Too many requests" }, { status: 429 }));
  const node = { nodeId: "n1", baseUrl: "https://router.huggingface.co", apiKey: TOKEN };
  await createHuggingFace({ fetch }).probe(node, never());
});
