import { assert, assertEquals, assertRejects } from "@std/assert";
import { Connection } from "./connection.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { latin1, ScriptedSocket } from "./testing.ts";

/** Sends a request over a socket that answers with these pieces, and reads the response. */
async function answer(pieces: string[], { method = "GET", bufferSize = 1000 } = {}) {
  const socket = new ScriptedSocket(pieces.map(latin1));
  let isKept = false;
  const outgoing = { method, head: new Uint8Array(1), payload: undefined };
  const connection = new Connection(socket, () => {});
  try {
    const response = await exchange(connection, outgoing, undefined, () => isKept = true);
    let body = "";
    const buffer = new Uint8Array(bufferSize);
    for (let count = await response.body.read(buffer); count !== null;) {
      body += String.fromCharCode(...buffer.subarray(0, count));
      count = await response.body.read(buffer);
    }
    assertEquals(socket.isClosed, !isKept);
    return { status: response.status, body, isKept };
  } catch (error) {
    assert(socket.isClosed, "the socket of a failed response is open");
    throw error;
  }
}

const OK = "HTTP/1.1 200 OK\r\n";
const RIGHT: [text: string, expected: { status: number; body: string; isKept: boolean }, method?: string][] =
  [
    [`${OK}Content-Length: 5\r\n\r\nhello`, { status: 200, body: "hello", isKept: true }],
    [`${OK}Content-Length: 0\r\n\r\n`, { status: 200, body: "", isKept: true }],
    [`${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x\r\n!\r\n0\r\nT: x\r\n\r\n`, {
      status: 200,
      body: "hello!",
      isKept: true,
    }],
    [`${OK}\r\nuntil the end`, { status: 200, body: "until the end", isKept: false }],
    [`${OK}Connection: close\r\nContent-Length: 2\r\n\r\nhi`, { status: 200, body: "hi", isKept: false }],
    ["HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", { status: 200, body: "hi", isKept: false }],
    ["HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi", {
      status: 200,
      body: "hi",
      isKept: true,
    }],
    [`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\n${OK}Content-Length: 2\r\n\r\nhi`, {
      status: 200,
      body: "hi",
      isKept: true,
    }],
    ["HTTP/1.1 204 No Content\r\n\r\n", { status: 204, body: "", isKept: true }],
    ["HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n", { status: 304, body: "", isKept: true }],
    [`${OK}Transfer-Encoding: chunked\r\n\r\n`, { status: 200, body: "", isKept: true }, "HEAD"],
  ];

Deno.test("responses are read however they are cut", async () => {
  for (const [text, expected, method = "GET"] of RIGHT) {
    for (let at = 0; at <= text.length; at++) {
      const got = await answer([text.slice(0, at), text.slice(at)], { method });
      assertEquals(got, expected, `${JSON.stringify(text)} at ${at}`);
    }
    for (const bufferSize of [1, 2, 1000]) {
      assertEquals(await answer([...text], { method, bufferSize }), expected);
      assertEquals(await answer([text], { method, bufferSize }), expected);
    }
  }
});

Deno.test("a response that is cut never ends cleanly", async () => {
  for (const [text, { body }, method = "GET"] of RIGHT) {
    const isUntilClose = body === "until the end";
    const end = isUntilClose ? text.indexOf("until") : text.length;
    for (let at = 0; at < end; at++) {
      await assertRejects(() => answer([text.slice(0, at)], { method }), ConnectionError);
      await assertRejects(() => answer([...text.slice(0, at)], { method }), ConnectionError);
    }
  }
});

Deno.test("a connection with bytes after a response is not kept", async () => {
  for (const [text, expected, method = "GET"] of RIGHT) {
    if (expected.body === "until the end") continue;
    assertEquals(await answer([`${text}HTTP/1.1 200`], { method }), { ...expected, isKept: false });
  }
});

Deno.test("what is not HTTP/1.1 is refused as soon as it shows", async () => {
  const wrong = [
    "SSH-2.0-OpenSSH",
    "\x15\x03\x01\0\x02",
    "\r\nHTTP/1.1 200 OK\r\n",
    "HTTP/1.1 200 OK\n",
    "HTTP/1.1 200 OK\r\nA: b\n",
    "HTTP/1.1 200 OK\r\nA: b\r\n\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n".repeat(17),
    `HTTP/1.1 200 OK\r\nA: ${"b".repeat(64 * 1024)}`,
    `HTTP/1.1 200 OK\r\n${`A: ${"b".repeat(1000)}\r\n`.repeat(66)}\r\n`,
    `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    `${OK}Transfer-Encoding: chunked\r\n\r\nx`,
  ];
  for (const text of wrong) {
    await assertRejects(() => answer([text]), ProtocolError);
    if (text.length < 1000) await assertRejects(() => answer([...text]), ProtocolError);
  }
  const large = `${OK}${`A: ${"b".repeat(1000)}\r\n`.repeat(60)}Content-Length: 2\r\n\r\n`;
  assertEquals(await answer([`${large}hi`]), { status: 200, body: "hi", isKept: true });
  assertEquals(await answer([large, "hi"]), { status: 200, body: "hi", isKept: true });
  const many = `${"HTTP/1.1 100 Continue\r\n\r\n".repeat(16)}${OK}Content-Length: 2\r\n\r\nhi`;
  assertEquals((await answer([many])).body, "hi");
});

Deno.test("a body is read by one reader at a time, into a buffer that holds something", async () => {
  const socket = new ScriptedSocket([latin1(`${OK}Content-Length: 5\r\n\r\n`), latin1("hello")]);
  const outgoing = { method: "GET", head: new Uint8Array(1), payload: undefined };
  const { body } = await exchange(new Connection(socket, () => {}), outgoing, undefined, () => {});
  const buffer = new Uint8Array(3);
  const first = body.read(buffer);
  await assertRejects(() => body.next(), TypeError, "another read");
  assertEquals([await first, body.isEnded], [3, false]);
  await assertRejects(() => body.read(new Uint8Array()), TypeError, "empty");
  assertEquals([await body.next(), body.isEnded], [latin1("lo"), true]);
  assertEquals([await body.next(), await body.read(buffer)], [null, null]);
});
