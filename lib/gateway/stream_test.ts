import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { FreshetError, SseParser } from "../shared/mod.ts";
import { AT_MACHINE, localPrincipal } from "../access/mod.ts";
import { chatCompletionChunk } from "./mod.ts";
import {
  aborted,
  hangs,
  ManualClock,
  type Rig,
  says,
  type Script,
  ScriptedProvider,
  setUp,
  yields,
} from "./testing.ts";

const usage = { promptTokens: 5, completionTokens: 3, totalTokens: 8, estimated: false };

interface Bench extends Rig {
  provider: ScriptedProvider;
  clock: ManualClock;
  stream(options?: Record<string, unknown>, signal?: AbortSignal): Promise<Response>;
}

async function withModel(
  script: Script,
  fn: (bench: Bench) => Promise<void>,
  options: Partial<Parameters<typeof setUp>[1]> = {},
): Promise<void> {
  const provider = new ScriptedProvider({ "org/m": script });
  const clock = new ManualClock();
  const rig = await setUp(provider, { clock, ...options });
  const stream = (stream_options?: Record<string, unknown>, signal?: AbortSignal) =>
    rig.gateway.fetch(
      new Request("http://localhost/v1/chat/completions", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          model: "org/m",
          stream: true,
          stream_options,
          messages: [{ role: "user", content: "Hello" }],
        }),
        ...(signal ? { signal } : {}),
      }),
      AT_MACHINE,
    );
  try {
    await fn({ ...rig, provider, clock, stream });
  } finally {
    await rig.close();
    assertEquals(clock.timers, 0, "every timer has ended");
  }
}

/** Reads what has come so far; a read that has to wait goes on with the next call. */
class Reader {
  text = "";
  done = false;
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #reading: Promise<void> | undefined;

  constructor(response: Response) {
    assert(response.body);
    this.#reader = response.body.getReader();
  }

  async settle(): Promise<string> {
    for (let quiet = 0; quiet < 5 && !this.done; quiet++) {
      this.#reading ??= this.#reader.read().then(({ value, done }) => {
        this.#reading = undefined;
        quiet = 0;
        this.done = done;
        this.text += new TextDecoder().decode(value);
      });
      await new Promise((resolve) => setTimeout(resolve));
    }
    return this.text;
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

function parse(text: string) {
  assert(text.endsWith("data: [DONE]\n\n"), "a stream ends with [DONE]");
  return chunks(text.slice(0, -"data: [DONE]\n\n".length));
}

function chunks(text: string) {
  return new SseParser().push(new TextEncoder().encode(text)).map(({ data = "" }) => {
    const chunk: unknown = JSON.parse(data);
    chatCompletionChunk.strict().parse(chunk);
    return chatCompletionChunk.parse(chunk);
  });
}

Deno.test("a stream has OpenAI's chunks and ends with [DONE]", () =>
  withModel(says("Hel", 'lo\n"\u2028🦙"'), async ({ stream, ledger }) => {
    const response = await stream();
    assertEquals(response.status, 200);
    assertEquals(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
    assertEquals(response.headers.get("x-freshet-node"), "Fake");
    const found = parse(await response.text());
    assertEquals(
      new Set(found.map(({ id, object, created, model }) => `${id} ${object} ${created} ${model}`)).size,
      1,
    );
    assertEquals(found[0]?.model, "org/m");
    assertEquals(found.map(({ choices }) => choices), [
      [{ index: 0, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null }],
      [{ index: 0, delta: { content: "Hel" }, logprobs: null, finish_reason: null }],
      [{ index: 0, delta: { content: 'lo\n"\u2028🦙"' }, logprobs: null, finish_reason: null }],
      [{ index: 0, delta: {}, logprobs: null, finish_reason: "stop", finishReason: "stop" }],
    ]);
    assert(found.every((chunk) => !("usage" in chunk) && !("message" in chunk)));
    assertEquals((await ledger.latest(localPrincipal)).map(({ outcome }) => outcome), ["complete"]);
  }));

Deno.test("with include_usage, a last chunk without a choice carries the usage", () =>
  withModel(says("x"), async ({ stream }) => {
    const found = parse(await (await stream({ include_usage: true })).text());
    assertEquals(found.map(({ usage }) => usage), [null, null, null, {
      prompt_tokens: 5,
      completion_tokens: 3,
      total_tokens: 8,
      promptTokens: 5,
      completionTokens: 3,
      totalTokens: 8,
    }]);
    assertEquals(found.at(-1)?.choices, []);
  }));

Deno.test("with include_message, the last chunk carries the whole message", () =>
  withModel(says("Hel", "lo"), async ({ stream }) => {
    const message = { role: "assistant" as const, content: "Hello", refusal: null };
    const found = parse(await (await stream({ include_message: true })).text());
    assertEquals(found.map(({ choices }) => choices[0]?.message), [undefined, undefined, undefined, message]);
    const both = parse(await (await stream({ include_message: true, include_usage: true })).text());
    assertEquals(both.at(-2)?.choices[0]?.message, message);
    assertEquals([both.at(-1)?.message, both.at(-1)?.usage?.total_tokens], [message, 8]);
  }));

Deno.test("reasoning and tool calls are deltas of their own", () =>
  withModel(
    yields([
      { type: "reasoning", text: "hm" },
      { type: "tool_call", index: 0, id: "c1", name: "weather" },
      { type: "tool_call", index: 0, arguments: "{}" },
      { type: "finish", reason: "tool_calls" },
      { type: "usage", usage },
    ]),
    async ({ stream }) => {
      const found = parse(await (await stream({ include_message: true })).text());
      assertEquals(found.slice(1, 4).map(({ choices }) => choices[0]?.delta), [
        { reasoning_content: "hm" },
        {
          tool_calls: [{
            index: 0,
            id: "c1",
            type: "function",
            function: { name: "weather", arguments: "" },
          }],
        },
        { tool_calls: [{ index: 0, function: { arguments: "{}" } }] },
      ]);
      assertEquals(found.at(-1)?.choices[0]?.message, {
        role: "assistant",
        content: null,
        refusal: null,
        reasoning_content: "hm",
        tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: "{}" } }],
      });
    },
  ));

Deno.test("an answer without a word is whole too", () =>
  withModel(yields([{ type: "finish", reason: "stop" }]), async ({ stream }) => {
    const found = parse(await (await stream()).text());
    assertEquals(found.map(({ choices }) => choices[0]?.finish_reason), [null, "stop"]);
  }));

Deno.test("a failure in mid-stream is told in the stream, which then never looks whole", async () => {
  const text = { type: "text", text: "Hal" } as const;
  const finish = { type: "finish", reason: "stop" } as const;
  const cases: [Script, string][] = [
    [yields([text], new FreshetError("upstream", "The server broke off", { hint: "Try again" })), "upstream"],
    [yields([text], new FreshetError("rate_limited", "Slow down", { retryAfter: 3 })), "rate_limit_exceeded"],
    [yields([text]), "upstream"],
    [yields([text, finish], new FreshetError("upstream", "After the finish")), "upstream"],
  ];
  for (const [script, code] of cases) {
    await withModel(script, async ({ stream }) => {
      const response = await stream({ include_usage: true, include_message: true });
      assertEquals(response.status, 200);
      const events = (await response.text()).trimEnd().split("\n\n");
      const { error } = JSON.parse(events.pop()?.slice("data: ".length) ?? "");
      assertEquals([Object.keys(error), error.code], [["message", "type", "param", "code"], code]);
      const rest = events.join("\n\n");
      assertStringIncludes(rest, '"content":"Hal"');
      assertFalse(/\[DONE\]|"finish_reason":"|"message"/.test(rest), rest);
    });
  }
});

Deno.test("an upstream that stalls in mid-stream ends in a typed error", () =>
  withModel(hangs({ type: "text", text: "Hal" }), async ({ stream, clock, provider }) => {
    const reader = new Reader(await stream());
    await reader.settle();
    clock.advance(5_300);
    const text = await reader.settle();
    assert(reader.done, "the stream has ended");
    assertStringIncludes(
      text,
      '"message":"Fake stopped in mid-answer","type":"server_error","param":null,"code":"stalled"',
    );
    assertFalse(text.includes("[DONE]"));
    assertEquals(provider.running, 0);
  }, { patience: { betweenTokensMs: 5_000 } }));

Deno.test("comments keep a silent stream alive, each with a single newline", () =>
  withModel(hangs({ type: "text", text: "Hal" }), async ({ stream, clock }) => {
    const reader = new Reader(await stream());
    const before = await reader.settle();
    for (let i = 0; i < 2; i++) {
      clock.advance(16_000);
      await reader.settle();
    }
    assertEquals(reader.text.slice(before.length), ": keep-alive\n: keep-alive\n");
    await reader.cancel();
  }));

Deno.test("a comment does not disturb the events around it", () => {
  const gate = Promise.withResolvers<void>();
  return withModel(async function* () {
    yield { type: "text", text: "a" };
    await gate.promise;
    yield { type: "text", text: "b" };
    yield { type: "finish", reason: "stop" };
  }, async ({ stream, clock }) => {
    const reader = new Reader(await stream());
    await reader.settle();
    clock.advance(16_000);
    await reader.settle();
    gate.resolve();
    const found = parse(await reader.settle());
    assertStringIncludes(reader.text, ": keep-alive\n");
    assertEquals(found.map(({ choices }) => choices[0]?.delta.content), ["", "a", "b", undefined]);
  });
});

Deno.test("the headers wait for the first delta, but not for ever", () =>
  withModel(hangs(), async ({ stream, clock, provider }) => {
    const answering = stream();
    let isOpen = false;
    answering.then(() => isOpen = true);
    while (provider.running === 0) await new Promise((resolve) => setTimeout(resolve));
    clock.advance(499);
    await new Promise((resolve) => setTimeout(resolve));
    assertFalse(isOpen, "the headers still wait");
    clock.advance(1);
    const reader = new Reader(await answering);
    await reader.settle();
    clock.advance(16_000);
    assertEquals(await reader.settle(), ": keep-alive\n");
    clock.advance(104_000);
    assertStringIncludes(await reader.settle(), '"code":"stalled"');
    assert(reader.done);
  }));

Deno.test("a node that loads its model lets the headers go at once, and may still fail", () =>
  withModel(
    yields([{ type: "loading", message: "loading" }], new FreshetError("upstream", "Out of memory")),
    async ({ stream }) => {
      const response = await stream();
      assertEquals(response.status, 200);
      const text = await response.text();
      assertStringIncludes(text, '"message":"Out of memory"');
      assertFalse(text.includes("chat.completion.chunk"));
    },
  ));

Deno.test("a client that leaves ends the upstream request at once", async () => {
  const leave: ((reader: Reader, client: AbortController) => Promise<void> | void)[] = [
    (reader) => reader.cancel(),
    (_reader, client) => client.abort(),
  ];
  for (const leaves of leave) {
    await withModel(hangs({ type: "text", text: "Hal" }), async ({ stream, provider, ledger }) => {
      const client = new AbortController();
      const reader = new Reader(await stream({}, client.signal));
      await reader.settle();
      assertEquals(provider.running, 1);
      await leaves(reader, client);
      await new Promise((resolve) => setTimeout(resolve));
      assertEquals(provider.running, 0);
      assertEquals((await ledger.latest(localPrincipal)).map(({ outcome }) => outcome), ["cancelled"]);
      await reader.settle();
    });
  }
});

Deno.test("a client that reads slowly holds the model back, and gets everything", () => {
  let written = 0;
  const text = "x".repeat(10_000);
  return withModel(async function* (_request, signal) {
    for (; written < 200; written++) {
      if (signal.aborted) await aborted(signal);
      yield { type: "text", text };
    }
    yield { type: "finish", reason: "stop" };
  }, async ({ stream }) => {
    const response = await stream();
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
    assert(written < 40, `${written} texts of 10 kB were taken without a reader`);
    const found = parse(await response.text());
    assertEquals(found.map(({ choices }) => choices[0]?.delta.content ?? "").join("").length, 2_000_000);
  });
});

Deno.test("a client that leaves while it held the model back ends the upstream request", () =>
  withModel(async function* () {
    for (;;) yield { type: "text", text: "x".repeat(10_000) };
  }, async ({ stream, provider }) => {
    const response = await stream();
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
    await response.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve));
    assertEquals(provider.running, 0);
  }));
