import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import OpenAI from "openai";
import { says, yields } from "../../lib/gateway/testing.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Served, untilIdle, untilRunning, withServer } from "./gateway_models.ts";

const messages = [{ role: "user" as const, content: "Hello" }];

function withClient(
  fn: (client: OpenAI, served: Served) => Promise<void>,
  options: Parameters<typeof withServer>[1] = {},
): Promise<void> {
  return withServer(
    (served) => fn(new OpenAI({ baseURL: served.url, apiKey: served.key, maxRetries: 0 }), served),
    options,
  );
}

const tools: OpenAI.ChatCompletionTool[] = [{
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
}];

Deno.test("openai: a plain answer, with its headers", () =>
  withClient(async (client) => {
    const { data, response, request_id } = await client.chat.completions
      .create({ model: "org/plain", messages, max_completion_tokens: 5 }).withResponse();
    assertEquals(data.choices[0]?.message.content, "Hello, world");
    assertEquals([data.object, data.model, data.choices[0]?.finish_reason], [
      "chat.completion",
      "org/plain",
      "stop",
    ]);
    assertEquals(data.usage?.total_tokens, 8);
    assertEquals([request_id?.length, response.headers.get("x-freshet-node")], [26, "Fake"]);
  }));

Deno.test("openai: a streamed answer, with usage", () =>
  withClient(async (client) => {
    const stream = await client.chat.completions.create({
      model: "org/plain",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    assertEquals(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), "Hello, world");
    assertEquals(chunks.at(-1)?.usage?.total_tokens, 8);
    assertEquals(chunks.at(-2)?.choices[0]?.finish_reason, "stop");
  }));

Deno.test("openai: the streaming helper puts the answer together", () =>
  withClient(async (client) => {
    const runner = client.chat.completions.stream({ model: "org/plain", messages });
    const seen: string[] = [];
    runner.on("content", (delta) => seen.push(delta));
    const final = await runner.finalChatCompletion();
    assertEquals([seen, final.choices[0]?.message.content], [["Hello", ", ", "world"], "Hello, world"]);
  }));

Deno.test("openai: a loop over tools, whole and streamed", () =>
  withClient(async (client) => {
    const first = await client.chat.completions.create({ model: "org/tools", messages, tools });
    const message = first.choices[0]?.message;
    const call = message?.tool_calls?.[0];
    assert(message && call?.type === "function");
    assertEquals([first.choices[0]?.finish_reason, call.function], [
      "tool_calls",
      { name: "weather", arguments: '{"city":"Ulm"}' },
    ]);
    const second = await client.chat.completions.create({
      model: "org/tools",
      messages: [...messages, message, { role: "tool", tool_call_id: call.id, content: "sunny" }],
      tools,
    });
    assertEquals(second.choices[0]?.message.content, "The tool says: sunny");

    const runner = client.chat.completions.runTools({
      model: "org/tools",
      messages,
      stream: true,
      tools: [{
        type: "function",
        function: {
          name: "weather",
          description: "Tells the weather",
          parameters: { type: "object", properties: { city: { type: "string" } } },
          parse: JSON.parse,
          function: ({ city }: { city: string }) => `rain in ${city}`,
        },
      }],
    });
    assertEquals(await runner.finalContent(), "The tool says: rain in Ulm");
  }));

Deno.test("openai: images, JSON mode, reasoning", () =>
  withClient(async (client, { provider }) => {
    const seen = await client.chat.completions.create({
      model: "org/eyes",
      messages: [{
        role: "user",
        content: [{ type: "text", text: "?" }, {
          type: "image_url",
          image_url: { url: "data:image/png;base64,iVBORw0=" },
        }],
      }],
    });
    assertEquals(seen.choices[0]?.message.content, "image/png iVBORw0=");
    const schema = { type: "object", properties: { format: { type: "string" } } };
    const parsed = await client.chat.completions.parse({
      model: "org/json",
      messages,
      response_format: { type: "json_schema", json_schema: { name: "format", strict: true, schema } },
    });
    assertEquals(JSON.parse(parsed.choices[0]?.message.content ?? ""), { format: "json_schema" });
    assertEquals(provider.requests.at(-1)?.responseFormat, {
      type: "json_schema",
      name: "format",
      schema,
      strict: true,
    });
    const thought = await client.chat.completions.create({ model: "org/thinker", messages });
    assertEquals<unknown>(thought.choices[0]?.message, {
      role: "assistant",
      content: "42",
      refusal: null,
      reasoning_content: "Let me think",
    });
  }));

Deno.test("openai: embeddings, which it asks for as base64 and as numbers", () =>
  withClient(async (client) => {
    const coded = await client.embeddings.create({ model: "org/embed", input: ["ab", "abc"] });
    assertEquals(coded.data.map(({ embedding }) => [...embedding]), [[2, 0.5, -0.25], [3, 0.5, -0.25]]);
    const plain = await client.embeddings.create({
      model: "org/embed",
      input: "ab",
      encoding_format: "float",
    });
    assertEquals([plain.data[0]?.embedding, plain.usage.prompt_tokens], [[2, 0.5, -0.25], 7]);
  }));

Deno.test("openai: models, listed and one by one", () =>
  withClient(async (client) => {
    const ids = (await Array.fromAsync(client.models.list())).map(({ id }) => id);
    assert(ids.includes("org/plain") && ids.includes("org/embed"));
    const model = await client.models.retrieve("org/plain");
    assertEquals([model.id, model.object], ["org/plain", "model"]);
    const { capabilities, context_length, nodes } = model as unknown as Record<string, unknown>;
    assertEquals([capabilities, context_length], [["chat", "tools"], 4096]);
    assertEquals(nodes, [{ id: "config-fake", name: "Fake", kind: "openai", local: false }]);
  }));

Deno.test("openai: aborting ends the upstream request within a second", () =>
  withClient(async (client, { provider }) => {
    const controller = new AbortController();
    const stream = await client.chat.completions
      .create({ model: "org/hanging", messages, stream: true }, { signal: controller.signal });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) controller.abort();
    await untilIdle(provider);

    const broken = await client.chat.completions.create({ model: "org/hanging", messages, stream: true });
    for await (const chunk of broken) if (chunk.choices[0]?.delta.content) break;
    await untilIdle(provider);

    // With a long prompt too, whose body comes in several reads.
    for (const content of ["Hello", "Hello ".repeat(20_000)]) {
      const early = new AbortController();
      const answer = client.chat.completions.create(
        { model: "org/silent", messages: [{ role: "user", content }], stream: true },
        { signal: early.signal },
      );
      const failed = assertRejects(() => Promise.resolve(answer), OpenAI.APIUserAbortError);
      await untilRunning(provider);
      early.abort();
      await failed;
      await untilIdle(provider);
    }
  }));

Deno.test("openai: aborting a whole answer ends the upstream request within a second", () =>
  withClient(async (client, { provider }) => {
    for (const content of ["Hello", "Hello ".repeat(20_000)]) {
      const early = new AbortController();
      const answer = client.chat.completions.create(
        { model: "org/hanging", messages: [{ role: "user", content }] },
        { signal: early.signal },
      );
      const failed = assertRejects(() => Promise.resolve(answer), OpenAI.APIUserAbortError);
      await untilRunning(provider);
      early.abort();
      await failed;
      await untilIdle(provider);
    }
    provider.embedding = async (_request, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      throw new DOMException("", "AbortError");
    };
    const leaving = new AbortController();
    const answer = client.embeddings.create(
      { model: "org/embed", input: "Hello ".repeat(20_000) },
      { signal: leaving.signal },
    );
    const failed = assertRejects(() => Promise.resolve(answer), OpenAI.APIUserAbortError);
    await untilRunning(provider);
    leaving.abort();
    await failed;
    await untilIdle(provider);
  }));

Deno.test("openai: failures are its own errors", () =>
  withClient(async (client, { url }) => {
    for (const stream of [false, true]) {
      const ask = (model: string) => client.chat.completions.create({ model, messages, stream });
      const busy = await assertRejects(() => ask("org/busy"), OpenAI.RateLimitError);
      assertEquals([busy.code, busy.headers.get("retry-after")], ["rate_limit_exceeded", "7"]);
      assertStringIncludes(busy.message, "Too many requests");
      const unknown = await assertRejects(() => ask("org/none"), OpenAI.NotFoundError);
      assertEquals([unknown.code, unknown.requestID?.length], ["model_not_found", 26]);
      const wrong = await assertRejects(
        () => client.chat.completions.create({ model: "org/plain", messages, stream, n: 3 }),
        OpenAI.BadRequestError,
      );
      assertEquals([wrong.param, wrong.type], ["n", "invalid_request_error"]);
    }
    const stranger = new OpenAI({ baseURL: url, apiKey: "fsh_wrong", maxRetries: 0 });
    const refused = await assertRejects(
      () => Array.fromAsync(stranger.models.list()),
      OpenAI.AuthenticationError,
    );
    assertEquals(refused.code, "invalid_api_key");
    await assertRejects(() => client.models.retrieve("org/none"), OpenAI.NotFoundError);
    const large = [{ role: "user" as const, content: "x".repeat(20_000_000) }];
    const tooLarge = await assertRejects(
      () => client.chat.completions.create({ model: "org/plain", messages: large }),
      OpenAI.APIError,
    );
    assertEquals([tooLarge.status, tooLarge.code], [413, "payload_too_large"]);
  }));

Deno.test("openai: it retries after the time it is told", () =>
  withServer(async ({ url, key, provider }) => {
    let waited: number | undefined;
    const error = new FreshetError("rate_limited", "Too many requests", { retryAfter: 0.4 });
    provider.scripts = { ...provider.scripts, "org/busy": yields([], error) };
    const client = new OpenAI({
      baseURL: url,
      apiKey: key,
      maxRetries: 1,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (response.status !== 429) return response;
        waited = Number(response.headers.get("retry-after"));
        provider.scripts = { ...provider.scripts, "org/busy": says("at last") };
        await new Promise((resolve) => setTimeout(resolve, 450));
        const headers = new Headers(response.headers);
        headers.set("retry-after", "0.01");
        return new Response(response.body, { status: 429, headers });
      },
    });
    const answer = await client.chat.completions.create({ model: "org/busy", messages });
    assertEquals([waited, answer.choices[0]?.message.content], [1, "at last"]);
  }));

Deno.test("openai: a stalled and a cut stream end in its error, not as if they were whole", () =>
  withClient(async (client, { provider }) => {
    for (const [model, code] of [["org/hanging", "stalled"], ["org/cut", "upstream"]] as const) {
      let text = "";
      const error = await assertRejects(async () => {
        for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
          text += chunk.choices[0]?.delta.content ?? "";
          assertEquals(chunk.choices[0]?.finish_reason, null);
        }
      }, OpenAI.APIError);
      assertEquals([text, error.code, error.type], ["Hal", code, "server_error"]);
    }
    await untilIdle(provider);
  }, { patience: { betweenTokensMs: 200 } }));
