import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { AT_MACHINE, localPrincipal, type Scope } from "../access/mod.ts";
import { chatCompletion, embeddingsResponse, errorResponse, model, modelList } from "./mod.ts";
import { hangs, ManualClock, type Rig, says, ScriptedProvider, setUp, yields } from "./testing.ts";

const json = { "content-type": "application/json" };
const hello = [{ role: "user", content: "Hello" }];

async function withRig(
  provider: ScriptedProvider,
  fn: (rig: Rig) => Promise<void>,
  options: Partial<Parameters<typeof setUp>[1]> = {},
): Promise<void> {
  const rig = await setUp(provider, { clock: new ManualClock(), ...options });
  try {
    await fn(rig);
  } finally {
    await rig.close();
  }
}

function get({ gateway }: Rig, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return gateway.fetch(new Request(`http://localhost${path}`, { headers }), AT_MACHINE);
}

function post({ gateway }: Rig, path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return gateway.fetch(
    new Request(`http://localhost${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: json,
      ...init,
    }),
    AT_MACHINE,
  );
}

function chat(rig: Rig, body: Record<string, unknown>, init: RequestInit = {}): Promise<Response> {
  return post(rig, "/v1/chat/completions", { messages: hello, ...body }, init);
}

async function refused(
  response: Response,
): Promise<{ status: number; type: string; code: string | null; param: string | null; message: string }> {
  const { error } = errorResponse.strict().parse(await response.json());
  assertMatch(response.headers.get("x-request-id") ?? "", /^[0-9a-z]{26}$/);
  return { status: response.status, ...error };
}

Deno.test("an answer has OpenAI's fields and the camelCase ones", () => {
  const provider = new ScriptedProvider({ "org/llama": says("Hel", "lo") });
  return withRig(provider, async (rig) => {
    const response = await chat(rig, { model: "org/llama", topP: 0.5, maxTokens: 9 });
    assertEquals([response.status, response.headers.get("x-freshet-node")], [200, "Fake"]);
    assertMatch(response.headers.get("x-request-id") ?? "", /^[0-9a-z]{26}$/);
    const body = await response.json();
    chatCompletion.strict().parse(body);
    assertMatch(body.id, /^chatcmpl-/);
    assertEquals({ ...body, id: "" }, {
      id: "",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "org/llama",
      choices: [{
        index: 0,
        message: { role: "assistant", content: "Hello", refusal: null },
        logprobs: null,
        finish_reason: "stop",
        finishReason: "stop",
      }],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 3,
        total_tokens: 8,
        promptTokens: 5,
        completionTokens: 3,
        totalTokens: 8,
      },
    });
    const { topP, maxTokens } = provider.requests[0] ?? {};
    assertEquals([topP, maxTokens], [0.5, 9]);
    const [row] = await rig.ledger.latest(localPrincipal);
    assertEquals([row?.outcome, row?.source], ["complete", {
      type: "api",
      endpoint: "/v1/chat/completions",
    }]);
  });
});

Deno.test("reasoning, tool calls and detailed usage are in the message", () => {
  const provider = new ScriptedProvider({
    m: yields([
      { type: "loading", message: "loading" },
      { type: "reasoning", text: "Let me " },
      { type: "reasoning", text: "see" },
      { type: "tool_call", index: 1, id: "c2", name: "time" },
      { type: "tool_call", index: 0, id: "c1", name: "weather", arguments: '{"city":' },
      { type: "tool_call", index: 0, arguments: '"Ulm"}' },
      {
        type: "usage",
        usage: {
          promptTokens: 1,
          completionTokens: 2,
          totalTokens: 3,
          cachedTokens: 1,
          reasoningTokens: 2,
          estimated: false,
        },
      },
      { type: "finish", reason: "tool_calls" },
    ]),
  });
  return withRig(provider, async (rig) => {
    const body = await (await chat(rig, { model: "m" })).json();
    chatCompletion.strict().parse(body);
    assertEquals(body.choices[0].message, {
      role: "assistant",
      content: null,
      refusal: null,
      reasoning_content: "Let me see",
      tool_calls: [
        { id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Ulm"}' } },
        { id: "c2", type: "function", function: { name: "time", arguments: "" } },
      ],
    });
    assertEquals(body.choices[0].finishReason, "tool_calls");
    assertEquals(body.usage.prompt_tokens_details, { cached_tokens: 1 });
    assertEquals(body.usage.completion_tokens_details, { reasoning_tokens: 2 });
  });
});

Deno.test("usage that had to be estimated says so", () =>
  withRig(
    new ScriptedProvider({
      m: yields([{ type: "text", text: "four" }, { type: "finish", reason: "length" }]),
    }),
    async (rig) => {
      const { usage, choices } = await (await chat(rig, { model: "m" })).json();
      assertEquals([usage.estimated, usage.completionTokens, choices[0].finish_reason], [true, 1, "length"]);
    },
  ));

Deno.test("failures before an answer have the status that fits, streamed or not", async () => {
  const cases: [FreshetError, number, string, string][] = [
    [
      new FreshetError("rate_limited", "Slow down", { retryAfter: 59.2 }),
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
    ],
    [new FreshetError("context_length", "Too long"), 400, "invalid_request_error", "context_length_exceeded"],
    [new FreshetError("invalid_request", "No"), 400, "invalid_request_error", "invalid_request"],
    [new FreshetError("auth", "The node refused our key"), 502, "server_error", "auth"],
    [new FreshetError("upstream", "Broken"), 502, "server_error", "upstream"],
    [new FreshetError("unavailable", "Overloaded"), 503, "server_error", "unavailable"],
  ];
  for (const [error, status, type, code] of cases) {
    for (const stream of [false, true]) {
      await withRig(new ScriptedProvider({ m: yields([], error) }), async (rig) => {
        const response = await chat(rig, { model: "m", stream });
        const retryAfter = response.headers.get("retry-after");
        const { message, ...rest } = await refused(response);
        assertEquals(rest, { status, type, code, param: null });
        assertStringIncludes(message, error.message);
        assertEquals(retryAfter, status === 429 ? "60" : null);
      });
    }
  }
});

Deno.test("an answer that was cut is no answer", () =>
  withRig(new ScriptedProvider({ m: yields([{ type: "text", text: "Hal" }]) }), async (rig) => {
    const { status, code } = await refused(await chat(rig, { model: "m" }));
    assertEquals([status, code], [502, "upstream"]);
  }));

Deno.test("an unforeseen failure keeps its text to itself", () => {
  const provider = new ScriptedProvider({
    // deno-lint-ignore require-yield -- it fails before its first delta
    async *m() {
      throw new Error("secret detail");
    },
  });
  return withRig(provider, async (rig) => {
    const { status, message } = await refused(await chat(rig, { model: "m" }));
    assertEquals([status, message.includes("secret")], [500, false]);
  });
});

Deno.test("bad input gets a clear error in OpenAI's shape", () =>
  withRig(new ScriptedProvider({ m: says("x") }), async (rig) => {
    const path = "/v1/chat/completions";
    assertEquals(await refused(await chat(rig, { model: "none" })), {
      status: 404,
      type: "invalid_request_error",
      code: "model_not_found",
      param: null,
      message: "No node has the model none. See /v1/models for what there is, or add a node in Settings",
    });
    const malformed = await refused(await post(rig, path, '{"model": "m", '));
    assertEquals([malformed.status, malformed.code], [400, "invalid_request"]);
    assertStringIncludes(malformed.message, "Cannot parse the body as JSON");
    const large = await refused(
      await chat(rig, { model: "m", messages: [{ role: "user", content: "x".repeat(20_000_000) }] }),
    );
    assertEquals([large.status, large.code, large.message], [
      413,
      "payload_too_large",
      "The body has to be smaller than 20 MB",
    ]);
    const wrong = await refused(await chat(rig, { model: "m", n: 2 }));
    assertEquals([wrong.status, wrong.code, wrong.param], [400, "invalid_request", "n"]);
    const form = await refused(await post(rig, path, "a=b", { headers: { "content-type": "text/plain" } }));
    assertEquals(form.status, 415);
  }));

Deno.test("unknown paths and methods are told apart", () =>
  withRig(new ScriptedProvider(), async (rig) => {
    assertEquals((await refused(await get(rig, "/v1/completions"))).status, 404);
    for (const path of ["/v1/chat/completions", "/v1/embeddings"]) {
      const response = await get(rig, path);
      assertEquals([response.headers.get("allow"), (await refused(response)).status], ["POST", 405]);
    }
    for (const path of ["/v1/models", "/v1/models/a/b"]) {
      const response = await post(rig, path, {});
      assertEquals([response.headers.get("allow"), (await refused(response)).status], ["GET", 405]);
    }
  }));

Deno.test("no answer lets foreign pages read it", () =>
  withRig(new ScriptedProvider({ m: says("x") }), async (rig) => {
    const response = await get(rig, "/v1/models", { origin: "https://evil.example" });
    assertEquals([...response.headers.keys()].filter((name) => name.startsWith("access-control")), []);
    await response.body?.cancel();
  }));

Deno.test("models tell their context, capabilities and nodes; ids contain slashes", () => {
  const provider = new ScriptedProvider({ plain: says("x") }, {
    "meta-llama/Llama 3:8b": {
      name: "Llama 3",
      capabilities: ["chat", "tools"],
      contextLength: 8192,
      createdAt: 1_600_000_000_500,
      ownedBy: "meta",
      loaded: true,
    },
  });
  return withRig(provider, async (rig) => {
    const list = await (await get(rig, "/v1/models")).json();
    modelList.parse(list);
    for (const entry of list.data) model.strict().parse(entry);
    assertEquals(list.data.map(({ id }: { id: string }) => id), ["plain", "meta-llama/Llama 3:8b"]);
    assertEquals([list.data[0].owned_by, list.data[0].created], ["openai", 0]);
    const nodes = [{ id: "config-fake", name: "Fake", kind: "openai", local: false }];
    const llama = {
      id: "meta-llama/Llama 3:8b",
      object: "model",
      created: 1_600_000_000,
      owned_by: "meta",
      name: "Llama 3",
      capabilities: ["chat", "tools"],
      context_length: 8192,
      contextLength: 8192,
      loaded: true,
      nodes,
    };
    for (const path of ["meta-llama/Llama%203:8b", "meta-llama%2FLlama%203%3A8b"]) {
      assertEquals(await (await get(rig, `/v1/models/${path}`)).json(), llama);
    }
    const unknown = await refused(await get(rig, "/v1/models/meta-llama/none"));
    assertEquals([unknown.status, unknown.code, unknown.param], [404, "model_not_found", "model"]);
    assertEquals((await refused(await get(rig, "/v1/models/%E0%A4%A"))).status, 404);
  });
});

Deno.test("models are asked for when none is known yet", () => {
  const provider = new ScriptedProvider();
  return withRig(provider, async (rig) => {
    provider.scripts = { late: says("x") };
    const list = await (await get(rig, "/v1/models")).json();
    assertEquals(list.data.map(({ id }: { id: string }) => id), ["late"]);
    provider.scripts = { ...provider.scripts, later: says("x") };
    assertEquals((await (await get(rig, "/v1/models/later")).json()).id, "later");
  });
});

Deno.test("embeddings come as numbers or as base64 of float32", () => {
  const provider = new ScriptedProvider({}, { "org/embed": { capabilities: ["embedding"] } });
  return withRig(provider, async (rig) => {
    const floats =
      await (await post(rig, "/v1/embeddings", { model: "org/embed", input: ["a", "bcd"], dimensions: 3 }))
        .json();
    embeddingsResponse.strict().parse(floats);
    assertEquals(floats, {
      object: "list",
      data: [
        { object: "embedding", index: 0, embedding: [1, 0.5, -0.25] },
        { object: "embedding", index: 1, embedding: [3, 0.5, -0.25] },
      ],
      model: "org/embed",
      usage: { prompt_tokens: 7, total_tokens: 7, promptTokens: 7, totalTokens: 7 },
    });
    assertEquals(provider.embeddings[0], { model: "org/embed", input: ["a", "bcd"], dimensions: 3 });
    const coded = await (await post(rig, "/v1/embeddings", {
      model: "org/embed",
      input: "ab",
      encoding_format: "base64",
    })).json();
    const bytes = Uint8Array.fromBase64(coded.data[0].embedding);
    assertEquals([...new Float32Array(bytes.buffer)], [2, 0.5, -0.25]);
    for (const input of ["", [], [1, 2], [[1]], ["a", ""]]) {
      const error = await refused(await post(rig, "/v1/embeddings", { model: "org/embed", input }));
      assertEquals([error.status, error.param?.startsWith("input")], [400, true]);
    }
    assertEquals(
      (await refused(await post(rig, "/v1/embeddings", { model: "none", input: "a" }))).status,
      404,
    );
  });
});

Deno.test("keys need the scope of what they ask for, and a wrong one is refused", () =>
  withRig(new ScriptedProvider({ m: says("x") }), async (rig) => {
    const asks: Record<string, (headers: Record<string, string>) => Promise<Response>> = {
      chat: (headers) => chat(rig, { model: "m" }, { headers: { ...headers, ...json } }),
      embeddings: (headers) =>
        post(rig, "/v1/embeddings", { model: "m", input: "a" }, { headers: { ...headers, ...json } }),
      models: (headers) => get(rig, "/v1/models", headers),
    };
    for (const scope of Object.keys(asks) as Scope[]) {
      const { secret } = await rig.apiKeys.create(localPrincipal, scope, [scope]);
      for (const [asked, ask] of Object.entries(asks)) {
        const response = await ask({ authorization: `Bearer ${secret}` });
        if (asked === scope) assertEquals([response.status, await response.json() !== null], [200, true]);
        else assertEquals((await refused(response)).type, "permission_error");
      }
    }
    const response = await get(rig, "/v1/models", { authorization: "Bearer fsh_wrong" });
    assertEquals(response.headers.get("www-authenticate"), "Bearer");
    const { status, type, code } = await refused(response);
    assertEquals([status, type, code], [401, "authentication_error", "invalid_api_key"]);
    assertEquals(
      (await refused(await get(rig, "/v1/none", { authorization: "Bearer fsh_wrong" }))).status,
      401,
    );
  }));

Deno.test("with a token set, nobody gets in without it", () =>
  withRig(new ScriptedProvider({ m: says("x") }), async (rig) => {
    assertEquals((await refused(await get(rig, "/v1/models"))).status, 401);
    assertEquals((await get(rig, "/v1/models", { authorization: "Bearer s3cret" })).status, 200);
  }, { token: "s3cret" }));

Deno.test("a client that leaves before the answer ends the upstream request", async () => {
  const provider = new ScriptedProvider({ m: hangs({ type: "text", text: "Hal" }) }, { e: {} });
  provider.embedding = (_request, signal) =>
    Promise.resolve(signal).then(async (s) => {
      for await (const _ of hangs()({ model: "e", messages: [] }, s)) { /* nothing comes */ }
      throw new Error("not reached");
    });
  await withRig(provider, async (rig) => {
    for (
      const ask of [
        (signal: AbortSignal) => chat(rig, { model: "m" }, { signal }),
        (signal: AbortSignal) => chat(rig, { model: "m" }, { signal }),
        (signal: AbortSignal) => post(rig, "/v1/embeddings", { model: "e", input: "a" }, { signal }),
      ]
    ) {
      const client = new AbortController();
      const answered = ask(client.signal);
      while (provider.running === 0) await new Promise((resolve) => setTimeout(resolve));
      client.abort();
      assertEquals((await answered).status, 499);
      assertEquals(provider.running, 0);
    }
    assertEquals(
      (await rig.ledger.latest(localPrincipal)).map(({ outcome }) => outcome),
      Array(3).fill("cancelled"),
    );
  });
});

Deno.test("upstreams that stall end in a typed error", async () => {
  const clock = new ManualClock();
  const provider = new ScriptedProvider({ m: hangs() }, { e: {} });
  provider.embedding = async (_request, signal) => {
    for await (const _ of hangs()({ model: "e", messages: [] }, signal)) { /* nothing comes */ }
    throw new Error("not reached");
  };
  await withRig(provider, async (rig) => {
    for (
      const ask of [
        () => chat(rig, { model: "m" }),
        () => post(rig, "/v1/embeddings", { model: "e", input: "a" }),
      ]
    ) {
      const answered = ask();
      while (provider.running === 0) await new Promise((resolve) => setTimeout(resolve));
      clock.advance(690);
      const { status, code } = await refused(await answered);
      assertEquals([status, code, provider.running], [504, "stalled", 0]);
    }
  }, { clock, patience: { firstTokenMs: 400 } });
});

Deno.test("an answer that takes long is sent with its headers ahead", () => {
  const clock = new ManualClock();
  const gate = Promise.withResolvers<void>();
  const provider = new ScriptedProvider({
    async *m() {
      await gate.promise;
      yield { type: "text", text: "at last" };
      yield { type: "finish", reason: "stop" };
    },
  });
  return withRig(provider, async (rig) => {
    const answered = chat(rig, { model: "m" });
    while (provider.running === 0) await new Promise((resolve) => setTimeout(resolve));
    clock.advance(900);
    const response = await answered;
    assertEquals([response.headers.get("content-type"), response.headers.get("x-freshet-node")], [
      "application/json",
      "Fake",
    ]);
    const text = response.text();
    await new Promise((resolve) => setTimeout(resolve));
    clock.advance(16_000);
    gate.resolve();
    assertMatch(await text, /^\n\{/);
    assertEquals(chatCompletion.parse(JSON.parse(await text)).choices[0]?.message.content, "at last");
  }, { clock });
});

Deno.test("an answer that fails after its headers went out breaks off", () => {
  const clock = new ManualClock();
  const silent = Promise.withResolvers<void>();
  const provider = new ScriptedProvider({
    async *m(request, signal) {
      yield { type: "text", text: "Hal" };
      silent.resolve();
      yield* hangs()(request, signal);
    },
  });
  return withRig(provider, async (rig) => {
    const answered = chat(rig, { model: "m" });
    await silent.promise;
    clock.advance(900);
    const reader = (await answered).body?.getReader();
    assert(reader);
    const first = reader.read();
    clock.advance(10_500);
    assertStringIncludes(new TextDecoder().decode((await first).value), '"code":"stalled"');
    await assertRejects(() => reader.read(), FreshetError, "stopped in mid-answer");
  }, { clock, patience: { betweenTokensMs: 10_000 } });
});

Deno.test("closing ends what is under way and lets nothing begin", async () => {
  const provider = new ScriptedProvider({ m: hangs({ type: "text", text: "Hal" }) });
  await withRig(provider, async (rig) => {
    const whole = chat(rig, { model: "m" });
    const streamed = await chat(rig, { model: "m", stream: true });
    while (provider.running < 2) await new Promise((resolve) => setTimeout(resolve));
    const text = streamed.text();
    await rig.gateway.close();
    assertEquals(provider.running, 0);
    assertEquals((await refused(await whole)).code, "unavailable");
    assertStringIncludes(await text, '"code":"unavailable"');
    assertEquals((await refused(await chat(rig, { model: "m" }))).status, 503);
    const [row] = await rig.ledger.latest(localPrincipal);
    assert(row);
    assertEquals([row.outcome, row.error], ["failed", "unavailable"]);
  });
});

Deno.test("a node's name that is no header text is encoded", () =>
  withRig(new ScriptedProvider({ m: says("x") }), async (rig) => {
    const response = await chat(rig, { model: "m" });
    assertEquals(response.headers.get("x-freshet-node"), "B%C3%BCro%20%F0%9F%A6%99");
    await response.body?.cancel();
  }, { nodeName: "Büro 🦙" }));
