import { assertEquals, assertRejects } from "@std/assert";
import { collect } from "../../tests/fakes/collect.ts";
import { FreshetError } from "../shared/mod.ts";
import { type ChatChunk, readChatChunks } from "./openai_stream.ts";

const CONTEXT = { kind: "openai", endpoint: { nodeId: "n1", baseUrl: "http://x/v1" } } as const;

function read(...chunks: ChatChunk[]) {
  return collect(readChatChunks(ReadableStream.from(chunks), CONTEXT));
}

function delta(
  delta: NonNullable<ChatChunk["choices"]>[number]["delta"],
  finish_reason: string | null = null,
) {
  return { choices: [{ delta: delta ?? null, finish_reason }] };
}

Deno.test("readChatChunks takes reasoning under either name", async () => {
  const answer = await read(delta({ reasoning_content: "a" }), delta({ reasoning: "b" }), delta({}, "stop"));
  assertEquals(answer.reasoning, "ab");
});

Deno.test("readChatChunks reads Mistral's content in parts", async () => {
  const thinking = [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }];
  const answer = await read(
    delta({ content: thinking }),
    delta({ content: [{ type: "text", text: "Hi" }] }, "stop"),
  );
  assertEquals([answer.reasoning, answer.text], ["Hm", "Hi"]);
});

Deno.test("readChatChunks keeps a call together whose id comes with every fragment", async () => {
  const fragment = (args: string) =>
    delta({ tool_calls: [{ index: 0, id: "c1", function: { name: "clock", arguments: args } }] });
  const answer = await read(fragment('{"a"'), fragment(":1}"), delta({}, "tool_calls"));
  assertEquals(answer.calls, [{ id: "c1", name: "clock", arguments: '{"a":1}' }]);
});

Deno.test("readChatChunks makes an id where there is none, and text of arguments that are an object", async () => {
  const answer = await read(
    delta({ tool_calls: [{ function: { name: "clock", arguments: { a: 1 } } }] }, "stop"),
  );
  assertEquals([answer.calls[0]?.arguments, answer.finish], ['{"a":1}', "tool_calls"]);
});

Deno.test("readChatChunks takes usage from the last chunk that has it", async () => {
  const usage = (completion_tokens: number) => ({ prompt_tokens: 3, completion_tokens });
  const answer = await read(
    { ...delta({ content: "a" }), usage: usage(1) },
    { ...delta({}, "stop"), usage: usage(2) },
  );
  assertEquals([answer.usage?.completionTokens, answer.usage?.totalTokens], [2, 5]);
});

Deno.test("readChatChunks shows a refusal as text, and throws for a failure told as finish reason", async () => {
  assertEquals((await read(delta({ refusal: "No." }, "stop"))).text, "No.");
  assertEquals((await assertRejects(() => read(delta({}, "error")), FreshetError)).code, "upstream");
});

Deno.test("readChatChunks goes over chunks without a choice", async () => {
  assertEquals((await read({ choices: [] }, { choices: null }, delta({ content: "a" }, "stop"))).text, "a");
});
