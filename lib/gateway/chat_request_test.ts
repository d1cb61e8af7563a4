import { assertEquals, assertThrows } from "@std/assert";
import { type ChatRequest, FreshetError } from "../shared/mod.ts";
import { toChatRequest } from "./chat_request.ts";
import { chatCompletionRequest } from "./schemas/chat_request.ts";
import { validate } from "./validate.ts";

const hello = [{ role: "user", content: "Hello" }];

function read(body: Record<string, unknown>): ChatRequest {
  return toChatRequest(validate(chatCompletionRequest, { model: "m", messages: hello, ...body }));
}

function refusal(body: Record<string, unknown>): { message: string; field: string | undefined } {
  const { code, message, field } = assertThrows(() => read(body), FreshetError);
  assertEquals(code, "invalid_request");
  return { message, field };
}

Deno.test("settings arrive in either spelling, OpenAI's first, and null is as good as absent", () => {
  const plain = { model: "m", messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }] };
  assertEquals<unknown>(read({ temperature: null, stop: null, tools: null, tool_choice: null, n: 1 }), plain);
  assertEquals(
    [read({ maxTokens: 3 }), read({ max_tokens: 3 }), read({ max_completion_tokens: 3 })].map((r) =>
      r.maxTokens
    ),
    [3, 3, 3],
  );
  assertEquals(read({ max_completion_tokens: 1, max_tokens: 2, maxTokens: 3 }).maxTokens, 1);
  assertEquals([read({ topP: 0.5 }).topP, read({ top_p: 0.4, topP: 0.5 }).topP], [0.5, 0.4]);
  assertEquals([read({ stop: "a" }).stop, read({ stop: ["a", "b"] }).stop], [["a"], ["a", "b"]]);
  const { messages: _, ...settings } = read({
    temperature: 0,
    seed: 7,
    presence_penalty: -1,
    frequency_penalty: 1,
    reasoning_effort: "minimal",
    parallel_tool_calls: false,
  });
  assertEquals(settings, {
    model: "m",
    temperature: 0,
    seed: 7,
    presencePenalty: -1,
    frequencyPenalty: 1,
    reasoning: "low",
    parallelToolCalls: false,
  });
  assertEquals(read({ reasoning_effort: "none" }).reasoning, "off");
});

Deno.test("unknown fields are let pass", () => {
  assertEquals(Object.keys(read({ user: "u", store: true, logit_bias: { 1: 2 }, whatever: [1] })), [
    "model",
    "messages",
  ]);
});

Deno.test("messages of every role keep what belongs to them", () => {
  const { messages } = read({
    messages: [
      { role: "developer", content: "Be brief" },
      { role: "system", content: [{ type: "text", text: "Be kind" }] },
      { role: "user", content: "Weather?", name: "ann" },
      {
        role: "assistant",
        content: null,
        reasoning_content: "hm",
        tool_calls: [{
          id: "c1",
          type: "function",
          function: { name: "weather", arguments: '{"city":"Ulm"}' },
        }],
      },
      { role: "tool", tool_call_id: "c1", content: "sunny" },
      { role: "assistant", content: [{ type: "refusal", refusal: "No" }] },
    ],
  });
  assertEquals(messages, [
    { role: "system", content: [{ type: "text", text: "Be brief" }] },
    { role: "system", content: [{ type: "text", text: "Be kind" }] },
    { role: "user", content: [{ type: "text", text: "Weather?" }], name: "ann" },
    {
      role: "assistant",
      content: [],
      toolCalls: [{ id: "c1", name: "weather", arguments: '{"city":"Ulm"}' }],
    },
    { role: "tool", content: [{ type: "text", text: "sunny" }], toolCallId: "c1" },
    { role: "assistant", content: [{ type: "text", text: "No" }] },
  ]);
});

Deno.test("tools and their choice", () => {
  const parameters = { type: "object", properties: { city: { type: "string" } } };
  const tools = [
    { type: "function", function: { name: "weather", description: "Tells it", parameters, strict: true } },
    { type: "function", function: { name: "time" } },
  ];
  const request = read({ tools, tool_choice: { type: "function", function: { name: "time" } } });
  assertEquals(request.tools, [
    { name: "weather", description: "Tells it", parameters, strict: true },
    { name: "time", parameters: { type: "object", properties: {} } },
  ]);
  assertEquals(request.toolChoice, { name: "time" });
  assertEquals(read({ tools, tool_choice: "required" }).toolChoice, "required");
  assertEquals(read({ tools: [], tool_choice: "auto" }).toolChoice, undefined);
});

Deno.test("response formats", () => {
  const schema = { type: "object" };
  const format = (value: unknown) => read({ response_format: value }).responseFormat;
  assertEquals(format({ type: "text" }), { type: "text" });
  assertEquals(format({ type: "json_object" }), { type: "json_object" });
  assertEquals(format({ type: "json_schema", json_schema: { name: "n", schema, strict: true } }), {
    type: "json_schema",
    name: "n",
    schema,
    strict: true,
  });
  assertEquals(format({ type: "json_schema", json_schema: { name: "n" } }), { type: "json_object" });
});

Deno.test("images come as data: URLs only", () => {
  const image = (image_url: unknown) => ({
    messages: [{ role: "user", content: [{ type: "text", text: "?" }, { type: "image_url", image_url }] }],
  });
  const part = { type: "image", mediaType: "image/png", data: "iVBORw0=" };
  for (const url of ["data:image/png;base64,iVBORw0=", "DATA:image/PNG;BASE64,iVBORw0="]) {
    assertEquals<unknown>(read(image({ url, detail: "low" })).messages[0]?.content[1], part);
    assertEquals<unknown>(read(image(url)).messages[0]?.content[1], part);
  }
  for (
    const url of ["http://169.254.169.254/x.png", "https://example.org/x.png", "file:///etc/passwd", "x"]
  ) {
    assertEquals(refusal(image({ url })), {
      message: "Images have to come as data: URLs, not as addresses",
      field: "messages[0].content[1].image_url.url",
    });
  }
  for (
    const url of [
      "data:image/png,x",
      "data:text/html;base64,aaaa",
      "data:image/png;base64,",
      "data:image/png;base64,a b",
      "data:image/png;base64,a===",
      "data:image/png;base64",
    ]
  ) {
    assertEquals(refusal(image(url)).field, "messages[0].content[1].image_url", url);
  }
});

Deno.test("an image of many megabytes is read", () => {
  const data = "A".repeat(18_000_000);
  const content = [{ type: "image_url", image_url: { url: `data:image/jpeg;base64,${data}` } }];
  assertEquals<unknown>(read({ messages: [{ role: "user", content }] }).messages[0]?.content[0], {
    type: "image",
    mediaType: "image/jpeg",
    data,
  });
});

Deno.test("what is wrong is named with its field", () => {
  const cases: [Record<string, unknown>, string, string][] = [
    [{ model: undefined }, "model", "expected string"],
    [{ messages: [] }, "messages", "Too small"],
    [{ messages: "hi" }, "messages", "expected array"],
    [{ messages: [{ role: "robot", content: "x" }] }, "messages[0].role", "Expected a role of"],
    [{ messages: [{ role: "user" }] }, "messages[0].content", "expected string"],
    [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id", "expected string"],
    [
      { messages: [{ role: "user", content: [{ type: "text" }] }] },
      "messages[0].content[0].text",
      "expected string",
    ],
    [
      { messages: [{ role: "user", content: [{ type: "input_audio" }] }] },
      "messages[0].content[0].type",
      "text or image_url",
    ],
    [{ n: 2 }, "n", "Only one choice"],
    [{ temperature: 3 }, "temperature", "<=2"],
    [{ topP: "high" }, "topP", "expected number"],
    [{ maxTokens: 0 }, "maxTokens", ">0"],
    [{ max_tokens: 1.5 }, "max_tokens", "expected int"],
    [{ stream: "yes" }, "stream", "expected boolean"],
    [{ stop: 1 }, "stop", "expected string"],
    [{ functions: [{ name: "f" }] }, "functions", "send them as tools"],
    [{ tools: [{ type: "custom", custom: { name: "c" } }] }, "tools[0].type", '"function"'],
    [{ tool_choice: "maybe" }, "tool_choice", '"auto"'],
    [{ response_format: { type: "xml" } }, "response_format.type", "json_object"],
    [{ reasoning_effort: "extreme" }, "reasoning_effort", '"high"'],
  ];
  for (const [body, field, words] of cases) {
    const { message, field: found } = refusal(body);
    assertEquals([found, message.includes(words)], [field, true], `${JSON.stringify(body)}: ${message}`);
  }
  const { message, field } = assertThrows(() => validate(chatCompletionRequest, []), FreshetError);
  assertEquals([message, field], [
    "Cannot read the body: Invalid input: expected object, received array",
    undefined,
  ]);
});
