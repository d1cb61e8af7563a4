import { assertEquals, assertRejects } from "@std/assert";
import { Anthropic, AuthenticationError } from "@anthropic-ai/sdk";
import { fakeAnthropic } from "./anthropic.ts";
import { callsTool } from "./script.ts";
import type { FakeServer } from "./server.ts";

function clientOf(server: FakeServer, apiKey = "sk-ant-test"): Anthropic {
  return new Anthropic({ apiKey, baseURL: server.url, maxRetries: 0 });
}

const BASE = { model: "claude-sonnet-5-5", max_tokens: 100 };

Deno.test("the official client has a whole conversation with a tool, not streamed", async () => {
  await using server = await fakeAnthropic({ script: callsTool("clock", { zone: "UTC" }, "toolu_1") });
  const tools = [{ name: "clock", input_schema: { type: "object" as const } }];
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "What time is it?" }];
  const called = await clientOf(server).messages.create({ ...BASE, messages, tools });
  assertEquals(called.stop_reason, "tool_use");
  assertEquals(called.content as unknown, [
    { type: "tool_use", id: "toolu_1", name: "clock", input: { zone: "UTC" } },
  ]);
  messages.push(
    { role: "assistant", content: called.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "12:00" }] },
  );
  const answer = await clientOf(server).messages.create({ ...BASE, messages, tools });
  assertEquals(answer.content[0] as unknown, { type: "text", text: "The tool says: 12:00" });
});

Deno.test("the official client puts a stream together", async () => {
  const call = {
    type: "tool_call",
    id: "toolu_1",
    name: "clock",
    arguments: '{"zone":"UTC"}',
    fragments: 3,
  } as const;
  await using server = await fakeAnthropic({
    script: {
      deltas: [{ type: "reasoning", text: "Hm" }, "Let me", " see.", call],
      usage: { prompt: 9, completion: 4 },
    },
  });
  const stream = clientOf(server).messages.stream({ ...BASE, messages: [{ role: "user", content: "Hi" }] });
  const message = await stream.finalMessage();
  assertEquals(message.content as unknown, [
    { type: "thinking", thinking: "Hm", signature: "EqQBCg==" },
    { type: "text", text: "Let me see." },
    { type: "tool_use", id: "toolu_1", name: "clock", input: { zone: "UTC" } },
  ]);
  assertEquals([message.stop_reason, message.usage.output_tokens], ["tool_use", 4]);
});

Deno.test("the official client knows the errors", async () => {
  await using server = await fakeAnthropic({ apiKey: "sk-ant-test" });
  await assertRejects(() => clientOf(server, "sk-wrong").models.list(), AuthenticationError);
  server.script = { failure: { kind: "overloaded" } };
  const create = () =>
    clientOf(server).messages.create({ ...BASE, messages: [{ role: "user", content: "Hi" }] });
  const error = await assertRejects(create, Anthropic.APIError);
  assertEquals([error.status, error.type], [529, "overloaded_error"]);
});
