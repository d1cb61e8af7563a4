import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ask, collect, never } from "../../tests/fakes/collect.ts";
import { fakeOpenAI, type FakeServer } from "../../tests/fakes/mod.ts";
import { testProvider } from "../../tests/fakes/provider_contract.ts";
import { createHttp1 } from "../http1/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { createOpenAI } from "./openai.ts";

const KEY = "sk-test-1234567890abcdef";

testProvider({
  name: "OpenAI",
  create: createOpenAI,
  start: (options) => fakeOpenAI({ ...options, apiKey: KEY }),
  endpoint: (server) => ({ ...endpoint(server), apiKey: KEY }),
  model: "gpt-4o-mini",
  garbage: "data: {nonsense\n\n",
});

for (const flavour of ["vllm", "lmstudio"] as const) {
  testProvider({
    name: `OpenAI as of ${flavour}`,
    create: createOpenAI,
    start: (options) => fakeOpenAI({ ...options, flavour }),
    endpoint,
    model: "gpt-4o-mini",
    streamErrorsAreWords: flavour === "lmstudio",
    garbage: "data: {nonsense\n\n",
  });
}

testProvider({
  name: "OpenAI over the own client of HTTP/1.1",
  create: createDirect,
  start: (options) => fakeOpenAI({ ...options, apiKey: KEY }),
  endpoint: (server) => ({ ...endpoint(server), apiKey: KEY }),
  model: "gpt-4o-mini",
  garbage: "data: {nonsense\n\n",
});

/** As the app has it, but that no connection is kept: each test closes what it opens. */
function createDirect() {
  const http1 = createHttp1({ maxIdlePerHost: 0 });
  return createOpenAI({ fetch: http1.fetch, http1 });
}

function endpoint(server: FakeServer) {
  return { nodeId: "n1", baseUrl: `${server.url}/v1` };
}

function body(server: FakeServer): Record<string, unknown> {
  return server.lastRequest.body as Record<string, unknown>;
}

Deno.test("OpenAI: sends the whole request", async () => {
  await using server = await fakeOpenAI();
  const schema = { type: "object", properties: {} };
  const request = ask("gpt-4o-mini", "Hi", {
    temperature: 0.5,
    topP: 0.9,
    maxTokens: 99,
    stop: ["END"],
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    reasoning: "low",
    tools: [{ name: "clock", description: "The time", parameters: schema, strict: true }],
    toolChoice: { name: "clock" },
    parallelToolCalls: false,
    responseFormat: { type: "json_schema", name: "city", schema, strict: true },
    contextLength: 4096,
  });
  await collect(createOpenAI().chat(endpoint(server), request, never()));
  assertEquals(body(server), {
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: "Hi" }],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 99,
    stop: ["END"],
    seed: 7,
    presence_penalty: 0.1,
    frequency_penalty: 0.2,
    reasoning_effort: "low",
    tools: [{
      type: "function",
      function: { name: "clock", description: "The time", parameters: schema, strict: true },
    }],
    tool_choice: { type: "function", function: { name: "clock" } },
    parallel_tool_calls: false,
    response_format: { type: "json_schema", json_schema: { name: "city", schema, strict: true } },
  });
});

Deno.test("OpenAI: counts tokens of reasoning and of the cache", async () => {
  await using server = await fakeOpenAI({
    script: { usage: { prompt: 10, completion: 5, reasoning: 3, cached: 8 } },
  });
  const { usage } = await collect(createOpenAI().chat(endpoint(server), ask("gpt-4o-mini", "Hi"), never()));
  assertEquals([usage?.reasoningTokens, usage?.cachedTokens], [3, 8]);
});

Deno.test("OpenAI: reports no usage where the server does not", async () => {
  await using server = await fakeOpenAI({ script: { deltas: ["Hi"], usage: null } });
  const { usage } = await collect(createOpenAI().chat(endpoint(server), ask("gpt-4o-mini", "Hi"), never()));
  assertEquals(usage, undefined);
});

Deno.test("OpenAI: asks again without a field that the server refuses by name", async () => {
  for (const flavour of ["openai", "mistral"] as const) {
    const refuses = ["stream_options", "seed", "temperature"];
    await using server = await fakeOpenAI({ flavour, refuses });
    const request = ask("gpt-4o-mini", "Hi", { seed: 7, temperature: 0.5, topP: 0.9 });
    const answer = await collect(createOpenAI().chat(endpoint(server), request, never()));
    assertEquals(answer.text, "You said: Hi");
    assertEquals(Object.keys(body(server)), ["model", "messages", "stream", "top_p"]);
    assertEquals(server.requests.length, 4);
  }
});

Deno.test("OpenAI: a refusal of what the request is about stands", async () => {
  await using server = await fakeOpenAI({ refuses: ["messages"] });
  const answer = createOpenAI().chat(endpoint(server), ask("gpt-4o-mini", "Hi"), never());
  assertEquals((await assertRejects(() => collect(answer), FreshetError)).code, "invalid_request");
  assertEquals(server.requests.length, 1);
});

Deno.test("OpenAI: tells Gemini's parallel calls apart, which all have the index 0", async () => {
  const call = { type: "tool_call", name: "clock", arguments: "{}" } as const;
  await using server = await fakeOpenAI({
    flavour: "gemini",
    script: { deltas: [{ ...call, id: "a" }, { ...call, id: "b" }] },
  });
  const answer = await collect(createOpenAI().chat(endpoint(server), ask("gpt-4o-mini", "Hi"), never()));
  assertEquals(answer.calls.map((call) => call.id), ["a", "b"]);
  assertEquals(answer.finish, "tool_calls");
  assertEquals(answer.usage?.promptTokens, 11);
});

Deno.test("OpenAI: reads Gemini's and Mistral's errors", async () => {
  for (const flavour of ["gemini", "mistral"] as const) {
    await using server = await fakeOpenAI({ flavour, script: { failure: { kind: "context_length" } } });
    const answer = createOpenAI().chat(endpoint(server), ask("gpt-4o-mini", "Hi"), never());
    assertEquals((await assertRejects(() => collect(answer), FreshetError)).code, "context_length");
  }
});

Deno.test("OpenAI: neither sends a key that the node does not have, nor anything from the environment", async () => {
  await using server = await fakeOpenAI();
  const names = ["OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL"];
  const before = names.map((name) => Deno.env.get(name));
  for (const name of names) Deno.env.set(name, "http://192.0.2.1/from-the-environment");
  try {
    await createOpenAI().probe(endpoint(server), never());
  } finally {
    for (const [i, name] of names.entries()) {
      const value = before[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
  const headers = JSON.stringify([...server.lastRequest.headers]);
  assertEquals(headers.includes("from-the-environment"), false);
  assertEquals(server.lastRequest.headers.get("authorization"), null);
});

Deno.test({
  name: "OpenAI: works without the permission to read the environment",
  permissions: { env: false, net: "inherit" },
  fn: async () => {
    await using server = await fakeOpenAI();
    assertEquals((await createOpenAI().models(endpoint(server), never())).length, 2);
  },
});

Deno.test("OpenAI: a wrong address is told from a wrong answer", async () => {
  await using lmStudio = await fakeOpenAI({ flavour: "lmstudio" });
  await using other = await fakeOpenAI();
  for (const server of [lmStudio, other]) {
    const wrong = { nodeId: "n1", baseUrl: server.url };
    const probed = await assertRejects(() => createOpenAI().probe(wrong, never()), FreshetError);
    const answer = createOpenAI().chat(wrong, ask("gpt-4o-mini", "Hi"), never());
    const chatted = await assertRejects(() => collect(answer), FreshetError);
    for (const error of [probed, chatted]) {
      assertEquals(error.code, "upstream");
      assertStringIncludes(error.hint ?? "", "/v1");
    }
  }
});

Deno.test("OpenAI: a wrong key fails the probe, the right one passes", async () => {
  await using server = await fakeOpenAI({ apiKey: KEY });
  await createOpenAI().probe({ ...endpoint(server), apiKey: KEY }, never());
  const wrong = { ...endpoint(server), apiKey: "sk-wrong" };
  assertEquals((await assertRejects(() => createOpenAI().probe(wrong, never()), FreshetError)).code, "auth");
  const none = await assertRejects(() => createOpenAI().probe(endpoint(server), never()), FreshetError);
  assertStringIncludes(none.hint ?? "", "Add a key");
});

Deno.test("OpenAI: embeds in the order of the input", async () => {
  await using server = await fakeOpenAI();
  const request = { model: "text-embedding-3-small", input: ["a", "bcd"], dimensions: 2 };
  const result = await createOpenAI().embed(endpoint(server), request, never());
  assertEquals(result.vectors, [[0.01, 0.02], [0.03, 0.04]]);
  assertEquals(result.usage.promptTokens, 8);
  assertEquals(body(server).encoding_format, "float");
});

Deno.test("OpenAI: lists models for chat and embeddings, not those for other tasks", async () => {
  await using server = await fakeOpenAI({
    models: ["gpt-4o-mini", "o3", "whisper-1", "dall-e-3", "text-embedding-3-small"],
  });
  const models = await createOpenAI().models(endpoint(server), never());
  assertEquals(models.map((model) => [model.id, model.capabilities]), [
    ["gpt-4o-mini", ["chat", "tools", "json", "vision"]],
    ["o3", ["chat", "tools", "json", "vision", "reasoning"]],
    ["text-embedding-3-small", ["embedding"]],
  ]);
});

Deno.test("OpenAI: takes what vLLM, LM Studio and Gemini tell of their models", async () => {
  const list = async (flavour: "vllm" | "lmstudio" | "gemini", model: string) => {
    await using server = await fakeOpenAI({ flavour, models: [model] });
    return (await createOpenAI().models(endpoint(server), never()))[0];
  };
  assertEquals((await list("vllm", "Qwen/Qwen2.5-7B-Instruct"))?.contextLength, 32_768);
  const local = await list("lmstudio", "qwen2.5-vl-7b");
  assertEquals([local?.contextLength, local?.quantization, local?.loaded], [4096, "Q4_K_M", true]);
  assertEquals(local?.capabilities, ["chat", "json", "vision", "tools"]);
  const gemini = await list("gemini", "gemini-2.5-flash");
  assertEquals([gemini?.id, gemini?.name], ["gemini-2.5-flash", "Gemini"]);
});

Deno.test("OpenAI: an abort of a list closes the connection", async () => {
  await using server = await fakeOpenAI();
  const error = await assertRejects(
    () => createOpenAI().models(endpoint(server), AbortSignal.abort()),
    FreshetError,
  );
  assertEquals(error.code, "cancelled");
});
