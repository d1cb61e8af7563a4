import { assert, assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import type { Endpoint, Provider, ProviderOptions } from "../../lib/providers/mod.ts";
import { type ErrorCode, FreshetError } from "../../lib/shared/mod.ts";
import { ask, collect, never } from "./collect.ts";
import { collectGarbage } from "./garbage.ts";
import type { FailureKind, FakeAnswer } from "./script.ts";
import type { FakeServer, FakeServerOptions } from "./server.ts";

/** A provider with the fake of the servers it is for. */
export interface ProviderUnderTest {
  name: string;
  create: (options?: ProviderOptions) => Provider;
  start: (options?: FakeServerOptions) => Promise<FakeServer>;
  endpoint: (server: FakeServer) => Endpoint;
  /** A model that the fake knows. */
  model: string;
  /** True where errors inside a stream carry words only, no name or status. */
  streamErrorsAreWords?: boolean;
  /** Bytes that are not of the protocol. */
  garbage: string;
}

const TEXT = "Grüße, 世界! 👩🏽‍🚀 ½";
const SLOW = { paceMs: 2 };
const ANSWER: FakeAnswer = {
  deltas: [
    { type: "reasoning", text: "Überlege … 🤔" },
    ...["Grüße,", " 世界!", " 👩🏽‍🚀", " ½"],
    {
      type: "tool_call",
      id: "call_a1",
      name: "wetter",
      arguments: '{"ort":"Köln","tage":[1,2]}',
      fragments: 3,
    },
    { type: "tool_call", id: "call_b2", name: "zeit", arguments: "{}" },
  ],
  usage: { prompt: 21, completion: 34 },
};

/** Registers the tests that every provider has to pass. */
export function testProvider(under: ProviderUnderTest): void {
  const { name, model } = under;
  const test = (what: string, run: (server: FakeServer, endpoint: Endpoint) => Promise<void>) =>
    Deno.test(`${name}: ${what}`, async () => {
      await using server = await under.start();
      await run(server, under.endpoint(server));
    });
  const provider = under.create();
  const chat = (endpoint: Endpoint, signal = never()) => provider.chat(endpoint, ask(model, "Hallo"), signal);
  const errorOf = (endpoint: Endpoint) => assertRejects(() => collect(chat(endpoint)), FreshetError);

  test(
    "streams text, reasoning, parallel calls of tools, usage and the finish reason",
    async (server, endpoint) => {
      server.script = ANSWER;
      const answer = await collect(chat(endpoint));
      assertEquals(answer.text, TEXT);
      assertEquals(answer.reasoning, "Überlege … 🤔");
      assertEquals(answer.calls.map((call) => [call.id, call.name, JSON.parse(call.arguments)]), [
        ["call_a1", "wetter", { ort: "Köln", tage: [1, 2] }],
        ["call_b2", "zeit", {}],
      ]);
      assertEquals(answer.finish, "tool_calls");
      assertEquals([answer.usage?.promptTokens, answer.usage?.completionTokens], [21, 34]);
      assertEquals([answer.usage?.totalTokens, answer.usage?.estimated], [55, false]);
      assertEquals(server.requests.filter((request) => request.method === "POST").length, 1);
    },
  );

  test("hands over each token when it comes", async (server, endpoint) => {
    server.script = { deltas: ["a", "b", "c"], interruption: { type: "hang", afterDeltas: 2 } };
    const deltas = chat(endpoint)[Symbol.asyncIterator]();
    assertEquals((await deltas.next()).value, { type: "text", text: "a" });
    assertEquals((await deltas.next()).value, { type: "text", text: "b" });
    await deltas.return?.();
  });

  test("tells why the answer ended", async (server, endpoint) => {
    server.script = [{ deltas: ["a"] }, { deltas: ["a"], finish: "length" }];
    assertEquals((await collect(chat(endpoint))).finish, "stop");
    assertEquals((await collect(chat(endpoint))).finish, "length");
  });

  test("gives the result of a tool back to the model", async (server, endpoint) => {
    const call = { id: "call_a1", name: "wetter", arguments: '{"ort":"Köln"}' };
    const request = ask(model, "Wie wird es?", {
      tools: [{ name: "wetter", description: "Das Wetter", parameters: { type: "object", properties: {} } }],
    });
    request.messages.push(
      { role: "assistant", content: [], toolCalls: [call] },
      { role: "tool", content: [{ type: "text", text: "Regen" }], toolCallId: "call_a1" },
    );
    const answer = await collect(provider.chat(endpoint, request, never()));
    assertEquals(answer.text, "The tool says: Regen");
    assertStringIncludes(JSON.stringify(server.lastRequest.body), "Köln");
  });

  test("sends images", async (_server, endpoint) => {
    const request = ask(model, "Was ist das?");
    request.messages[0]?.content.push({ type: "image", mediaType: "image/png", data: "aGk=" });
    const answer = await collect(provider.chat(endpoint, request, never()));
    assertEquals(answer.text, "You said: Was ist das? (with 1 images)");
  });

  const failures: [FailureKind, ErrorCode][] = [
    ["auth", "auth"],
    ["rate_limit", "rate_limited"],
    ["context_length", "context_length"],
    ["model_not_found", "model_not_found"],
    ["overloaded", "unavailable"],
    ["server_error", "upstream"],
    ["bad_request", "invalid_request"],
  ];
  for (const [kind, code] of failures) {
    test(`makes ${code} of the official ${kind} response`, async (server, endpoint) => {
      server.script = { failure: { kind } };
      const error = await errorOf(endpoint);
      assertEquals(error.code, code);
      assertFalse(error.message.includes(endpoint.apiKey ?? "no key"));
      assertFalse(/\.$/.test(error.message), error.message);
      assertEquals(server.requests.length, 1, "It never retries by itself");
    });
  }

  test("keeps the time to wait, in seconds or as a date", async (server, endpoint) => {
    const inOneMinute = new Date(Date.now() + 60_000).toUTCString();
    server.script = [
      { failure: { kind: "rate_limit", retryAfter: 7 } },
      { failure: { kind: "overloaded", retryAfter: inOneMinute } },
    ];
    assertEquals((await errorOf(endpoint)).retryAfter, 7);
    const seconds = (await errorOf(endpoint)).retryAfter ?? 0;
    assert(seconds > 50 && seconds <= 60, `${seconds} s`);
  });

  test("reads errors that are not of the protocol", async (server, endpoint) => {
    server.script = [
      { failure: { status: 502, body: "<html><body><h1>502 Bad Gateway</h1></body></html>" } },
      { failure: { status: 307, body: "", headers: { location: "http://192.0.2.1/" } } },
    ];
    const gateway = await errorOf(endpoint);
    assertEquals(gateway.code, "upstream");
    assertStringIncludes(gateway.message, "HTTP status 502");
    const redirect = await errorOf(endpoint);
    assertEquals(redirect.code, "upstream");
    assertStringIncludes(redirect.message, "redirects to http://192.0.2.1");
  });

  test("tells a server that does not answer", async (server, endpoint) => {
    await server.close();
    const error = await errorOf(endpoint);
    assertEquals(error.code, "unreachable");
    assertStringIncludes(error.message, "nothing answers there");
    assert(error.hint);
    assertEquals(
      (await assertRejects(() => provider.probe(endpoint, never()), FreshetError)).code,
      "unreachable",
    );
  });

  test("throws upstream where the stream ends before the answer", async (server, endpoint) => {
    for (const afterDeltas of [0, 2]) {
      server.script = { deltas: ["a", "b"], interruption: { type: "cut", afterDeltas } };
      const error = await errorOf(endpoint);
      assertEquals(error.code, "upstream");
      assertStringIncludes(error.message, "ended the answer before it was complete");
    }
  });

  test("throws upstream where the connection breaks, after what came before", async (server, endpoint) => {
    for (const afterBytes of [0, 1, 700]) {
      server.script = { deltas: Array(20).fill("Wort "), interruption: { type: "die", afterBytes } };
      assertEquals((await errorOf(endpoint)).code, "upstream");
    }
    let text = "";
    const deltas = chat(endpoint);
    await assertRejects(async () => {
      for await (const delta of deltas) if (delta.type === "text") text += delta.text;
    }, FreshetError);
    assertStringIncludes(text, "Wort ");
  });

  test("throws typed errors told inside the stream", async (server, endpoint) => {
    const told: [FailureKind, ErrorCode][] = [["server_error", "upstream"], ["overloaded", "unavailable"]];
    for (const [kind, code] of told) {
      server.script = { deltas: ["a", "b"], interruption: { type: "error", afterDeltas: 1, kind } };
      const error = await errorOf(endpoint);
      assertEquals(error.code, under.streamErrorsAreWords ? "upstream" : code);
      assertFalse(error.message.startsWith("Cannot read"), error.message);
    }
  });

  test("throws upstream for bytes that are not of the protocol", async (server, endpoint) => {
    const interruption = { type: "garbage", afterDeltas: 1, bytes: under.garbage } as const;
    server.script = { deltas: ["a", "b"], interruption };
    const error = await errorOf(endpoint);
    assertEquals(error.code, "upstream");
    assertStringIncludes(error.message, "Cannot read the answer");
  });

  test("an abort closes the connection at once and throws cancelled", async (server, endpoint) => {
    const scripts: FakeAnswer[] = [
      { deltas: ["a", "b"], interruption: { type: "hang", afterDeltas: 0 } },
      { deltas: ["a", "b"], interruption: { type: "hang", afterDeltas: 1 } },
      { deltas: ["a", "b"], firstTokenMs: 10_000 },
    ];
    for (const [i, script] of scripts.entries()) {
      server.script = script;
      const controller = new AbortController();
      const asked = server.requests.length;
      const answer = assertRejects(() => collect(chat(endpoint, controller.signal)), FreshetError);
      await server.until(() => server.requests.length > asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
      controller.abort();
      assertEquals((await answer).code, "cancelled");
      await server.until(() => server.disconnects === i + 1 && server.active === 0);
    }
  });

  test("an abort closes the connection after the garbage collector ran, too", async (server, endpoint) => {
    server.script = { deltas: ["a", "b"], interruption: { type: "hang", afterDeltas: 1 } };
    const controller = new AbortController();
    const deltas = chat(endpoint, controller.signal)[Symbol.asyncIterator]();
    await deltas.next();
    const waiting = assertRejects(async () => await deltas.next(), FreshetError);
    // What Deno keeps of a fetch is collected in two steps.
    for (let i = 0; i < 3; i++) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    controller.abort();
    assertEquals((await waiting).code, "cancelled");
    await server.until(() => server.disconnects === 1 && server.active === 0);
  });

  test("an abort before the start sends nothing", async (server, endpoint) => {
    const error = await assertRejects(() => collect(chat(endpoint, AbortSignal.abort())), FreshetError);
    assertEquals(error.code, "cancelled");
    assertEquals(server.requests.length, 0);
  });

  test("an abort with a reason of ours throws it, a deadline throws stalled", async (server, endpoint) => {
    server.script = { deltas: ["a"], interruption: { type: "hang", afterDeltas: 0 } };
    const reason = new FreshetError("stalled", "No token for 60 s");
    const controller = new AbortController();
    const answer = assertRejects(() => collect(chat(endpoint, controller.signal)), FreshetError);
    await server.until(() => server.requests.length === 1);
    controller.abort(reason);
    assertEquals(await answer, reason);
    const deadline = new AbortController();
    const late = assertRejects(() => collect(chat(endpoint, deadline.signal)), FreshetError);
    await server.until(() => server.requests.length === 2);
    // As `AbortSignal.timeout` aborts, but not before the request is there.
    deadline.abort(new DOMException("Signal timed out.", "TimeoutError"));
    assertEquals((await late).code, "stalled");
    await server.until(() => server.disconnects === 2);
  });

  test("leaving the loop early closes the connection", async (server, endpoint) => {
    server.script = { deltas: Array(1000).fill("Wort "), ...SLOW };
    for await (const delta of chat(endpoint)) if (delta.type === "text") break;
    await server.until(() => server.disconnects === 1 && server.active === 0);
  });

  test("a return while a token is awaited closes the connection", async (server, endpoint) => {
    server.script = { deltas: ["a", "b"], interruption: { type: "hang", afterDeltas: 1 } };
    const deltas = chat(endpoint)[Symbol.asyncIterator]();
    await deltas.next();
    const waiting = deltas.next();
    await deltas.return?.();
    assertEquals(await waiting, { done: true, value: undefined });
    await server.until(() => server.disconnects === 1 && server.active === 0);
  });

  test("reads the same however the server cuts the bytes", async (server, endpoint) => {
    const whole = await collect(chat(withScript(server, ANSWER, endpoint)));
    for (const chunking of [1, 2, 3, 7]) {
      server.script = { ...ANSWER, chunking };
      assertEquals(withoutIds(await collect(chat(endpoint))), withoutIds(whole));
    }
  });

  test("reads the same with one cut at any place of the answer", async (server, endpoint) => {
    server.script = ANSWER;
    const { response, bytes, whole } = await recordAnswer(under, endpoint);
    for (let at = 0; at <= bytes.length; at++) {
      const cut = under.create({
        fetch: () => Promise.resolve(response([bytes.slice(0, at), bytes.slice(at)])),
      });
      const answer = await collect(cut.chat(endpoint, ask(model, "Hallo"), never()));
      assertEquals(withoutIds(answer), whole, `cut at byte ${at}`);
    }
  });
}

function withScript(server: FakeServer, script: FakeAnswer, endpoint: Endpoint): Endpoint {
  server.script = script;
  return endpoint;
}

/** Ids that a provider makes itself differ from one answer to the next. */
function withoutIds<T extends { calls: { id: string }[] }>(answer: T) {
  return { ...answer, calls: answer.calls.map(({ id: _, ...call }) => call) };
}

async function recordAnswer({ create, model }: ProviderUnderTest, endpoint: Endpoint) {
  let init: ResponseInit = {};
  let bytes = new Uint8Array();
  const recording = create({
    fetch: async (input, request) => {
      const response = await fetch(input, request);
      init = { status: response.status, headers: response.headers };
      bytes = await response.bytes();
      return new Response(bytes, init);
    },
  });
  const whole = withoutIds(await collect(recording.chat(endpoint, ask(model, "Hallo"), never())));
  const response = (chunks: Uint8Array[]) => new Response(ReadableStream.from(chunks), init);
  return { response, bytes, whole };
}
