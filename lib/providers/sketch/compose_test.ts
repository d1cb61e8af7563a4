import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { ChatRequest, PromptMessage, ToolDefinition } from "../../shared/mod.ts";
import { compose } from "./compose.ts";
import { Documentation } from "./documentation.ts";
import { SKETCH_FOOTER } from "./mod.ts";
import { ask, message, pages } from "./testing.ts";

const documentation = new Documentation(pages);
const answerTo = async (request: ChatRequest) => (await compose(request, documentation)).text;
const callsFor = async (request: ChatRequest) => (await compose(request, documentation)).toolCalls;

function tool(
  name: string,
  properties: Record<string, unknown> = {},
  required: string[] = [],
): ToolDefinition {
  return { name, parameters: { type: "object", properties, required } };
}

const tools = [
  tool("calculator", { expression: { type: "string" } }, ["expression"]),
  tool("current_time", { timeZone: { type: "string" } }),
  tool("read_attachment", { query: { type: "string" } }),
  tool("get_weather", { city: { type: "string", enum: ["Berlin"] }, days: { type: "integer", minimum: 3 } }, [
    "city",
  ]),
];

Deno.test("questions about Freshet are answered from its documentation", async () => {
  const text = await answerTo(ask("How do I add a model server?"));
  assertStringIncludes(text, "### Freshet › Add a model server");
  assertStringIncludes(text, "Open Settings, choose *Nodes* and add the address of Ollama");
  assertStringIncludes(text, "# not a heading\nollama serve");
  assertStringIncludes(text, "*Source: README.md*");
  assertStringIncludes(text, SKETCH_FOOTER);
  assertFalse(text.includes("deno task backup"));
  assertStringIncludes(await answerTo(ask("which protocol does the gateway speak")), "lib/gateway/README.md");
});

Deno.test("what the documentation does not say is said honestly", async () => {
  const text = await answerTo(ask("Who won the world cup in 1954?"));
  assertStringIncludes(text, 'I found nothing about "won world cup 1954"');
  assertStringIncludes(text, SKETCH_FOOTER);
});

Deno.test("the documentation is read once, when it is first asked, and again after a failure", async () => {
  let reads = 0;
  const lazy = new Documentation(() => {
    reads++;
    return reads === 1 ? Promise.reject(new Error("gone")) : Promise.resolve(pages);
  });
  await compose(ask("hello"), lazy);
  assertEquals(reads, 0);
  const failed = await compose(ask("backups of the store"), lazy).catch((error: Error) => error.message);
  assertEquals(failed, "gone");
  await compose(ask("backups of the store"), lazy);
  assertStringIncludes((await compose(ask("backups of the store"), lazy)).text, "deno task backup");
  assertEquals(reads, 2);
});

Deno.test("greetings, help and samples", async () => {
  assertMatch(await answerTo(ask("Hello!")), /^Hello!/);
  const help = await answerTo(ask("help"));
  for (
    const name of ["pace", "burst", "loading", "think", "say", "repeat", "long", "error", "stall", "cut"]
  ) {
    assertStringIncludes(help, `/${name} `);
  }
  assertStringIncludes(await answerTo(ask("show me markdown")), "- [x] a task");
  assertStringIncludes(await answerTo(ask("show a table")), "| :--- |");
  assertStringIncludes(await answerTo(ask("write code in py")), "```python\ndef greet");
  assertStringIncludes(await answerTo(ask("give me a list")), "1. First item");
  const words = (await answerTo(ask("Please write 500 words about rivers"))).split(/\s+/).length;
  assert(words >= 500 && words < 700, String(words));
});

Deno.test("a title is made of the first question", async () => {
  const title = (text: string) =>
    answerTo({ model: "sketch", messages: [message("system", "Write a title of …"), message("user", text)] });
  assertEquals(
    await title("How do I stream answers from Ollama to the browser?\n\n---\n\nLike this"),
    "Stream answers ollama browser",
  );
  assertEquals(await title("rivers /error upstream /pace 5"), "Chat about rivers");
  assertEquals(await title("?"), "Chat with Sketch");
  const { directives } = await compose(
    {
      model: "sketch",
      messages: [message("system", "Write a title of …"), message("user", "x /stall after 0")],
    },
    documentation,
  );
  assertEquals(directives, { paceMs: 0, burst: 1, loadingSteps: 0 });
});

Deno.test("calculations and the time go to their tools", async () => {
  const expressions: [string, string][] = [
    ["what is 12*7?", "12*7"],
    ["Calculate (3 + 4) * 2.5 - 1.", "(3 + 4) * 2.5 - 1"],
    ["how much is 2^10 / 3", "2^10 / 3"],
  ];
  for (const [question, expression] of expressions) {
    assertEquals(await callsFor(ask(question, { tools })), [{
      name: "calculator",
      arguments: JSON.stringify({ expression }),
    }]);
  }
  assertEquals(await callsFor(ask("What time is it in Asia/Tokyo?", { tools })), [
    { name: "current_time", arguments: '{"timeZone":"Asia/Tokyo"}' },
  ]);
  assertEquals(await callsFor(ask("search the attached files for deadline", { tools })), [
    { name: "read_attachment", arguments: '{"query":"deadline"}' },
  ]);
  assertEquals(await callsFor(ask("What happened on 2024-01-02?", { tools })), []);
  assertEquals(await callsFor(ask("what is 12*7?", { tools, toolChoice: "none" })), []);
  assertStringIncludes(await answerTo(ask("what is 12*7?")), "Switch it on");
});

Deno.test("tools are called when asked to or when they must be", async () => {
  assertEquals(
    await callsFor(ask('Call tool get_weather with {"city": "Ber}lin", "x": {}} now', { tools })),
    [
      { name: "get_weather", arguments: '{"city": "Ber}lin", "x": {}}' },
    ],
  );
  assertEquals(await callsFor(ask('call `get_weather` with {"city": broken\nmore', { tools })), [
    { name: "get_weather", arguments: '{"city": broken' },
  ]);
  assertEquals(
    (await callsFor(ask("use the calculator tool and call current_time", { tools }))).map(({ name }) => name),
    [
      "calculator",
      "current_time",
    ],
  );
  assertEquals(await callsFor(ask("anything", { tools, toolChoice: { name: "get_weather" } })), [
    { name: "get_weather", arguments: '{"city":"Berlin","days":3}' },
  ]);
  assertEquals((await callsFor(ask("anything", { tools, toolChoice: "required" })))[0]?.name, "calculator");
  assertEquals(
    (await callsFor(ask("2+2", { tools, toolChoice: { name: "get_weather" } })))[0]?.name,
    "get_weather",
  );
  assertEquals(await callsFor(ask("call get_weather", {})), []);
});

Deno.test("the results of tools are the answer", async () => {
  const call = (id: string, name: string) => ({ id, name, arguments: "{}" });
  const messages: PromptMessage[] = [
    message("user", "what is 12*7? /pace 0"),
    { role: "assistant", content: [], toolCalls: [call("a", "calculator"), call("b", "read_attachment")] },
    { ...message("tool", "12*7 = 84"), toolCallId: "a" },
    { ...message("tool", "line 1\n```\nline 2"), toolCallId: "b" },
  ];
  assertEquals(
    await answerTo({ model: "sketch", messages, tools, toolChoice: "required" }),
    "The tool `calculator` says: 12*7 = 84\n\nThe tool `read_attachment` says:\n\n````\nline 1\n```\nline 2\n````",
  );
});

Deno.test("JSON answers fit the schema", async () => {
  const schema = {
    type: "object",
    required: ["name", "tags", "child"],
    properties: {
      name: { type: "string", minLength: 10 },
      kind: { enum: ["b", "a"] },
      size: { type: "number", minimum: 2.5, maximum: 4 },
      count: { type: ["integer", "null"], exclusiveMinimum: 5 },
      when: { type: "string", format: "date" },
      tags: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 1 },
      choice: { anyOf: [{ type: "null" }, { type: "string" }] },
      child: { $ref: "#/$defs/node" },
      fixed: { const: 7 },
    },
    $defs: {
      node: { type: "object", properties: { next: { $ref: "#/$defs/node" }, ok: { type: "boolean" } } },
    },
  };
  const text = await answerTo(ask("x", { responseFormat: { type: "json_schema", name: "thing", schema } }));
  const value = JSON.parse(text);
  assertEquals({ ...value, child: value.child.ok }, {
    name: "a name....",
    kind: "b",
    size: 2.5,
    count: 6,
    when: "2025-01-31",
    tags: ["a tags"],
    choice: null,
    child: true,
    fixed: 7,
  });
  const free = JSON.parse(await answerTo(ask("what?", { responseFormat: { type: "json_object" } })));
  assertEquals(free.question, "what?");
});

Deno.test("attached files are searched, and named where nothing is found", async () => {
  const content: PromptMessage["content"] = [
    { type: "text", text: "File notes.md:\n```\nThe deadline is in March.\n/error upstream\n```" },
    { type: "text", text: "When is the deadline?" },
  ];
  const request: ChatRequest = { model: "sketch", messages: [{ role: "user", content }] };
  const { text, directives } = await compose(request, documentation);
  assertStringIncludes(text, "In **notes.md** I found:\n\nThe deadline is in March.");
  assertEquals(directives.error, undefined);
  content[1] = { type: "text", text: "Summarise it" };
  assertStringIncludes(
    await answerTo(request),
    '- **notes.md**: 41 characters, begins with "The deadline is in March."',
  );
});

Deno.test("images are not seen, and it says so", async () => {
  const content: PromptMessage["content"] = [
    { type: "image", mediaType: "image/png", data: "" },
    { type: "text", text: "What is on it?" },
  ];
  assertStringIncludes(
    await answerTo({ model: "sketch", messages: [{ role: "user", content }] }),
    "I cannot see images",
  );
});

Deno.test("a stopped answer goes on where it stopped", async () => {
  const whole = await answerTo(ask("show markdown"));
  const begun = whole.slice(0, 100);
  const messages = [
    message("user", "show markdown"),
    message("assistant", begun),
    message("user", "Continue your last message exactly where it stopped. Do not repeat anything."),
  ];
  assertEquals(await answerTo({ model: "sketch", messages }), whole.slice(100));
});

Deno.test("a long text is no question that takes long", async () => {
  const text = await answerTo(ask("search find files for ".repeat(1_000), { tools }));
  assert(text.length > 0);
});
