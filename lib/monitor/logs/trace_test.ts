import { assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import { createLog, type LogEntry } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { DebugMode } from "./debug_mode.ts";
import { Trace } from "./trace.ts";
import { type SeenBody, watchedBody } from "./watched_body.ts";

function setUp() {
  const clock = new FakeClock();
  const entries: LogEntry[] = [];
  const debug = new DebugMode(clock);
  const log = createLog((entry) => entries.push(entry), "debug");
  const trace = new Trace({ debug, log, clock, secrets: ["hunter22"] });
  return { clock, debug, trace, entries };
}

const encoder = new TextEncoder();

function streamOf(...chunks: (string | Error)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else if (chunk instanceof Error) controller.error(chunk);
      else controller.enqueue(encoder.encode(chunk));
    },
  });
}

const post = (body: string, type = "application/json") =>
  new Request("http://localhost:1/v1/chat/completions?key=abcdef", {
    method: "POST",
    body,
    headers: { "content-type": type, authorization: "Bearer abcdefghijkl" },
  });

Deno.test("off, requests and responses go through untouched and nothing is logged", async () => {
  const { trace, entries } = setUp();
  const response = new Response("hello");
  assertEquals(await trace.serve(post("{}"), () => Promise.resolve(response)) === response, true);
  const fetch = trace.fetch(() => Promise.resolve(response));
  assertEquals(await fetch("http://node/") === response, true);
  assertEquals([entries.length, response.bodyUsed], [0, false]);
});

Deno.test("on, a request and its answer are logged without secrets, and both arrive whole", async () => {
  const { clock, debug, trace, entries } = setUp();
  debug.set(15);
  const body = JSON.stringify({ apiKey: "very-secret", text: "hunter22 says hi" });
  const request = post(body);
  const response = await trace.serve(request, async () => {
    assertEquals(await request.text(), body);
    await clock.advance(40);
    return new Response(streamOf('{"token":"very-', 'secret","n":1}'), {
      status: 201,
      headers: { "content-type": "application/json", "set-cookie": "a=very-secret" },
    });
  });
  assertEquals(response.status, 201);
  assertEquals(await response.text(), '{"token":"very-secret","n":1}');
  assertEquals(entries.map(({ part, level, message }) => [part, level, message]), [
    ["http", "debug", "→ POST /v1/chat/completions?key=•••"],
    ["http", "debug", "← 201 POST /v1/chat/completions?key=•••"],
  ]);
  const [asked, answered] = entries.map(({ fields }) => fields ?? {});
  assertEquals(asked?.body, '{"apiKey":"•••","text":"••• says hi"}');
  assertEquals([answered?.body, answered?.ms, answered?.bytes, answered?.end], [
    '{"token":"•••","n":1}',
    40,
    29,
    "complete",
  ]);
  assertFalse(/very-|abcdef|hunter22/.test(JSON.stringify(entries)));
});

Deno.test("bodies are shown in part, not in the middle of a word, and files not at all", async () => {
  const { debug, trace, entries } = setUp();
  debug.set(15);
  const long = `{"text":"${"word ".repeat(1_636)}sk-abcdefghijklmnop"}`;
  const request = post(long);
  await (await trace.serve(request, async () => {
    await request.text();
    return new Response(streamOf(...Array.from({ length: 100 }, () => "x".repeat(1_000))), {
      headers: { "content-type": "image/png" },
    });
  })).body?.cancel();
  const upload = post("binary", "application/octet-stream");
  await trace.serve(upload, () => Promise.resolve(new Response(null, { status: 204 })));
  await upload.body?.cancel();
  const bodies = entries.map(({ fields }) => String(fields?.body ?? ""));
  assertEquals((bodies[0]?.length ?? 0) < 8_300, true);
  assertEquals(bodies[0]?.endsWith("word …"), true, bodies[0]?.slice(-40));
  assertEquals(bodies.some((body) => body.includes("xxx") || body.includes("binary")), false);
  assertStringIncludes(bodies.join(), "(application/octet-stream, not shown)");
});

Deno.test("calls of nodes are logged with how they end", async () => {
  const { debug, trace, entries } = setUp();
  debug.set(15);
  const answers = [
    () =>
      Promise.resolve(
        new Response(streamOf("data: a\n\n", "data: b\n\n"), {
          headers: { "content-type": "text/event-stream" },
        }),
      ),
    () => Promise.reject(new TypeError("connection refused")),
    () =>
      Promise.resolve(
        new Response(streamOf("data: a\n\n", new Error("cut")), {
          headers: { "content-type": "text/event-stream" },
        }),
      ),
  ];
  const fetch = trace.fetch(() => answers.shift()?.() ?? Promise.reject(new Error("There is no more")));
  const init = { method: "POST", body: '{"model":"m"}', headers: { authorization: "Bearer abcdefghijkl" } };
  assertEquals(await (await fetch("http://me:pass@node/api/chat", init)).text(), "data: a\n\ndata: b\n\n");
  await assertRejects(() => fetch("http://node/api/chat", init), TypeError);
  const broken = await fetch("http://node/api/chat", init);
  await assertRejects(() => broken.text());
  assertEquals(entries.map(({ message }) => message), [
    "→ POST http://•••@node/api/chat",
    "← 200 POST http://•••@node/api/chat",
    "→ POST http://node/api/chat",
    "✗ POST http://node/api/chat",
    "→ POST http://node/api/chat",
    "← 200 POST http://node/api/chat",
  ]);
  assertEquals(entries.map(({ fields }) => fields?.end).filter(Boolean), ["complete", "failed"]);
});

Deno.test("a watched body is asked for no more than its reader asks for, and takes buffers of its own", async () => {
  let pulled = 0;
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(encoder.encode("abcd"));
    },
  }, { highWaterMark: 0 });
  let seen: SeenBody | undefined;
  const body = watchedBody(source, 6, (what) => seen = what);
  const reader = body.getReader({ mode: "byob" });
  const texts: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { value } = await reader.read(new Uint8Array(3));
    texts.push(new TextDecoder().decode(value));
  }
  assertEquals([texts, pulled], [["abc", "d", "abc"], 2]);
  await reader.cancel();
  assertEquals([new TextDecoder().decode(seen?.head), seen?.bytes, seen?.end], ["abcdab", 8, "cancelled"]);
});

Deno.test("a watched body ends for a reader that waits with a buffer", async () => {
  const body = watchedBody(streamOf("ab"), 10, () => {});
  const reader = body.getReader({ mode: "byob" });
  assertEquals((await reader.read(new Uint8Array(8))).value?.length, 2);
  assertEquals((await reader.read(new Uint8Array(8))).done, true);
});
