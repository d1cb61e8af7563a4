import { assertEquals, assertRejects } from "@std/assert";
import { ask, collect, never } from "../../tests/fakes/collect.ts";
import { fakeAnthropic, type FakeServer } from "../../tests/fakes/mod.ts";
import { testProvider } from "../../tests/fakes/provider_contract.ts";
import { FreshetError } from "../shared/mod.ts";
import { createAnthropic } from "./anthropic.ts";

const KEY = "sk-ant-1234567890abcdef";

testProvider({
  name: "Anthropic",
  create: createAnthropic,
  start: (options) => fakeAnthropic({ ...options, apiKey: KEY }),
  endpoint,
  model: "claude-sonnet-5-5",
  garbage: "event: content_block_delta\ndata: {nonsense\n\n",
});

function endpoint(server: FakeServer) {
  return { nodeId: "n1", baseUrl: server.url, apiKey: KEY };
}

Deno.test("Anthropic: sends a schema in the subset that the API compiles", async () => {
  await using server = await fakeAnthropic();
  const schema = {
    type: "object",
    properties: { year: { type: "integer", minimum: 1 } },
    required: ["year"],
  };
  const request = ask("claude-sonnet-5-5", "Hi", {
    responseFormat: { type: "json_schema", name: "x", schema },
  });
  await collect(createAnthropic().chat(endpoint(server), request, never()));
  const { output_config } = server.lastRequest.body as { output_config: unknown };
  assertEquals(output_config, {
    format: {
      type: "json_schema",
      schema: {
        type: "object",
        properties: { year: { type: "integer", description: "{minimum: 1}" } },
        additionalProperties: false,
        required: ["year"],
      },
    },
  });
});

Deno.test("Anthropic: asks the older version of the API where a model takes a temperature", async () => {
  await using server = await fakeAnthropic({ models: ["claude-haiku-4-5", "claude-sonnet-5-5"] });
  const send = async (model: string) => {
    const request = ask(model, "Hi", { temperature: 1.5, topP: 0.9 });
    await collect(createAnthropic().chat(endpoint(server), request, never()));
    const { temperature, top_p } = server.lastRequest.body as { temperature?: number; top_p?: number };
    return [server.lastRequest.headers.get("anthropic-version"), temperature, top_p];
  };
  assertEquals(await send("claude-haiku-4-5"), ["2023-06-01", 1, undefined]);
  assertEquals(await send("claude-sonnet-5-5"), ["2026-10-21", undefined, undefined]);
});

Deno.test("Anthropic: counts tokens of the cache and of thinking", async () => {
  const usage = { prompt: 100, completion: 20, cached: 80, reasoning: 15 };
  await using server = await fakeAnthropic({ script: { deltas: ["Hi"], usage } });
  const answer = await collect(
    createAnthropic().chat(endpoint(server), ask("claude-sonnet-5-5", "Hi"), never()),
  );
  assertEquals(answer.usage, {
    promptTokens: 100,
    completionTokens: 20,
    totalTokens: 120,
    reasoningTokens: 15,
    cachedTokens: 80,
    estimated: false,
  });
});

Deno.test("Anthropic: a refusal is a content filter", async () => {
  await using server = await fakeAnthropic({ script: { deltas: ["I"], finish: "content_filter" } });
  const answer = await collect(
    createAnthropic().chat(endpoint(server), ask("claude-sonnet-5-5", "Hi"), never()),
  );
  assertEquals(answer.finish, "content_filter");
});

Deno.test("Anthropic: lists all pages of models with what they can do", async () => {
  const ids = ["claude-sonnet-5-5", "claude-haiku-4-5", "claude-opus-4-1"];
  await using server = await fakeAnthropic({ models: ids, pageSize: 2 });
  const models = await createAnthropic().models(endpoint(server), never());
  assertEquals(models.map((model) => model.id), ids);
  assertEquals(models[0], {
    id: "claude-sonnet-5-5",
    name: "Claude sonnet-5-5",
    capabilities: ["chat", "tools", "vision", "reasoning", "json"],
    contextLength: 1_000_000,
    ownedBy: "anthropic",
    createdAt: Date.parse("2026-02-19T00:00:00Z"),
  });
});

Deno.test("Anthropic: goes by the name where a server tells nothing of a model", async () => {
  await using server = await fakeAnthropic({
    models: ["claude-3-5-haiku-20241022", "glm-5"],
    plainModels: true,
  });
  const models = await createAnthropic().models(endpoint(server), never());
  assertEquals(models.map((model) => model.capabilities), [["chat", "tools", "vision"], ["chat", "tools"]]);
});

Deno.test("Anthropic: probes with the key, also where the address ends in /v1", async () => {
  await using server = await fakeAnthropic({ apiKey: KEY });
  await createAnthropic().probe({ ...endpoint(server), baseUrl: `${server.url}/v1` }, never());
  const wrong = { ...endpoint(server), apiKey: "sk-ant-wrong" };
  assertEquals(
    (await assertRejects(() => createAnthropic().probe(wrong, never()), FreshetError)).code,
    "auth",
  );
});

Deno.test("Anthropic: no key is looked for in the environment", async () => {
  await using server = await fakeAnthropic();
  const before = Deno.env.get("ANTHROPIC_API_KEY");
  Deno.env.set("ANTHROPIC_API_KEY", "sk-ant-from-the-environment");
  try {
    await createAnthropic().probe({ nodeId: "n1", baseUrl: server.url }, never());
  } finally {
    if (before === undefined) Deno.env.delete("ANTHROPIC_API_KEY");
    else Deno.env.set("ANTHROPIC_API_KEY", before);
  }
  assertEquals(server.lastRequest.headers.get("authorization"), null);
  assertEquals(server.lastRequest.headers.get("x-api-key"), null);
});

Deno.test({
  name: "Anthropic: tells that its client needs the permission to read the environment",
  permissions: { env: false, net: "inherit" },
  fn: async () => {
    await using server = await fakeAnthropic();
    const error = await assertRejects(() => createAnthropic().probe(endpoint(server), never()), FreshetError);
    assertEquals([error.code, error.hint?.includes("--allow-env")], ["unsupported", true]);
  },
});

Deno.test("Anthropic: has no embeddings", async () => {
  await using server = await fakeAnthropic();
  const request = { model: "claude-sonnet-5-5", input: ["a"] };
  const error = await assertRejects(
    () => createAnthropic().embed(endpoint(server), request, never()),
    FreshetError,
  );
  assertEquals(error.code, "unsupported");
});
