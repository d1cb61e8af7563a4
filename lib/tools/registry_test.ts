import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { z } from "zod";
import { FreshetError } from "../shared/mod.ts";
import { createTools, defineTool, TOOL_OUTPUT_MAX_BYTES, ToolRegistry } from "./mod.ts";

const context = { readAttachments: () => Promise.resolve([]) };

function tool(
  run: (parameters: { text?: string | undefined }, signal: AbortSignal) => string | Promise<string>,
) {
  return defineTool({
    name: "echo",
    title: "Echo",
    description: "Says it again",
    parameters: z.object({ text: z.string().optional().describe("What to say") }),
    run: (parameters, _context, signal) => run(parameters, signal),
  });
}

Deno.test("the built-in tools are listed and defined by name", () => {
  const tools = createTools();
  assertEquals(tools.list().map(({ name }) => name), ["current_time", "calculator", "read_attachment"]);
  assert(tools.list().every(({ title, description }) => title && description));
  const [definition, ...others] = tools.definitions(["calculator", "gone"]);
  assertEquals(others, []);
  assertEquals(definition?.name, "calculator");
  assertEquals(definition?.parameters.type, "object");
  assertEquals(definition?.parameters.required, ["expression"]);
  assertFalse("$schema" in (definition?.parameters ?? {}));
});

Deno.test("a call gets checked arguments", async () => {
  const registry = new ToolRegistry([tool(({ text = "nothing" }) => text)]);
  assertEquals(await registry.call("echo", '{"text":"hi"}', context), { content: "hi", isError: false });
  assertEquals(await registry.call("echo", "", context), { content: "nothing", isError: false });
});

Deno.test("what goes wrong is a result", async () => {
  const registry = new ToolRegistry([tool(({ text }) => {
    if (text === "typed") throw new FreshetError("not_found", "There is no such thing");
    throw new Error("secret path /home/me");
  })]);
  const cases: [string, string, string][] = [
    ["gone", "{}", "There is no tool named gone"],
    ["echo", "{", "the arguments are no valid JSON"],
    ["echo", '{"text":1}', "Cannot call echo"],
    ["echo", "[]", "Cannot call echo"],
    ["echo", '{"text":"typed"}', "There is no such thing"],
    ["echo", '{"text":"other"}', "echo failed"],
  ];
  for (const [name, json, message] of cases) {
    const { content, isError } = await registry.call(name, json, context);
    assert(isError);
    assertStringIncludes(content, message);
    assertFalse(content.includes("secret"));
  }
});

Deno.test("a tool that hangs is given up and told", async () => {
  let aborted: AbortSignal | undefined;
  const registry = new ToolRegistry([tool((_, signal) => {
    aborted = signal;
    return new Promise(() => {});
  })], { timeoutMs: 5 });
  const { content, isError } = await registry.call("echo", "{}", context);
  assert(isError);
  assertStringIncludes(content, "took longer than");
  assert(aborted?.aborted);
});

Deno.test("a long answer is cut at a character", async () => {
  const registry = new ToolRegistry([tool(() => "é".repeat(TOOL_OUTPUT_MAX_BYTES))]);
  const { content, isError } = await registry.call("echo", "{}", context);
  assertFalse(isError);
  assertFalse(content.includes("\ufffd"));
  assert(new TextEncoder().encode(content).length <= TOOL_OUTPUT_MAX_BYTES);
  assert(content.endsWith("[The rest was cut off]"));
});
