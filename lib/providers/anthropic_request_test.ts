import { assertEquals } from "@std/assert";
import { ask } from "../../tests/fakes/collect.ts";
import type { ChatRequest } from "../shared/mod.ts";
import { toMessagesBody } from "./anthropic_request.ts";

const TOOL = { name: "clock", description: "The time", parameters: { type: "object", properties: {} } };

function body(model: string, more: Partial<ChatRequest> = {}) {
  return toMessagesBody(ask(model, "Hi", more));
}

Deno.test("system messages go apart, results of one turn into one message", () => {
  const request = ask("claude-sonnet-5-5", "What time is it?", { tools: [TOOL], stop: ["END", " "] });
  request.messages.unshift({ role: "system", content: [{ type: "text", text: "Be brief." }] });
  request.messages.push(
    {
      role: "assistant",
      content: [{ type: "text", text: "" }],
      toolCalls: [
        { id: "call.1", name: "clock", arguments: '{"zone":"UTC"}' },
        { id: "call_2", name: "clock", arguments: "" },
      ],
    },
    { role: "tool", content: [{ type: "text", text: "12:00" }], toolCallId: "call.1" },
    { role: "tool", content: [{ type: "text", text: "13:00" }], toolCallId: "call_2" },
    { role: "user", content: [{ type: "image", mediaType: "image/png", data: "aGk=" }] },
  );
  assertEquals(toMessagesBody(request) as unknown, {
    model: "claude-sonnet-5-5",
    max_tokens: 32_000,
    stream: true,
    system: "Be brief.",
    messages: [
      { role: "user", content: [{ type: "text", text: "What time is it?" }] },
      {
        role: "assistant",
        content: [
          { type: "tool_use", id: "call_1", name: "clock", input: { zone: "UTC" } },
          { type: "tool_use", id: "call_2", name: "clock", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "call_1", content: "12:00" },
          { type: "tool_result", tool_use_id: "call_2", content: "13:00" },
        ],
      },
      {
        role: "user",
        content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "aGk=" } }],
      },
    ],
    stop_sequences: ["END"],
    tools: [{ name: "clock", description: "The time", input_schema: { type: "object", properties: {} } }],
  });
});

Deno.test("the limit of tokens fits the model", () => {
  assertEquals(body("claude-3-haiku-20240307").max_tokens, 4096);
  assertEquals(body("claude-3-5-haiku-20241022").max_tokens, 8192);
  assertEquals(body("claude-haiku-4-5").max_tokens, 32_000);
  assertEquals(body("glm-5").max_tokens, 8192);
  assertEquals(body("claude-haiku-4-5", { maxTokens: 7 }).max_tokens, 7);
});

Deno.test("tool choices", () => {
  const choice = (toolChoice?: ChatRequest["toolChoice"], parallelToolCalls?: boolean) =>
    body("claude-haiku-4-5", {
      tools: [TOOL],
      ...(toolChoice ? { toolChoice } : {}),
      ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
    }).tool_choice;
  assertEquals(choice(), undefined);
  assertEquals(choice("none"), { type: "none" });
  assertEquals(choice("required"), { type: "any" });
  assertEquals(choice({ name: "clock" }, false), {
    type: "tool",
    name: "clock",
    disable_parallel_tool_use: true,
  });
  assertEquals(choice(undefined, false), { type: "auto", disable_parallel_tool_use: true });
});

Deno.test("any JSON object is asked for in words", () => {
  const system = body("claude-haiku-4-5", { responseFormat: { type: "json_object" } }).system;
  assertEquals(typeof system === "string" && system.includes("JSON object"), true);
});

Deno.test("newer models think adaptively, by effort", () => {
  const { thinking, output_config } = body("claude-opus-4-7", { reasoning: "high" });
  assertEquals(thinking, { type: "adaptive", display: "summarized" });
  assertEquals(output_config, { effort: "high" });
  assertEquals(body("claude-sonnet-5-5", { reasoning: "off" }).thinking, { type: "disabled" });
  const fable = body("claude-fable-5-1", { reasoning: "off" });
  assertEquals([fable.thinking, fable.output_config], [undefined, { effort: "low" }]);
  const forced = body("claude-sonnet-5-5", { reasoning: "low", tools: [TOOL], toolChoice: "required" });
  assertEquals(forced.thinking, undefined);
});

Deno.test("older models think by a budget below the limit of tokens", () => {
  assertEquals(body("claude-haiku-4-5", { reasoning: "medium" }).thinking, {
    type: "enabled",
    budget_tokens: 8192,
  });
  assertEquals(body("claude-haiku-4-5", { reasoning: "high", maxTokens: 4096 }).thinking, {
    type: "enabled",
    budget_tokens: 3072,
  });
  assertEquals(body("claude-haiku-4-5", { reasoning: "low", maxTokens: 1500 }).thinking, undefined);
  assertEquals(body("claude-haiku-4-5", { reasoning: "off" }).thinking, undefined);
  assertEquals(body("claude-3-5-haiku-20241022", { reasoning: "high" }).thinking, undefined);
});

Deno.test("with a budget, a turn that goes on after calls of tools does without thinking", () => {
  const request = ask("claude-haiku-4-5", "Hi", { reasoning: "low", tools: [TOOL] });
  request.messages.push(
    { role: "assistant", content: [], toolCalls: [{ id: "c", name: "clock", arguments: "{}" }] },
    { role: "tool", content: [{ type: "text", text: "12:00" }], toolCallId: "c" },
  );
  assertEquals(toMessagesBody(request).thinking, undefined);
});
