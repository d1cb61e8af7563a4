import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { ask } from "../../tests/fakes/collect.ts";
import { dialectOf, mistralCallId, toDialect } from "./openai_dialect.ts";
import { toChatBody } from "./openai_request.ts";

Deno.test("dialectOf goes by the host", () => {
  assertEquals(dialectOf("https://api.openai.com/v1"), "openai");
  assertEquals(dialectOf("https://api.mistral.ai/v1"), "mistral");
  assertEquals(dialectOf("http://127.0.0.1:8000/v1"), "compatible");
});

Deno.test("OpenAI itself gets max_completion_tokens, others max_tokens", () => {
  const body = toChatBody(ask("gpt-5", "Hi", { maxTokens: 10 }));
  const openai = toDialect(body, "openai");
  assertEquals([openai.max_completion_tokens, "max_tokens" in openai], [10, false]);
  assertEquals(toDialect(body, "compatible"), body);
});

Deno.test("Mistral gets random_seed, any, no stream_options and ids of nine characters", () => {
  const request = ask("mistral-small-latest", "Hi", {
    seed: 7,
    toolChoice: "required",
    tools: [{ name: "clock", parameters: {} }],
  });
  request.messages.push(
    { role: "assistant", content: [], toolCalls: [{ id: "call_01HXYZ", name: "clock", arguments: "{}" }] },
    { role: "tool", content: [], toolCallId: "call_01HXYZ" },
  );
  const body: Record<string, unknown> = { ...toDialect(toChatBody(request), "mistral") };
  assertEquals([body.random_seed, body.seed, body.stream_options, body.tool_choice], [
    7,
    undefined,
    undefined,
    "any",
  ]);
  const id = mistralCallId("call_01HXYZ");
  assert(JSON.stringify(body.messages).includes(`"tool_call_id":"${id}"`));
  assert(JSON.stringify(body.messages).includes(`"id":"${id}"`));
});

Deno.test("mistralCallId keeps ids of Mistral's form and derives others, each its own", () => {
  assertEquals(mistralCallId("AbC123xyz"), "AbC123xyz");
  const ids = ["call_1", "call_2", "call_01HXYZ", ""].map(mistralCallId);
  for (const id of ids) assertMatch(id, /^[a-z0-9]{9}$/);
  assertEquals(new Set(ids).size, ids.length);
  assertNotEquals(ids[0], ids[1]);
});
