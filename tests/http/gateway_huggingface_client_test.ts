import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceClient, InferenceClientProviderApiError } from "@huggingface/inference";
import { type Served, untilIdle, untilRunning, withServer } from "./gateway_models.ts";

const messages = [{ role: "user", content: "Hello" }];

const tools = [{
  type: "function" as const,
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
}];

/** The client reads no stream to its end, so each request of a test is given up when the test is over. */
async function withClient(
  fn: (client: InferenceClient, served: Served) => Promise<void>,
  options: Parameters<typeof withServer>[1] = {},
): Promise<void> {
  const over = new AbortController();
  await withServer(async (served) => {
    const client = new InferenceClient(served.key, {
      endpointUrl: served.url,
      fetch: (input, init) => {
        const signal = init?.signal ? AbortSignal.any([init.signal, over.signal]) : over.signal;
        return fetch(input, { ...init, signal });
      },
    });
    try {
      await fn(client, served);
    } finally {
      over.abort();
    }
  }, options);
}

Deno.test("huggingface: a plain and a streamed answer", () =>
  withClient(async (client) => {
    const answer = await client.chatCompletion({ model: "org/plain", messages, max_tokens: 5 });
    assertEquals(answer.choices[0]?.message.content, "Hello, world");
    assertEquals([answer.choices[0]?.finish_reason, answer.usage.total_tokens], ["stop", 8]);
    let text = "";
    let total = 0;
    const request = { model: "org/plain", messages, stream_options: { include_usage: true } };
    for await (const chunk of client.chatCompletionStream(request)) {
      text += chunk.choices[0]?.delta.content ?? "";
      total = chunk.usage?.total_tokens ?? 0;
    }
    assertEquals([text, total], ["Hello, world", 8]);
  }));

Deno.test("huggingface: a loop over tools", () =>
  withClient(async (client) => {
    const first = await client.chatCompletion({ model: "org/tools", messages, tools });
    const message = first.choices[0]?.message;
    const call = message?.tool_calls?.[0];
    assert(message && call);
    assertEquals([call.function.name, call.function.arguments], ["weather", '{"city":"Ulm"}']);
    const result = { role: "tool", tool_call_id: call.id, content: "sunny" };
    const second = await client.chatCompletion({
      model: "org/tools",
      messages: [...messages, message, result],
      tools,
    });
    assertEquals(second.choices[0]?.message.content, "The tool says: sunny");
    let written = "";
    for await (const chunk of client.chatCompletionStream({ model: "org/tools", messages, tools })) {
      written += chunk.choices[0]?.delta.tool_calls?.[0]?.function.arguments ?? "";
    }
    assertEquals(written, '{"city":"Ulm"}');
  }));

Deno.test("huggingface: images and JSON mode", () =>
  withClient(async (client) => {
    const content = [{ type: "image_url" as const, image_url: { url: "data:image/png;base64,iVBORw0=" } }];
    const seen = await client.chatCompletion({ model: "org/eyes", messages: [{ role: "user", content }] });
    assertEquals(seen.choices[0]?.message.content, "image/png iVBORw0=");
    const formed = await client.chatCompletion({
      model: "org/json",
      messages,
      response_format: { type: "json_object" },
    });
    assertEquals(formed.choices[0]?.message.content, '{"format":"json_object"}');
  }));

Deno.test("huggingface: aborting ends the upstream request within a second", () =>
  withClient(async (client, { provider }) => {
    const controller = new AbortController();
    await assertRejects(async () => {
      const stream = client.chatCompletionStream({ model: "org/hanging", messages }, {
        signal: controller.signal,
      });
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) controller.abort();
    }, DOMException);
    await untilIdle(provider);
    const early = new AbortController();
    const answer = assertRejects(
      () => client.chatCompletion({ model: "org/silent", messages }, { signal: early.signal }),
      DOMException,
    );
    await untilRunning(provider);
    early.abort();
    await answer;
    await untilIdle(provider);
  }, { wholeAnswerHoldMs: 300 }));

Deno.test("huggingface: failures are its own errors", () =>
  withClient(async (client, { url }) => {
    for (
      const [model, status, code] of [["org/busy", 429, "rate_limit_exceeded"], [
        "org/none",
        404,
        "model_not_found",
      ]] as const
    ) {
      for (
        const ask of [
          () => client.chatCompletion({ model, messages }),
          () => Array.fromAsync(client.chatCompletionStream({ model, messages })),
        ]
      ) {
        const { httpResponse } = await assertRejects(ask, InferenceClientProviderApiError);
        assertEquals([httpResponse.status, httpResponse.requestId.length], [status, 26]);
        assertStringIncludes(JSON.stringify(httpResponse.body), `"code":"${code}"`);
      }
    }
    const stranger = new InferenceClient("fsh_wrong", { endpointUrl: url });
    const { httpResponse } = await assertRejects(
      () => stranger.chatCompletion({ model: "org/plain", messages }),
      InferenceClientProviderApiError,
    );
    assertEquals(httpResponse.status, 401);
  }));

Deno.test("huggingface: a stalled and a cut stream end in its error", () =>
  withClient(async (client) => {
    for (
      const [model, words] of [["org/hanging", "stopped in mid-answer"], ["org/cut", "broke off"]] as const
    ) {
      let text = "";
      await assertRejects(
        async () => {
          for await (const chunk of client.chatCompletionStream({ model, messages })) {
            text += chunk.choices[0]?.delta.content ?? "";
          }
        },
        InferenceClientProviderApiError,
        words,
      );
      assertEquals(text, "Hal");
    }
  }, { patience: { betweenTokensMs: 200 } }));
