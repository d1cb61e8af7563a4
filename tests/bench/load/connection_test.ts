import { assert, assertEquals, assertRejects } from "@std/assert";
import { Connection, encodeRequest } from "./connection.ts";
import { EventCounter } from "./event_counter.ts";

/** Runs `fn` with a connection to a server that answers so. */
async function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  fn: (ask: (path: string, body?: unknown) => Promise<{ status: number; text: string }>) => Promise<void>,
): Promise<void> {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const address = `http://127.0.0.1:${server.addr.port}`;
  const connection = await Connection.open(address);
  try {
    await fn(async (path, body) => {
      const decoder = new TextDecoder();
      let text = "";
      const status = await connection.request(encodeRequest(address, path, { body }), (bytes) => {
        text += decoder.decode(bytes, { stream: true });
      });
      return { status, text };
    });
  } finally {
    connection.close();
  }
}

Deno.test("bodies with a length and in chunks are read, one after the other on one connection", async () => {
  const long = "ä€".repeat(100_000);
  const answer = async (request: Request) => {
    if (request.method === "POST") return Response.json(await request.json(), { status: 202 });
    if (new URL(request.url).pathname === "/empty") return new Response(null, { status: 200 });
    return new Response(new Blob([long]).stream());
  };
  await withServer(answer, async (ask) => {
    assertEquals(await ask("/long"), { status: 200, text: long });
    assertEquals(await ask("/empty"), { status: 200, text: "" });
    assertEquals(await ask("/", { say: "Grüße" }), { status: 202, text: '{"say":"Grüße"}' });
    assertEquals(await ask("/long"), { status: 200, text: long });
  });
});

Deno.test("an answer that is cut is no answer", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connection = await Connection.open(`http://127.0.0.1:${listener.addr.port}`);
  using socket = await listener.accept();
  await socket.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"));
  await socket.closeWrite();
  await assertRejects(() => connection.request(new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"), () => {}));
  connection.close();
});

Deno.test("events are counted wherever the bytes are cut", () => {
  const bytes = new TextEncoder().encode(": hello\ndata: 1\n\ndata: 2\ndata: 3\n\ndata: [DONE]\n\n");
  for (let size = 1; size <= bytes.length; size++) {
    const counter = new EventCounter();
    for (let at = 0; at < bytes.length; at += size) counter.push(bytes.subarray(at, at + size));
    assert(counter.total === 3, `${counter.total} events in pieces of ${size}`);
  }
});
