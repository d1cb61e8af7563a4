import { assert, assertEquals, assertRejects } from "@std/assert";
import { fakeOllama } from "./ollama.ts";
import type { FakeAnswer } from "./script.ts";
import type { FakeServer } from "./server.ts";

function ask(server: FakeServer, init: RequestInit = {}) {
  const body = JSON.stringify({ model: "llama3.2", messages: [{ role: "user", content: "Hi" }] });
  return fetch(`${server.url}/api/chat`, { method: "POST", body, ...init });
}

Deno.test("a fake records what it is asked", async () => {
  await using server = await fakeOllama();
  await (await fetch(`${server.url}/api/version?x=1`, { headers: { "x-test": "yes" } })).body?.cancel();
  const { method, path, query, headers, body } = server.lastRequest;
  assertEquals([method, path, query.get("x"), headers.get("x-test"), body], [
    "GET",
    "/api/version",
    "1",
    "yes",
    undefined,
  ]);
  await (await ask(server)).text();
  assertEquals(server.requests.length, 2);
  assertEquals((server.lastRequest.body as { model: string }).model, "llama3.2");
});

Deno.test("a list of answers is used up, the last one stays; a function answers by the request", async () => {
  await using server = await fakeOllama({ script: [{ deltas: ["one"] }, { deltas: ["two"] }] });
  const said = async () => (await (await ask(server)).text()).match(/"content":"(\w+)"/)?.[1];
  assertEquals([await said(), await said(), await said()], ["one", "two", "two"]);
  server.script = (prompt) => ({ deltas: [prompt.model.replace(/\W/g, "")] });
  assertEquals(await said(), "llama32");
});

Deno.test("time goes through the delay, first token and pace apart", async () => {
  const waited: number[] = [];
  const delay = (ms: number) => Promise.resolve(void waited.push(ms));
  await using server = await fakeOllama({
    delay,
    script: { deltas: ["a", "b", "c"], firstTokenMs: 500, paceMs: 20 },
  });
  await (await ask(server)).text();
  assertEquals(waited, [500, 0, 20, 20]);
});

Deno.test("bytes are cut as the script says", async () => {
  const script: FakeAnswer = { deltas: ["ä€"] };
  await using server = await fakeOllama({ script });
  const whole = await (await ask(server)).bytes();
  const lengths = async (chunking: NonNullable<FakeAnswer["chunking"]>) => {
    server.script = { ...script, chunking };
    const chunks = await Array.fromAsync((await ask(server)).body ?? [], (chunk) => chunk.length);
    assertEquals(chunks.reduce((sum, length) => sum + length, 0), whole.length);
    return chunks.length;
  };
  assert(await lengths(1) > 50, "bytes come one by one, or nearly");
  assert(await lengths((body) => [body.subarray(0, 7), body.subarray(7)]) <= 2);
});

Deno.test("a connection breaks after so many bytes, or before there is a response", async () => {
  await using server = await fakeOllama();
  server.script = { deltas: ["word", "word", "word"], interruption: { type: "die", afterBytes: 100 } };
  let received = 0;
  await assertRejects(async () => {
    for await (const chunk of (await ask(server)).body ?? []) received += chunk.length;
  });
  assertEquals(received, 100);
  server.script = { interruption: { type: "die", afterBytes: 0 } };
  await assertRejects(() => ask(server));
  assertEquals(server.disconnects, 0, "Nobody left: the server broke it");
});

Deno.test("active and disconnects follow the connections", async () => {
  await using server = await fakeOllama({
    script: { deltas: ["a"], interruption: { type: "hang", afterDeltas: 1 } },
  });
  const controller = new AbortController();
  const response = await ask(server, { signal: controller.signal });
  assertEquals([server.active, server.disconnects], [1, 0]);
  controller.abort();
  await server.until(() => server.active === 0);
  assertEquals(server.disconnects, 1);
  await assertRejects(() => response.text());
});

Deno.test("closing breaks open streams and frees the port", async () => {
  const server = await fakeOllama({
    script: { deltas: ["a"], interruption: { type: "hang", afterDeltas: 1 } },
  });
  const response = await ask(server);
  await server.close();
  await assertRejects(() => response.text());
  await assertRejects(() => ask(server));
  await using again = await fakeOllama({ port: server.port });
  assertEquals((await (await ask(again)).text()).includes("done"), true);
});

Deno.test("an error in a script shows when the fake is closed", async () => {
  const server = await fakeOllama({ script: [] });
  await assertRejects(() => ask(server));
  await assertRejects(() => server.close(), Error, "script");
});

Deno.test("until gives up", async () => {
  await using server = await fakeOllama();
  await assertRejects(() => server.until(() => false, 5), Error, "Nothing happened");
});
