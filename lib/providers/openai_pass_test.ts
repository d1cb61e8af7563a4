import { assert, assertEquals, assertRejects } from "@std/assert";
import { type FakeAnswer, fakeOpenAI, type FakeServer } from "../../tests/fakes/mod.ts";
import { seededRandom } from "../../tests/random.ts";
import { type ChatDelta, type ChatRequest, FreshetError } from "../shared/mod.ts";
import { createHttp1 } from "../http1/mod.ts";
import { createOpenAI } from "./openai.ts";
import { OpenAIPass } from "./openai_pass.ts";
import type { Provider, RawEvents } from "./provider.ts";

const REQUEST: ChatRequest = {
  model: "m",
  messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
};
const TEXT = [
  "Hall",
  "o, Wörld 🐟",
  '\n\n"finish_reason":"stop"',
  ' data: [DONE]\n\n{"usage":{}}',
  " 日本語",
  ".",
];

/** By `fetch`, and as the app has it but that no connection is kept. */
function providers(): Provider[] {
  return [createOpenAI(), createOpenAI({ http1: createHttp1({ maxIdlePerHost: 0 }) })];
}

async function passed(
  provider: Provider,
  { url }: FakeServer,
  includeUsage = false,
): Promise<{ text: string; deltas: ChatDelta[]; count: number }> {
  const answer = provider.pass?.({ nodeId: "n", baseUrl: `${url}/v1` }, REQUEST, {
    signal: new AbortController().signal,
    includeUsage,
  });
  assert(answer);
  const raw: RawEvents[] = [];
  const deltas: ChatDelta[] = [];
  for await (const item of answer) {
    if (item.type === "raw") raw.push(item);
    else deltas.push(item);
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  // Each piece is of whole characters, and ends with the end of an event.
  const texts = raw.map(({ bytes }) => decoder.decode(bytes));
  for (const text of texts) assert(text.endsWith("\n\n"), text);
  return { text: texts.join(""), deltas, count: raw.reduce((sum, { count }) => sum + count, 0) };
}

function chunksOf(text: string): { choices: { delta: { content?: string } }[]; usage?: unknown }[] {
  return text.split("\n\n").filter(Boolean).map((block) => JSON.parse(block.slice("data: ".length)));
}

async function withAnswer(answer: FakeAnswer, fn: (fake: FakeServer) => Promise<void>): Promise<void> {
  await using fake = await fakeOpenAI({ models: ["m"], flavour: "vllm", script: answer });
  await fn(fake);
}

Deno.test("an answer is passed on as it came, wherever its bytes are cut", async () => {
  const random = seededRandom(7);
  const [fetching, direct] = providers();
  assert(fetching && direct);
  for (let round = 0; round < 40; round++) {
    const chunking = (body: Uint8Array): Uint8Array[] => {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < body.length;) {
        const length = 1 + Math.floor(random() ** 3 * 400);
        pieces.push(body.slice(at, at + length));
        at += length;
      }
      return pieces;
    };
    await withAnswer({ deltas: TEXT, chunking }, async (fake) => {
      for (const [provider, includeUsage] of [[fetching, false], [direct, true]] as const) {
        const { text, deltas, count } = await passed(provider, fake, includeUsage);
        const chunks = chunksOf(text);
        assertEquals(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), TEXT.join(""));
        assertEquals(deltas.map(({ type }) => type), ["finish", "usage"]);
        assertEquals(chunks.filter(({ choices }) => choices.length === 0).length, includeUsage ? 1 : 0);
        assert(count >= TEXT.length && count <= chunks.length, `${count} of ${chunks.length}`);
        assert(!text.includes("data: [DONE]\n\n"), "the end is said by who knows that it is one");
      }
    });
  }
});

Deno.test("events that end with either kind of empty line, in turn, are all read", async () => {
  const chunk = (content: string) => `data: {"choices":[{"delta":{"content":"${content}"}}]}`;
  const finish = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}';
  const stream = `${chunk("a")}\n\n${chunk("b")}\r\n\r\n${chunk("c")}\n\n${finish}\r\n\r\ndata: [DONE]\n\n`;
  const bytes = new TextEncoder().encode(stream);
  for (let cut = 0; cut < bytes.length; cut++) {
    const pieces = [bytes.slice(0, cut), bytes.slice(cut)].filter(({ length }) => length > 0);
    const source = { read: () => Promise.resolve(pieces.shift()), isEnded: false };
    const context = { kind: "openai", endpoint: { nodeId: "n", baseUrl: "http://n/v1" } } as const;
    const pass = new OpenAIPass(() => Promise.resolve(source), { context, includeUsage: true });
    const items = await Array.fromAsync(pass);
    const text = items.map((item) => item.type === "raw" ? new TextDecoder().decode(item.bytes) : item.type)
      .join("");
    assertEquals(text, stream.replace("data: [DONE]\n\n", "finish"));
  }
});

Deno.test("an error at the beginning is one, and nothing is passed on before it", async () => {
  const cases: [FakeAnswer, string][] = [
    [{ failure: { kind: "rate_limit", retryAfter: 3 } }, "rate_limited"],
    [{ failure: { kind: "server_error" } }, "upstream"],
    [{ deltas: TEXT, interruption: { type: "error", afterDeltas: 0, kind: "overloaded" } }, "unavailable"],
    [{ deltas: TEXT, interruption: { type: "cut", afterDeltas: 0 } }, "upstream"],
    [{ deltas: TEXT, interruption: { type: "die", afterBytes: 0 } }, "upstream"],
  ];
  for (const [answer, code, provider] of cases.flatMap((c) => providers().map((p) => [...c, p] as const))) {
    await withAnswer(answer, async (fake) => {
      const seen: unknown[] = [];
      const pass = provider.pass?.({ nodeId: "n", baseUrl: `${fake.url}/v1` }, REQUEST, {
        signal: new AbortController().signal,
        includeUsage: true,
      });
      const error = await assertRejects(async () => {
        for await (const item of pass ?? []) seen.push(item);
      }, FreshetError);
      assertEquals(seen, [], code);
      if (answer.interruption?.type !== "die") assertEquals(error.code, code);
    });
  }
});

Deno.test("an answer that breaks off, or tells an error, ends in that error after what it said", async () => {
  const cases: [FakeAnswer, string][] = [
    [{ deltas: TEXT, interruption: { type: "error", afterDeltas: 3, kind: "overloaded" } }, "unavailable"],
    [{ deltas: TEXT, interruption: { type: "cut", afterDeltas: 3 } }, "upstream"],
  ];
  for (const [answer, code, provider] of cases.flatMap((c) => providers().map((p) => [...c, p] as const))) {
    await withAnswer(answer, async (fake) => {
      let text = "";
      const pass = provider.pass?.({ nodeId: "n", baseUrl: `${fake.url}/v1` }, REQUEST, {
        signal: new AbortController().signal,
        includeUsage: true,
      });
      const error = await assertRejects(async () => {
        for await (const item of pass ?? []) {
          if (item.type === "raw") text += new TextDecoder().decode(item.bytes);
        }
      }, FreshetError);
      assertEquals([
        error.code,
        chunksOf(text).map(({ choices }) => choices[0]?.delta.content ?? "").join(""),
      ], [
        code,
        TEXT.slice(0, 3).join(""),
      ]);
    });
  }
});

Deno.test("a server whose reading of the protocol is its own is not passed on", () => {
  const options = { signal: new AbortController().signal, includeUsage: false };
  for (const host of ["api.mistral.ai", "generativelanguage.googleapis.com"]) {
    const endpoint = { nodeId: "n", baseUrl: `https://${host}/v1` };
    assertEquals(createOpenAI().pass?.(endpoint, REQUEST, options), undefined);
  }
});
