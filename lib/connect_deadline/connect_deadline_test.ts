import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { ConnectionError, type Fetch } from "../http1/mod.ts";
import { type Connect, withConnectDeadline } from "./mod.ts";

const NODE = "https://node.test/v1/models";

class Stop extends Error {}

/** A connection that a test makes or refuses by hand. */
interface Attempt {
  host: string;
  resolve(): void;
  reject(error: Error): void;
}

/** `fetch` under a deadline over a network that is played by hand. */
function setUp(env: Record<string, string> = {}) {
  const clock = new FakeClock();
  const attempts: Attempt[] = [];
  const counts = { closed: 0 };
  const sent: { respond(response: Response): void; fail(error: Error): void; signal: AbortSignal }[] = [];
  const connect: Connect = ({ hostname, port }) =>
    new Promise((resolve, reject) => {
      const connection = { close: () => void counts.closed++ };
      attempts.push({ host: `${hostname} ${port}`, resolve: () => resolve(connection), reject });
    });
  const send: Fetch = (_input, init) =>
    new Promise((respond, fail) => {
      const signal = init?.signal ?? new AbortController().signal;
      if (signal.aborted) fail(signal.reason);
      signal.addEventListener("abort", () => fail(signal.reason), { once: true });
      sent.push({ respond, fail, signal });
    });
  const fetch = withConnectDeadline(send, { clock, connect, env: (name) => env[name] });
  return { fetch, clock, attempts, sent, counts };
}

/** What becomes of a request, as far as is known. */
function outcomeOf(request: Promise<Response>): { value?: Response | Error } {
  const outcome: { value?: Response | Error } = {};
  request.then((response) => outcome.value = response, (error) => outcome.value = error);
  return outcome;
}

Deno.test("a host that drops packets is given up after the deadline, in words that providers know", async () => {
  const { fetch, clock, attempts, sent } = setUp();
  const request = outcomeOf(fetch(NODE));
  await clock.advance(9_999);
  assertEquals([request.value, attempts.map(({ host }) => host)], [undefined, ["node.test 443"]]);
  await clock.advance(1);
  assert(request.value instanceof ConnectionError);
  assertEquals(request.value.message, "Cannot connect to node.test:443: timed out after 10000 ms");
  assertEquals([sent[0]?.signal.aborted, clock.timers], [true, 0]);
});

Deno.test("a connection that is made after all is closed, and the host counts as reached", async () => {
  const { fetch, clock, attempts, counts } = setUp();
  const given = outcomeOf(fetch(NODE));
  await clock.advance(10_000);
  assert(given.value instanceof ConnectionError);
  attempts[0]?.resolve();
  await clock.advance(0);
  const next = outcomeOf(fetch(NODE));
  await clock.advance(29_000);
  assertEquals([counts.closed, attempts.length, next.value, clock.timers], [1, 1, undefined, 0]);
});

Deno.test("an answer within a second needs no check, nor do requests soon after it", async () => {
  const { fetch, clock, attempts, sent } = setUp();
  const first = outcomeOf(fetch(NODE));
  await clock.advance(999);
  sent[0]?.respond(new Response("ok"));
  await clock.advance(29_000);
  assert(first.value instanceof Response);
  outcomeOf(fetch(NODE));
  await clock.advance(300_000);
  assertEquals([attempts.length, clock.timers], [0, 0]);
  // That one had no answer; what is asked now is checked.
  outcomeOf(fetch(NODE));
  await clock.advance(1_000);
  assertEquals(attempts.length, 1);
});

Deno.test("each answer is news of its host", async () => {
  const { fetch, clock, attempts, sent } = setUp();
  for (let i = 0; i < 4; i++) {
    outcomeOf(fetch(NODE));
    sent[i]?.respond(new Response("ok"));
    await clock.advance(20_000);
  }
  outcomeOf(fetch(NODE));
  await clock.advance(5_000);
  assertEquals(attempts.length, 0);
});

Deno.test("one connection tells for all requests to a host, and for none to another", async () => {
  const { fetch, clock, attempts, counts } = setUp();
  const requests = Array.from({ length: 20 }, () => outcomeOf(fetch(NODE)));
  const other = outcomeOf(fetch("https://[::1]:8443/v1"));
  await clock.advance(2_000);
  requests.push(outcomeOf(fetch("https://node.test/other")));
  assertEquals(attempts.map(({ host }) => host), ["node.test 443", "::1 8443"]);
  attempts[0]?.resolve();
  await clock.advance(60_000);
  assertEquals(requests.map(({ value }) => value).filter(Boolean), []);
  assertEquals(other.value instanceof ConnectionError && other.value.message.includes("[::1]:8443"), true);
  assertEquals([counts.closed, clock.timers], [1, 0]);
});

Deno.test("each request has the whole deadline, and who came late another attempt", async () => {
  const { fetch, clock, attempts } = setUp();
  const early = outcomeOf(fetch(NODE));
  await clock.advance(8_000);
  const late = outcomeOf(fetch(NODE));
  await clock.advance(2_000);
  assertEquals([early.value instanceof ConnectionError, late.value, attempts.length], [true, undefined, 1]);
  await clock.advance(1_000);
  assertEquals(attempts.length, 2);
  attempts[1]?.resolve();
  await clock.advance(60_000);
  assertEquals([late.value, clock.timers], [undefined, 0]);
});

Deno.test("what is refused or has no name is left to the request to say", async () => {
  const { fetch, clock, attempts, sent } = setUp();
  const request = outcomeOf(fetch(NODE));
  await clock.advance(1_000);
  attempts[0]?.reject(new Deno.errors.ConnectionRefused());
  await clock.advance(60_000);
  assertEquals([request.value, clock.timers], [undefined, 0]);
  sent[0]?.fail(new TypeError("connection refused"));
  await clock.advance(0);
  assert(request.value instanceof TypeError);
});

Deno.test("the failure of an attempt that was given up says nothing of the next one", async () => {
  const { fetch, clock, attempts } = setUp();
  outcomeOf(fetch(NODE));
  await clock.advance(10_000);
  const next = outcomeOf(fetch(NODE));
  await clock.advance(1_000);
  attempts[0]?.reject(new Deno.errors.TimedOut());
  await clock.advance(9_000);
  assert(next.value instanceof ConnectionError);
});

Deno.test("a failed or aborted request leaves no timer, and the caller's reason is passed on", async () => {
  const { fetch, clock, attempts, sent } = setUp();
  const failed = outcomeOf(fetch(NODE));
  sent[0]?.fail(new TypeError("dns error"));
  await clock.advance(0);
  assert(failed.value instanceof TypeError);
  for (const wait of [0, 5_000]) {
    const controller = new AbortController();
    const request = outcomeOf(fetch(new Request(NODE, { signal: controller.signal })));
    await clock.advance(wait);
    controller.abort(new Stop());
    await clock.advance(0);
    assert(request.value instanceof Stop);
  }
  await assertRejects(() => fetch(NODE, { signal: AbortSignal.abort(new Stop()) }), Stop);
  assertEquals([attempts.length, clock.timers], [1, 0]);
});

Deno.test("what a proxy takes is not checked", async () => {
  const { fetch, clock, attempts } = setUp({ HTTPS_PROXY: "http://proxy.test", NO_PROXY: "lan.test" });
  const proxied = outcomeOf(fetch(NODE));
  outcomeOf(fetch("https://box.lan.test/v1"));
  outcomeOf(fetch("http://plain.test/v1"));
  await clock.advance(60_000);
  assertEquals([proxied.value, attempts.map(({ host }) => host)], [undefined, [
    "box.lan.test 443",
    "plain.test 80",
  ]]);
});

Deno.test("a TLS handshake may take its time once the host is connected, and an abort ends it", async () => {
  const clock = new FakeClock();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const sockets: Deno.TcpConn[] = [];
  const bare = Promise.withResolvers<void>();
  const accepting = (async () => {
    for await (const socket of listener) {
      sockets.push(socket);
      if (sockets.length === 2) bare.resolve();
    }
  })();
  const closed = Promise.withResolvers<void>();
  const connect: Connect = async (address) => {
    const connection = await Deno.connect(address);
    return { close: () => (connection.close(), closed.resolve()) };
  };
  const controller = new AbortController();
  const request = outcomeOf(
    withConnectDeadline(fetch, { clock, connect, env: () => undefined })(
      `https://127.0.0.1:${listener.addr.port}/`,
      { signal: controller.signal },
    ),
  );
  await clock.advance(1_000);
  await Promise.all([bare.promise, closed.promise]);
  await clock.advance(3_600_000);
  assertEquals([request.value, clock.timers], [undefined, 0]);
  controller.abort(new Stop());
  await clock.advance(0);
  assert(request.value instanceof Stop);
  listener.close();
  await accepting;
  for (const socket of sockets) socket.close();
});

Deno.test("a body is still ended by the caller's signal", async () => {
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () =>
    new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("a")) }),
    ));
  const send = withConnectDeadline(fetch, { clock: new FakeClock(), env: () => undefined });
  const controller = new AbortController();
  const { body } = await send(`http://127.0.0.1:${server.addr.port}/`, { signal: controller.signal });
  const reader = body?.getReader();
  assertEquals((await reader?.read())?.value?.length, 1);
  controller.abort(new Stop());
  await assertRejects(async () => await reader?.read(), Stop);
});
