import {
  assert,
  assertEquals,
  assertGreater,
  assertInstanceOf,
  assertLess,
  assertRejects,
} from "@std/assert";
import { ERROR_STATUS, FreshetError } from "../../shared/mod.ts";
import { createSketch } from "./mod.ts";
import { ask, collect, endpoint, message, pages } from "./testing.ts";

const live = () => new AbortController().signal;
const sketch = createSketch({ documentation: pages });

Deno.test("an answer ends with finish and usage, and is the same again", async () => {
  const first = await collect(ask("hello"));
  assertEquals(first.error, undefined);
  const tokens = first.deltas.filter(({ type }) => type === "text").length;
  assertEquals(first.deltas.slice(-2), [
    { type: "finish", reason: "stop" },
    {
      type: "usage",
      usage: { promptTokens: 1, completionTokens: tokens, totalTokens: tokens + 1, estimated: true },
    },
  ]);
  assertGreater(tokens, 20);
  assertEquals(await collect(ask("hello")), first);
});

Deno.test("/pace sets the time of a token, in the message over the system prompt", async () => {
  assertEquals(new Set((await collect(ask("hello"))).delays), new Set([16]));
  assertEquals(new Set((await collect(ask("hello /pace 5"))).delays), new Set([5]));
  const messages = [message("system", "/pace 7"), message("user", "hello")];
  assertEquals(new Set((await collect({ model: "sketch", messages })).delays), new Set([7]));
  assertEquals((await collect(ask("/pace 0 hello"))).delays, []);
});

Deno.test("without a pace other work still gets its turn", async () => {
  const { delays } = await collect(ask("/pace 0 /repeat 1000 word"));
  assertEquals(delays, [0, 0, 0]);
});

Deno.test("/say says exactly the text", async () => {
  assertEquals(
    (await collect(ask('please /say "a  \\"b\\" /pace 5\n\n```js\\nx\\\\" now'))).text,
    'a  "b" /pace 5\n\n```js\nx\\',
  );
});

Deno.test("/repeat and /long give texts of a known size", async () => {
  assertEquals((await collect(ask("/repeat 3 some words /pace 0"))).text, "some words some words some words");
  const { text } = await collect(ask("/long 20000 /pace 0"));
  assertEquals(text.length, 20_000);
  assertEquals((await collect(ask("/long 20000 /pace 0", { seed: 1 }))).text, text);
  assert((await collect(ask("/long 20000 /pace 0", { seed: 2 }))).text !== text);
  for (const part of ["## ", "```ts", "| --- |", "\n- ", "\n> "]) assert(text.includes(part), part);
});

Deno.test("/think comes before the answer, unless thinking is off", async () => {
  const { reasoning, text, deltas } = await collect(ask('/think first this, then that /say "ok"'));
  assertEquals([reasoning, text], ["first this, then that", "ok"]);
  assertEquals(deltas[0]?.type, "reasoning");
  const usage = deltas.at(-1);
  assert(usage?.type === "usage");
  assertEquals([usage.usage.reasoningTokens, usage.usage.completionTokens], [4, 5]);
  assertEquals((await collect(ask('/think x /say "ok"', { reasoning: "off" }))).reasoning, "");
});

Deno.test("/loading shows a model being loaded", async () => {
  const { deltas } = await collect(ask('/loading 2 /say "ok"'));
  assertEquals(deltas.slice(0, 2), [
    { type: "loading", message: "Loading Sketch", progress: 0.5 },
    { type: "loading", message: "Loading Sketch", progress: 1 },
  ]);
});

Deno.test("/burst sends tokens together", async () => {
  const { delays, text } = await collect(ask("/burst 4 /pace 10 /repeat 8 w"));
  assertEquals(text, "w w w w w w w w");
  assertEquals(delays, [40, 40]);
});

Deno.test("/error fails with every code, at once or in the middle", async () => {
  for (const code of Object.keys(ERROR_STATUS)) {
    const { error, deltas } = await collect(ask(`/error ${code}`));
    assertInstanceOf(error, FreshetError);
    assertEquals([error.code, deltas], [code, []]);
  }
  const { error, text } = await collect(ask("/error upstream after 3 /repeat 9 w"));
  assertInstanceOf(error, FreshetError);
  assertEquals(text, "w w w");
  assertEquals((await collect(ask("/error rate_limited"))).error instanceof FreshetError, true);
  assertEquals((await collect(ask("what does /error mean?"))).error, undefined);
});

Deno.test("/cut ends without a finish", async () => {
  const { error, deltas, text } = await collect(ask("/cut after 2 /repeat 9 w"));
  assertEquals([error, text, deltas.length], [undefined, "w w", 2]);
  assertEquals((await collect(ask('/cut after 50 /say "short"'))).deltas.at(-1)?.type, "text");
});

Deno.test("/stall hangs until it is aborted", async () => {
  const controller = new AbortController();
  const stream = sketch.chat(endpoint, ask("/pace 0 /stall after 2 /repeat 9 w"), controller.signal);
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  const third = iterator.next();
  controller.abort();
  assertEquals((await assertRejects(() => third, FreshetError)).code, "cancelled");
});

Deno.test("an abort ends a paced answer at once", async () => {
  const controller = new AbortController();
  const stream = sketch.chat(endpoint, ask("/pace 60000 hello"), controller.signal);
  const next = stream[Symbol.asyncIterator]().next();
  controller.abort();
  assertEquals((await assertRejects(() => next, FreshetError)).code, "cancelled");
  const late = sketch.chat(endpoint, ask("hello"), controller.signal)[Symbol.asyncIterator]().next();
  assertEquals((await assertRejects(() => late, FreshetError)).code, "cancelled");
});

Deno.test("an abort with a reason of its own keeps it", async () => {
  const controller = new AbortController();
  controller.abort(new FreshetError("stalled", "Too slow"));
  const next = sketch.chat(endpoint, ask("hello"), controller.signal)[Symbol.asyncIterator]().next();
  assertEquals((await assertRejects(() => next, FreshetError)).code, "stalled");
});

Deno.test("leaving the stream ends it at once, even while it waits", async () => {
  const iterator = sketch.chat(endpoint, ask("/pace 60000 hello"), live())[Symbol.asyncIterator]();
  const next = iterator.next();
  assertEquals(await iterator.return?.(), { done: true, value: undefined });
  assertEquals(await next, { done: true, value: undefined });
});

Deno.test("maxTokens and stop end an answer", async () => {
  const short = await collect(ask("/repeat 9 w", { maxTokens: 4 }));
  assertEquals(short.text, "w w w w");
  assertEquals(short.deltas.find(({ type }) => type === "finish"), { type: "finish", reason: "length" });
  const stopped = await collect(ask('/say "one two three"', { stop: ["", "three", "two"] }));
  assertEquals(stopped.text, "one ");
  assertEquals(stopped.deltas.find(({ type }) => type === "finish"), { type: "finish", reason: "stop" });
});

Deno.test("a prompt beyond the context and an unknown model are typed errors", async () => {
  const long = await collect(ask("word ".repeat(40_000)));
  assertInstanceOf(long.error, FreshetError);
  assertEquals(long.error.code, "context_length");
  const { error } = await collect({ ...ask("hi"), model: "other" });
  assertInstanceOf(error, FreshetError);
  assertEquals(error.code, "model_not_found");
});

Deno.test("there is one model, and it is there", async () => {
  const [model, ...others] = await sketch.models(endpoint, live());
  assertEquals([model?.id, others], ["sketch", []]);
  assertEquals(model?.capabilities.includes("vision"), false);
  await sketch.probe(endpoint, live());
  await assertRejects(() => sketch.probe(endpoint, AbortSignal.abort()), FreshetError);
});

Deno.test("embeddings are unit vectors by which related texts are closer", async () => {
  const input = ["How do I stream an answer?", "Streaming answers", "The price of tea", "", "?!"];
  const { vectors, usage } = await sketch.embed(endpoint, { model: "sketch", input }, live());
  const product = (a: number, b: number) =>
    (vectors[a] ?? []).reduce((sum, value, i) => sum + value * (vectors[b]?.[i] ?? 0), 0);
  assertEquals(vectors.map((vector) => vector.length), [256, 256, 256, 256, 256]);
  for (let i = 0; i < input.length; i++) assertLess(Math.abs(product(i, i) - 1), 1e-9);
  assertGreater(product(0, 1), 0.6);
  assertLess(product(0, 2), 0.2);
  assert(usage.estimated && usage.promptTokens > 0);
  const small = await sketch.embed(endpoint, { model: "sketch", input: ["a"], dimensions: 8 }, live());
  assertEquals(small.vectors[0]?.length, 8);
  await assertRejects(
    () => sketch.embed(endpoint, { model: "sketch", input: [], dimensions: 0 }, live()),
    FreshetError,
  );
});
