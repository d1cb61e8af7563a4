import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { ConnectionError, createHttp1, type Http1, type Http1Options } from "./mod.ts";
import { type RawConnection, RawServer } from "./testing.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

async function withClient(options: Http1Options, run: (client: Http1) => Promise<void>): Promise<void> {
  const client = createHttp1(options);
  try {
    await run(client);
  } finally {
    client.close();
  }
}

/** Answers every request with `ok`. */
async function answerAll(connection: RawConnection): Promise<void> {
  while (await connection.request()) await connection.send(OK);
}

async function textOf(response: Promise<Response>): Promise<string> {
  return await (await response).text();
}

/** Lets what was sent arrive on the other side. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

Deno.test("a connection is used again, the one used last first", async () => {
  const paths: string[][] = [];
  await using server = new RawServer(async (connection, index) => {
    const seen: string[] = paths[index] = [];
    for (let request = await connection.request(); request; request = await connection.request()) {
      seen.push(request.head.split(" ")[1] ?? "");
      await connection.send(OK);
    }
  });
  await withClient({}, async ({ fetch }) => {
    const first = await fetch(`${server.url}a`);
    const second = await fetch(`${server.url}b`);
    await second.text();
    await first.text();
    await textOf(fetch(`${server.url}c`, { method: "POST", body: "x" }));
    await textOf(fetch(`${server.url}d`, { method: "HEAD" }));
  });
  assertEquals(paths.map((of) => of.join("")), ["/a/c/d", "/b"]);
});

Deno.test("a connection that its server closed while idle is not used again", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(OK);
  });
  await withClient({}, async ({ fetch }) => {
    for (let i = 1; i <= 3; i++) {
      assertEquals(await textOf(fetch(server.url, { method: "POST", body: "x" })), "ok");
      await settle();
      assertEquals(server.accepted, i);
    }
  });
});

Deno.test("before a POST a connection that was idle for a while is looked at once more", async () => {
  const closing = Promise.withResolvers<void>();
  await using server = new RawServer(async (connection, index) => {
    await connection.request();
    await connection.send(OK);
    if (index === 0) await closing.promise;
  });
  const clock = new FakeClock();
  await withClient({ clock }, async ({ fetch }) => {
    await textOf(fetch(server.url));
    await clock.advance(1_000);
    closing.resolve();
    // The end reaches the socket while this event loop is busy, so that nobody here has heard of it.
    await Promise.resolve();
    await Promise.resolve();
    const posted = fetch(server.url, { method: "POST", body: "x" });
    assertEquals(await textOf(posted), "ok");
  });
  assertEquals(server.accepted, 2);
});

Deno.test("a kept connection that fails without a byte: a GET goes out once more, a POST does not", async () => {
  const requests: string[] = [];
  await using server = new RawServer(async (connection, index) => {
    for (let request = await connection.request(); request; request = await connection.request()) {
      requests.push(`${index} ${request.head.split("\r\n")[0]} ${request.body}`);
      if (requests.at(-1)?.includes("lost") && (index % 2 === 0 || requests.at(-1)?.includes("always"))) {
        return;
      }
      await connection.send(OK);
    }
  });
  await withClient({}, async ({ fetch }) => {
    await textOf(fetch(server.url));
    assertEquals(await textOf(fetch(`${server.url}lost`, { method: "PUT", body: "x" })), "ok");
    const alive = await fetch(`${server.url}hold`);
    await assertRejects(
      () => fetch(`${server.url}lost/always`, { method: "GET" }),
      ConnectionError,
      "Connection closed before message completed",
    );
    await alive.text();
  });
  assertEquals(requests, [
    "0 GET / HTTP/1.1 ",
    "0 PUT /lost HTTP/1.1 x",
    "1 PUT /lost HTTP/1.1 x",
    "1 GET /hold HTTP/1.1 ",
    "2 GET /lost/always HTTP/1.1 ",
  ]);
  requests.length = 0;
  await withClient({}, async ({ fetch }) => {
    await textOf(fetch(server.url));
    const post = { method: "POST", body: "x" };
    // The server may be in the middle of it: it must not start twice.
    await assertRejects(() => fetch(`${server.url}lost/always`, post), ConnectionError, "closed before");
  });
  assertEquals(requests.length, 2);
});

Deno.test("a failure after the first byte of a response is final", async () => {
  let count = 0;
  await using server = new RawServer(async (connection) => {
    while (await connection.request()) {
      if (count++ > 0) return await connection.send("HTTP/1.1 2");
      await connection.send(OK);
    }
  });
  await withClient({}, async ({ fetch }) => {
    await textOf(fetch(server.url));
    await assertRejects(() => fetch(server.url), ConnectionError);
  });
  assertEquals([count, server.accepted], [2, 1]);
});

Deno.test("what a server says without being asked costs it the connection", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(OK);
    await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    await connection.closed();
  });
  await withClient({}, async ({ fetch }) => {
    for (let i = 0; i < 3; i++) {
      assertEquals(await textOf(fetch(server.url)), "ok");
      await settle();
    }
  });
  assertEquals(server.accepted, 3);
});

Deno.test("idle connections end with their time, and no more are kept than asked for", async () => {
  const ended: number[] = [];
  await using server = new RawServer(async (connection, index) => {
    while (await connection.request()) {
      const keepAlive = index === 2 ? "Keep-Alive: timeout=2\r\n" : "";
      await connection.send(`HTTP/1.1 200 OK\r\n${keepAlive}Content-Length: 2\r\n\r\nok`);
    }
    ended.push(index);
  });
  const clock = new FakeClock();
  await withClient({ clock, maxIdlePerHost: 2 }, async ({ fetch }) => {
    const responses: Response[] = [];
    for (let i = 0; i < 3; i++) responses.push(await fetch(server.url));
    // The two that come first to their end are kept.
    for (const response of responses.reverse()) await response.text();
    await settle();
    assertEquals(ended, [0]);
    await clock.advance(1_000);
    await settle();
    assertEquals(ended, [0, 2]);
    await clock.advance(2_000);
    await textOf(fetch(server.url));
    assertEquals(server.accepted, 3);
    await clock.advance(3_999);
    await settle();
    assertEquals(ended, [0, 2]);
    await clock.advance(1_001);
    await settle();
    assertEquals(ended, [0, 2, 1]);
  });
});

Deno.test("a connection whose time is over is not used, though nobody has closed it yet", async () => {
  await using server = new RawServer(answerAll);
  const clock = new FakeClock();
  await withClient({ clock, idleTimeoutMs: 1_500 }, async ({ fetch }) => {
    await textOf(fetch(server.url));
    await clock.advance(1_499);
    await textOf(fetch(server.url));
    assertEquals(server.accepted, 1);
    await clock.advance(1_501);
    await textOf(fetch(server.url));
    assertEquals(server.accepted, 2);
  });
});

Deno.test("many requests at once are each answered by their own response", async () => {
  await using server = new RawServer(async (connection) => {
    for (let request = await connection.request(); request; request = await connection.request()) {
      const path = request.head.split(" ")[1] ?? "";
      const length = (path + request.body).length.toString(16);
      await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      await connection.send(`${length}\r\n${path}${request.body}\r\n0\r\n\r\n`);
    }
  });
  await withClient({ maxIdlePerHost: 10 }, async ({ fetch }) => {
    for (let round = 0; round < 3; round++) {
      const texts = await Promise.all(Array.from({ length: 100 }, (_, i) => {
        return textOf(fetch(`${server.url}${i}`, { method: "POST", body: `:${round}` }));
      }));
      assertEquals(texts, Array.from({ length: 100 }, (_, i) => `/${i}:${round}`));
    }
    assert(server.accepted >= 100 && server.accepted <= 280, `${server.accepted} connections`);
  });
});

Deno.test("an early answer to a request that is still being sent is given out, and its connection closed", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
    await connection.closed();
  });
  await withClient({}, async ({ fetch }) => {
    const cancelled = Promise.withResolvers<unknown>();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(3)),
      cancel: cancelled.resolve,
    });
    const response = await fetch(server.url, { method: "POST", body });
    assertEquals([response.status, await response.text()], [413, "no"]);
    await cancelled.promise;
    const large = await fetch(server.url, { method: "POST", body: new Uint8Array(20_000_000) });
    assertEquals([large.status, await large.text()], [413, "no"]);
  });
  assertEquals(server.accepted, 2);
});

Deno.test("a stream that fails ends its request", async () => {
  await using server = new RawServer((connection) => connection.closed());
  await withClient({}, async ({ fetch }) => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new RangeError("mine")),
    });
    await assertRejects(() => fetch(server.url, { method: "POST", body }), RangeError, "mine");
  });
});

Deno.test("errors say what failed, and keep what the system said", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/`;
  listener.close();
  await withClient({}, async ({ fetch }) => {
    const refused = await assertRejects(() => fetch(url), ConnectionError, "Connection refused");
    assert(refused.cause instanceof Deno.errors.ConnectionRefused);
  });
  await using server = new RawServer(answerAll);
  const clock = new FakeClock();
  await withClient(
    { clock: { ...clock, now: () => 0, every: () => () => {}, after: immediately } },
    async (client) => {
      await assertRejects(() => client.fetch(server.url), ConnectionError, "timed out after 10000 ms");
    },
  );
  await withClient({}, async ({ fetch, close }) => {
    const response = await fetch(server.url);
    close();
    await assertRejects(() => response.text(), ConnectionError, "the client was closed");
    await assertRejects(() => fetch(server.url), ConnectionError, "the client was closed");
  });
});

function immediately(_ms: number, fn: () => void): () => void {
  queueMicrotask(fn);
  return () => {};
}
