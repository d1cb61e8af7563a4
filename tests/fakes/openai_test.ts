import { assertEquals, assertRejects } from "@std/assert";
import { AuthenticationError, OpenAI, RateLimitError } from "openai";
import { fakeOpenAI, type FakeOpenAIOptions } from "./openai.ts";
import { callsTool } from "./script.ts";
import type { FakeServer } from "./server.ts";

function clientOf(server: FakeServer, apiKey = "sk-test"): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 });
}

Deno.test("the official client has a whole conversation with a tool, not streamed", async () => {
  await using server = await fakeOpenAI({ script: callsTool("clock", { zone: "UTC" }) });
  const client = clientOf(server);
  const tools = [{ type: "function" as const, function: { name: "clock", parameters: {} } }];
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "What time is it?" }];
  const called = await client.chat.completions.create({ model: "gpt-4o-mini", messages, tools });
  const choice = called.choices[0];
  assertEquals([choice?.finish_reason, choice?.message.tool_calls?.[0]?.id], ["tool_calls", "call_1"]);
  assertEquals(called.usage?.total_tokens, 12);
  if (choice) messages.push(choice.message, { role: "tool", tool_call_id: "call_1", content: "12:00" });
  const answer = await client.chat.completions.create({ model: "gpt-4o-mini", messages, tools });
  assertEquals(answer.choices[0]?.message.content, "The tool says: 12:00");
});

Deno.test("the official client puts a stream together", async () => {
  const call = { type: "tool_call", name: "clock", arguments: '{"zone":"UTC"}', fragments: 4 } as const;
  await using server = await fakeOpenAI({ script: { deltas: ["Let me", " see.", call] } });
  const stream = clientOf(server).chat.completions.stream({
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: "Hi" }],
    stream_options: { include_usage: true },
  });
  const completion = await stream.finalChatCompletion();
  const message = completion.choices[0]?.message;
  assertEquals(message?.content, "Let me see.");
  const made = message?.tool_calls?.[0];
  assertEquals(made?.type === "function" && made.function.arguments, '{"zone":"UTC"}');
  assertEquals(completion.usage?.completion_tokens, 3);
});

Deno.test("the official client decodes embeddings that it asks for in base64", async () => {
  await using server = await fakeOpenAI();
  const answer = await clientOf(server).embeddings.create({ model: "text-embedding-3-small", input: ["a"] });
  assertEquals(answer.data[0]?.embedding.map((value) => Math.round(value * 100)), [1, 2, 3]);
});

Deno.test("the official client knows the errors", async () => {
  await using server = await fakeOpenAI({ apiKey: "sk-test" });
  await assertRejects(() => clientOf(server, "sk-wrong").models.list(), AuthenticationError);
  server.script = { failure: { kind: "rate_limit", retryAfter: 3 } };
  const messages = [{ role: "user" as const, content: "Hi" }];
  const create = () => clientOf(server).chat.completions.create({ model: "gpt-4o-mini", messages });
  const error = await assertRejects(create, RateLimitError);
  assertEquals([error.code, error.headers?.get("retry-after")], ["rate_limit_exceeded", "3"]);
});

Deno.test("each flavour lists its models in its own way", async () => {
  const entry = async (options: FakeOpenAIOptions) => {
    await using server = await fakeOpenAI(options);
    const [model] = (await clientOf(server).models.list()).data;
    return { ...model };
  };
  assertEquals((await entry({})).owned_by, "openai");
  assertEquals((await entry({ flavour: "lmstudio" })).owned_by, "organization_owner");
  assertEquals((await entry({ flavour: "vllm" }) as { max_model_len?: number }).max_model_len, 32_768);
});
