import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createOpenAICompatible, type OpenAICompatibleProvider } from "@ai-sdk/openai-compatible";
import { APICallError, embedMany, generateText, Output, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { type Served, untilIdle, untilRunning, withServer } from "./gateway_models.ts";

function withProvider(
  fn: (freshet: OpenAICompatibleProvider, served: Served) => Promise<void>,
  options: Parameters<typeof withServer>[1] = {},
): Promise<void> {
  return withServer((served) => {
    const { url: baseURL, key: apiKey } = served;
    const settings = {
      name: "freshet",
      baseURL,
      apiKey,
      includeUsage: true,
      supportsStructuredOutputs: true,
    };
    return fn(createOpenAICompatible(settings), served);
  }, options);
}

const weather = tool({
  description: "Tells the weather",
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => Promise.resolve(`rain in ${city}`),
});

const ask = { prompt: "Hello", maxRetries: 0 };

Deno.test("ai sdk: a plain and a streamed answer", () =>
  withProvider(async (freshet) => {
    const plain = await generateText({ ...ask, model: freshet("org/plain"), maxOutputTokens: 5, topP: 0.5 });
    assertEquals([plain.text, plain.finishReason, plain.usage.totalTokens], ["Hello, world", "stop", 8]);
    assertEquals(plain.response.modelId, "org/plain");
    const streamed = streamText({ ...ask, model: freshet("org/plain") });
    assertEquals(await Array.fromAsync(streamed.textStream), ["Hello", ", ", "world"]);
    assertEquals([await streamed.finishReason, (await streamed.usage).outputTokens], ["stop", 3]);
  }));

Deno.test("ai sdk: reasoning", () =>
  withProvider(async (freshet) => {
    const plain = await generateText({ ...ask, model: freshet("org/thinker") });
    assertEquals([plain.reasoningText, plain.text], ["Let me think", "42"]);
    const streamed = streamText({ ...ask, model: freshet("org/thinker") });
    await streamed.consumeStream();
    assertEquals([await streamed.reasoningText, await streamed.text], ["Let me think", "42"]);
  }));

Deno.test("ai sdk: a loop over tools, whole and streamed", () =>
  withProvider(async (freshet) => {
    const loop = { ...ask, model: freshet("org/tools"), tools: { weather }, stopWhen: stepCountIs(3) };
    const plain = await generateText(loop);
    assertEquals([plain.text, plain.steps.length], ["The tool says: rain in Ulm", 2]);
    const streamed = streamText(loop);
    await streamed.consumeStream();
    assertEquals([await streamed.text, (await streamed.steps).length], ["The tool says: rain in Ulm", 2]);
  }));

Deno.test("ai sdk: images, structured output, embeddings", () =>
  withProvider(async (freshet, { provider }) => {
    const { text } = await generateText({
      model: freshet("org/eyes"),
      maxRetries: 0,
      messages: [{
        role: "user",
        content: [{ type: "file", data: Uint8Array.of(137, 80, 78, 71, 13), mediaType: "image/png" }],
      }],
    });
    assertEquals(text, "image/png iVBORw0=");
    const formed = await generateText({
      ...ask,
      model: freshet("org/json"),
      output: Output.object({ schema: z.object({ format: z.string() }) }),
    });
    assertEquals(formed.output, { format: "json_schema" });
    assertEquals(provider.requests.at(-1)?.responseFormat?.type, "json_schema");
    const { embeddings, usage } = await embedMany({
      model: freshet.embeddingModel("org/embed"),
      values: ["ab", "abc"],
      maxRetries: 0,
    });
    assertEquals([embeddings, usage.tokens], [[[2, 0.5, -0.25], [3, 0.5, -0.25]], 7]);
  }));

Deno.test("ai sdk: aborting ends the upstream request within a second", () =>
  withProvider(async (freshet, { provider }) => {
    const controller = new AbortController();
    const streamed = streamText({ ...ask, model: freshet("org/hanging"), abortSignal: controller.signal });
    const types = [];
    for await (const part of streamed.stream) {
      types.push(part.type);
      if (part.type === "text-delta") controller.abort();
    }
    assertEquals(types.at(-1), "abort");
    await untilIdle(provider);
    const early = new AbortController();
    const failed = assertRejects(
      () => generateText({ ...ask, model: freshet("org/silent"), abortSignal: early.signal }),
      DOMException,
    );
    await untilRunning(provider);
    early.abort();
    await failed;
    await untilIdle(provider);
  }, { wholeAnswerHoldMs: 300 }));

Deno.test("ai sdk: failures are its own errors", () =>
  withProvider(async (freshet, { url }) => {
    for (
      const [model, status, words] of [["org/busy", 429, "Too many"], [
        "org/none",
        404,
        "No node has",
      ]] as const
    ) {
      const plain = await assertRejects(
        () => generateText({ ...ask, model: freshet(model) }),
        APICallError,
        words,
      );
      assertEquals([plain.statusCode, plain.isRetryable], [status, status === 429]);
      assertEquals(plain.responseHeaders?.["retry-after"], status === 429 ? "7" : undefined);
      const errors: unknown[] = [];
      await streamText({ ...ask, model: freshet(model), onError: ({ error }) => void errors.push(error) })
        .consumeStream();
      assertEquals(errors.map((error) => APICallError.isInstance(error) && error.statusCode), [status]);
    }
    const stranger = createOpenAICompatible({ name: "freshet", baseURL: url, apiKey: "fsh_wrong" });
    const refused = await assertRejects(
      () => generateText({ ...ask, model: stranger("org/plain") }),
      APICallError,
    );
    assertEquals([refused.statusCode, refused.message.includes("API key")], [401, true]);
  }));

Deno.test("ai sdk: a stalled and a cut stream end as errors", () =>
  withProvider(async (freshet) => {
    for (
      const [model, words] of [["org/hanging", "stopped in mid-answer"], ["org/cut", "broke off"]] as const
    ) {
      const errors: unknown[] = [];
      const streamed = streamText({
        ...ask,
        model: freshet(model),
        onError: ({ error }) => void errors.push(error),
      });
      assertEquals((await Array.fromAsync(streamed.textStream)).join(""), "Hal");
      assertStringIncludes(JSON.stringify(errors), words);
      assertEquals(await streamed.finishReason, "error");
    }
  }, { patience: { betweenTokensMs: 200 } }));
