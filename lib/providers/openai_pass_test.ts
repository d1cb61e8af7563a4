import { assert, assertEquals, assertRejects } from "@std/assert";
import { type FakeAnswer, fakeOpenAI, type FakeServer } from "../../tests/fakes/mod.ts";
import { seededRandom } from "../../tests/random.ts";
import { type ChatDelta, type ChatRequest, FreshetError } from "../shared/mod.ts";
import { createHttp1 } from "../http1/mod.ts";
import { createOpenAI } from "./openai.ts";
import { OpenAIPass } from "./openai_pass.ts";
import type { PassOptions, Provider } from "./provider.ts";

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

/** What is written of an answer. */
class Written implements PassOptions {
  signal = new AbortController().signal;
  includeUsage: boolean;
  pieces: Uint8Array[] = [];
  count = 0;

  constructor(includeUsage: boolean) {
    this.includeUsage = includeUsage;
  }

  write(bytes: Uint8Array, count: number): undefined {
    this.pieces.push(bytes);
    this.count += count;
  }

  /** Each piece is of whole characters, and ends with the end of an event. */
  get text(): string {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const texts = this.pieces.map((bytes) => decoder.decode(bytes));
    for (const text of texts) assert(/\n\r?\n$/.test(text), text);
    return texts.join("");
  }
}

async function passed(
  provider: Provider,
  { url }: FakeServer,
  includeUsage = false,
): Promise<{ text: string; deltas: ChatDelta[]; count: number }> {
  const written = new Written(includeUsage);
  const answer = provider.pass?.({ nodeId: "n", baseUrl: `${url}/v1` }, REQUEST, written);
  assert(answer);
  const deltas = await Array.fromAsync(answer);
  return { text: written.text, deltas, count: written.count };
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
    const written = new Written(true);
    const deltas = await Array.fromAsync(new OpenAIPass(() => Promise.resolve(source), context, written));
    assertEquals(deltas.map(({ type }) => type), ["finish"]);
    assertEquals([written.text, written.count], [stream.replace("data: [DONE]\n\n", ""), 4]);
  }
});

Deno.test("a caller who wants nothing further holds the server back", async () => {
  let reads = 0;
  const encoder = new TextEncoder();
  const source = {
    isEnded: false,
    read: () =>
      Promise.resolve(
        ++reads > 50 ? undefined : encoder.encode(`data: {"choices":[{"delta":{"content":"${reads}"}}]}\n\n`),
      ),
  };
  const context = { kind: "openai", endpoint: { nodeId: "n", baseUrl: "http://n/v1" } } as const;
  const full = Promise.withResolvers<void>();
  let writes = 0;
  const write = () => ++writes === 3 ? full.promise : undefined;
  const pass = new OpenAIPass(() => Promise.resolve(source), context, { includeUsage: false, write });
  const ending = pass.next();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(reads, 3);
  full.resolve();
  await ending;
  assertEquals([reads, writes], [51, 50]);
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
      const written = new Written(true);
      const pass = provider.pass?.({ nodeId: "n", baseUrl: `${fake.url}/v1` }, REQUEST, written);
      const error = await assertRejects(() => Array.fromAsync(pass ?? []), FreshetError);
      assertEquals(written.text, "", code);
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
      const written = new Written(true);
      const pass = provider.pass?.({ nodeId: "n", baseUrl: `${fake.url}/v1` }, REQUEST, written);
      const error = await assertRejects(() => Array.fromAsync(pass ?? []), FreshetError);
      assertEquals([
        error.code,
        chunksOf(written.text).map(({ choices }) => choices[0]?.delta.content ?? "").join(""),
      ], [
        code,
        TEXT.slice(0, 3).join(""),
      ]);
    });
  }
});

Deno.test("a server whose reading of the protocol is its own is not passed on", () => {
  for (const host of ["api.mistral.ai", "generativelanguage.googleapis.com"]) {
    const endpoint = { nodeId: "n", baseUrl: `https://${host}/v1` };
    assertEquals(createOpenAI().pass?.(endpoint, REQUEST, new Written(false)), undefined);
  }
});
