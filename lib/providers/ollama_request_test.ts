import { assertEquals } from "@std/assert";
import { ask } from "../../tests/fakes/collect.ts";
import { toOllamaRequest } from "./ollama_request.ts";

const TOOL = { name: "clock", parameters: { type: "object" } };

Deno.test("toOllamaRequest thinks in levels for gpt-oss only", () => {
  assertEquals(toOllamaRequest(ask("gpt-oss:20b", "Hi", { reasoning: "low" })).think, "low");
  assertEquals(toOllamaRequest(ask("qwen3", "Hi", { reasoning: "low" })).think, true);
  assertEquals(toOllamaRequest(ask("qwen3", "Hi", { reasoning: "off" })).think, false);
  assertEquals("think" in toOllamaRequest(ask("qwen3", "Hi")), false);
});

Deno.test("toOllamaRequest leaves tools out for the choice of none", () => {
  assertEquals(toOllamaRequest(ask("m", "Hi", { tools: [TOOL] })).tools?.[0]?.function.name, "clock");
  assertEquals("tools" in toOllamaRequest(ask("m", "Hi", { tools: [TOOL], toolChoice: "none" })), false);
});

Deno.test("toOllamaRequest names the tool with its result, and survives arguments that are not JSON", () => {
  const request = ask("m", "Hi");
  request.messages.push(
    { role: "assistant", content: [], toolCalls: [{ id: "c1", name: "clock", arguments: "{oops" }] },
    { role: "tool", content: [{ type: "text", text: "12:00" }], toolCallId: "c1" },
  );
  assertEquals(toOllamaRequest(request).messages?.slice(1) as unknown, [
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "c1", function: { name: "clock", arguments: {} } }],
    },
    { role: "tool", content: "12:00", tool_name: "clock", tool_call_id: "c1" },
  ]);
});

Deno.test("toOllamaRequest maps the formats", () => {
  assertEquals(toOllamaRequest(ask("m", "Hi", { responseFormat: { type: "json_object" } })).format, "json");
  assertEquals("format" in toOllamaRequest(ask("m", "Hi", { responseFormat: { type: "text" } })), false);
});
