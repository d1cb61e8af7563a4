import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { createHttp1, type Http1 } from "./mod.ts";
import { RawServer } from "./testing.ts";

const HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

class Stop extends Error {}

async function withClient(run: (client: Http1) => Promise<void>): Promise<void> {
  const client = createHttp1();
  try {
    await run(client);
  } finally {
    client.close();
  }
}

Deno.test("an aborted signal sends nothing", async () => {
  await using server = new RawServer((connection) => connection.closed());
  await withClient(async ({ fetch, request }) => {
    const signal = AbortSignal.abort(new Stop());
    await assertRejects(() => fetch(server.url, { signal }), Stop);
    await assertRejects(() => request(new URL(server.url), { signal }), Stop);
    await assertRejects(() => fetch(new Request(server.url, { signal })), Stop);
  });
  assertEquals(server.accepted, 0);
});

Deno.test("an abort while it connects leaves no connection", async () => {
  await using server = new RawServer(async (connection) => assertEquals(await connection.closed(), ""));
  await withClient(async ({ fetch }) => {
    for (let ticks = 0; ticks < 20; ticks++) {
      const controller = new AbortController();
      const response = fetch(server.url, { method: "POST", body: "", signal: controller.signal });
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      controller.abort(new Stop());
      await assertRejects(() => response, Stop);
    }
  });
});

Deno.test("an abort while it waits for the response closes the connection at once", async () => {
  const arrived = Promise.withResolvers<void>();
  const left = Promise.withResolvers<string>();
  await using server = new RawServer(async (connection) => {
    await connection.request();
    arrived.resolve();
    left.resolve(await connection.closed());
  });
  await withClient(async ({ fetch }) => {
    const controller = new AbortController();
    const response = fetch(server.url, { method: "POST", body: "x", signal: controller.signal });
    await arrived.promise;
    controller.abort(new Stop());
    await assertRejects(() => response, Stop);
    assertEquals(await left.promise, "");
  });
  assertEquals(server.accepted, 1);
});

for (const mode of ["default", "byob"] as const) {
  Deno.test(`an abort in mid-body closes the connection and fails the read (${mode})`, async () => {
    const left = Promise.withResolvers<string>();
    await using server = new RawServer(async (connection) => {
      await connection.request();
      await connection.send(`${HEAD}5\r\nhello\r\n`);
      left.resolve(await connection.closed());
    });
    await withClient(async ({ fetch }) => {
      const controller = new AbortController();
      const { body } = await fetch(server.url, { signal: controller.signal });
      assert(body);
      const reader = mode === "byob" ? body.getReader({ mode }) : body.getReader();
      const read = () => reader.read(new Uint8Array(9));
      assertEquals(new TextDecoder().decode((await read()).value), "hello");
      const pending = read();
      controller.abort(new Stop());
      await assertRejects(() => pending, Stop);
      await assertRejects(() => reader.closed, Stop);
      assertEquals(await left.promise, "");
    });
  });
}

Deno.test("an abort while nobody reads fails the next read, also of what had come already", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(`${HEAD}5\r\nhello\r\n0\r\n\r\n`);
    await connection.closed();
  });
  await withClient(async ({ fetch }) => {
    const controller = new AbortController();
    const response = await fetch(server.url, { signal: controller.signal });
    controller.abort(new Stop());
    await assertRejects(() => response.text(), Stop);
  });
});

Deno.test("an abort after the end does nothing, and leaves no listener on the signal", async () => {
  await using server = new RawServer(async (connection) => {
    while (await connection.request()) {
      await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  await withClient(async ({ fetch }) => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    assertEquals(await (await fetch(server.url, { signal })).text(), "ok");
    assertEquals(listeners, 0);
    controller.abort(new Stop());
    assertEquals(await (await fetch(server.url)).text(), "ok");
  });
  assertEquals(server.accepted, 1);
});

Deno.test("an abort while a body is sent cancels its stream and closes the connection", async () => {
  const arrived = Promise.withResolvers<void>();
  const left = Promise.withResolvers<string>();
  await using server = new RawServer(async (connection) => {
    arrived.resolve();
    left.resolve(await connection.closed());
  });
  await withClient(async ({ fetch }) => {
    const controller = new AbortController();
    const cancelled = Promise.withResolvers<unknown>();
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new Uint8Array([120])),
      cancel: cancelled.resolve,
    });
    const response = fetch(server.url, { method: "POST", body, signal: controller.signal });
    await arrived.promise;
    controller.abort(new Stop());
    await assertRejects(() => response, Stop);
    assert(await cancelled.promise instanceof Stop);
    await left.promise;
  });
});

Deno.test("an abort while the server takes no more of a body ends it", async () => {
  const arrived = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await using server = new RawServer(async (connection) => {
    arrived.resolve();
    await held.promise;
    await connection.closed();
  });
  await withClient(async ({ fetch }) => {
    const controller = new AbortController();
    const body = new Uint8Array(30_000_000);
    const response = fetch(server.url, { method: "POST", body, signal: controller.signal });
    await arrived.promise;
    controller.abort(new Stop());
    await assertRejects(() => response, Stop);
    held.resolve();
  });
});

Deno.test("a cancelled body closes the connection at once", async () => {
  const left = Promise.withResolvers<string>();
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(HEAD);
    left.resolve(await connection.closed());
  });
  await withClient(async ({ fetch }) => {
    const { body } = await fetch(server.url);
    await body?.cancel();
    assertEquals(await left.promise, "");
  });
});

Deno.test("a closed response fails its reads", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(`${HEAD}5\r\nhello\r\n`);
    await connection.closed();
  });
  await withClient(async ({ request }) => {
    const response = await request(new URL(server.url));
    const first = await response.next();
    assertEquals(first?.length, 5);
    const pending = response.read(new Uint8Array(5));
    response.close();
    await assertRejects(() => pending, TypeError, "was closed");
    await assertRejects(() => response.next(), TypeError, "was closed");
  });
});

Deno.test("nothing is read from the socket before somebody reads the body", async () => {
  const size = 60_000_000;
  let sent = 0;
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
    const piece = new Uint8Array(1_000_000);
    for (; sent < size; sent += piece.length) await connection.send(piece);
    await connection.closed();
  });
  await withClient(async ({ fetch }) => {
    const { body } = await fetch(server.url);
    let before = -1;
    while (before < sent || sent === 0) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // What the system's own buffers take.
    assertLess(sent, size / 2);
    let received = 0;
    for await (const piece of body ?? []) received += piece.length;
    assertEquals(received, size);
  });
});

Deno.test("a body that nobody can read any more does not keep its connection", async () => {
  const left = Promise.withResolvers<string>();
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(HEAD);
    left.resolve(await connection.closed());
  });
  await withClient(async ({ fetch }) => {
    const status = async () => (await fetch(server.url)).status;
    assertEquals(await status(), 200);
    let isLeft = false;
    left.promise.then(() => isLeft = true);
    const started = performance.now();
    for (const garbage: unknown[] = []; !isLeft;) {
      garbage.length = 0;
      for (let i = 0; i < 200_000; i++) garbage.push({ i });
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (performance.now() - started > 20_000) throw new Error("The connection is still open");
    }
  });
});
