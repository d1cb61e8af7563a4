import { assertEquals, assertRejects } from "@std/assert";
import { Ollama } from "ollama/browser";
import { fakeOllama } from "./ollama.ts";
import { callsTool } from "./script.ts";

const TOOL = { type: "function", function: { name: "clock", description: "The time" } };

Deno.test("the official client has a whole conversation with a tool", async () => {
  await using server = await fakeOllama({ script: callsTool("clock", { zone: "UTC" }) });
  const client = new Ollama({ host: server.url });
  const messages = [{ role: "user", content: "What time is it?" }];
  const called = await client.chat({ model: "llama3.2", messages, tools: [TOOL] });
  assertEquals(called.message.tool_calls?.[0]?.function, {
    index: 0,
    name: "clock",
    arguments: { zone: "UTC" },
  } as unknown);
  messages.push(called.message, { role: "tool", content: "12:00" });
  const answer = await client.chat({ model: "llama3.2", messages, tools: [TOOL] });
  assertEquals([answer.message.content, answer.done_reason], ["The tool says: 12:00", "stop"]);
});

Deno.test("the official client streams text and thinking", async () => {
  await using server = await fakeOllama({ script: { deltas: [{ type: "reasoning", text: "Hm" }, "Hi"] } });
  // The client reads no further than the last line, and leaves the rest of the body open.
  const whole: typeof fetch = async (input, init) => new Response(await (await fetch(input, init)).bytes());
  const client = new Ollama({ host: server.url, fetch: whole });
  const messages = [{ role: "user", content: "Hi" }];
  const parts = await Array.fromAsync(await client.chat({ model: "llama3.2", messages, stream: true }));
  assertEquals(parts.map((part) => part.message.thinking ?? part.message.content), ["Hm", "Hi", ""]);
  assertEquals(parts.at(-1)?.eval_count, 2);
});

Deno.test("the official client reads lists, embeddings and errors", async () => {
  await using server = await fakeOllama({ models: [{ name: "llama3.2:latest", loaded: true }] });
  const client = new Ollama({ host: server.url });
  assertEquals((await client.list()).models[0]?.name, "llama3.2:latest");
  assertEquals((await client.ps()).models.length, 1);
  assertEquals((await client.embed({ model: "llama3.2", input: "a" })).embeddings, [[0.01, 0.02, 0.03]]);
  await assertRejects(() => client.show({ model: "nobody" }), Error, "not found");
});
