import { assert, assertEquals } from "@std/assert";
import { PacedStream, scriptOf } from "../processes/paced_stream.ts";
import { ServerConnection } from "../processes/server_connection.ts";
import { LONG_PACED } from "../processes/upstream_models.ts";
import type { Socket } from "./connection.ts";
import { Recording } from "./recording.ts";
import { judge } from "./streams.ts";

const MODEL = { ...LONG_PACED, pieces: 3 };
const { bytes: ANSWER } = scriptOf(MODEL, true);

/** A socket that brings these bytes in parts of a size, then closes. */
function socketOf(bytes: Uint8Array, size = 64): Socket {
  let at = 0;
  return {
    read: (into) => {
      const part = bytes.subarray(at, at + Math.min(size, into.length));
      into.set(part);
      at += part.length;
      return Promise.resolve(part.length || null);
    },
    write: ({ length }) => Promise.resolve(length),
    close: () => {},
  };
}

async function judged(bytes: Uint8Array, size?: number) {
  const recording = await Recording.of(socketOf(bytes, size), new Uint8Array());
  const { result, times } = await judge(recording, MODEL.pieces);
  return { result, pieces: times.length };
}

function replaced(from: string, to: string): Uint8Array {
  const text = new TextDecoder().decode(ANSWER);
  assert(text.includes(from));
  return new TextEncoder().encode(text.replace(from, to));
}

Deno.test("a recorded stream is whole wherever its bytes were cut", async () => {
  for (const size of [1, 7, 64, 100_000]) {
    assertEquals(await judged(ANSWER, size), { result: "whole", pieces: 3 });
  }
});

Deno.test("streams that are dropped, cut or wrong are told apart", async () => {
  const refused = new TextEncoder().encode("HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n");
  assertEquals(await judged(new Uint8Array()), { result: "dropped", pieces: 0 });
  assertEquals(await judged(refused), { result: "dropped", pieces: 0 });
  assertEquals(await judged(ANSWER.subarray(0, -5)), { result: "cut", pieces: 3 });
  assertEquals(await judged(replaced("data: [DONE]\n\n", `:${" ".repeat(12)}\n`)), {
    result: "cut",
    pieces: 3,
  });
  assertEquals(await judged(replaced('" 1"', '" 7"')), { result: "wrong", pieces: 3 });
  assertEquals(await judged(replaced('content":" 1"', 'refusal":" 1"')), { result: "wrong", pieces: 2 });
});

Deno.test("a stream that is given up is cut", async () => {
  const socket = socketOf(ANSWER.subarray(0, 500));
  const read = async (into: Uint8Array) => {
    const count = await socket.read(into);
    if (count === null) throw new Deno.errors.Interrupted("operation canceled");
    return count;
  };
  const recording = await Recording.of({ ...socket, read }, new Uint8Array());
  assertEquals((await judge(recording, MODEL.pieces)).result, "cut");
});

Deno.test("steps that are due while the last ones are sent go out together", async () => {
  const sent: string[] = [];
  let release = () => {};
  const stream = new PacedStream(scriptOf(MODEL, false), (bytes) => {
    sent.push(new TextDecoder().decode(bytes));
    return new Promise((resolve) => release = () => resolve(true));
  });
  const steps = Array.from({ length: 5 }, () => stream.step());
  assertEquals(steps, [true, true, true, true, false]);
  assertEquals(sent.length, 1);
  release();
  await Promise.resolve();
  assertEquals(sent.join(""), new TextDecoder().decode(scriptOf(MODEL, false).bytes));
  assertEquals(sent.length, 2);
  release();
  await stream.ended;
});

Deno.test("a client that leaves ends its stream", async () => {
  const stream = new PacedStream(scriptOf(MODEL, false), () => Promise.resolve(false));
  assert(stream.step());
  await stream.ended;
  assertEquals(stream.step(), false);
});

Deno.test("the upstream reads bodies with a length and in chunks, one after the other", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  const connection = new ServerConnection(await listener.accept());
  const requests = "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n" +
    'POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\n{"a":1}' +
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"b\r\n4\r\n":2}\r\n0\r\n\r\n';
  for (const byte of new TextEncoder().encode(requests)) await client.write(Uint8Array.of(byte));
  await client.closeWrite();
  assertEquals(await connection.next(), { method: "GET", body: "" });
  assertEquals(await connection.next(), { method: "POST", body: '{"a":1}' });
  assertEquals(await connection.next(), { method: "POST", body: '{"b":2}' });
  assertEquals(await connection.next(), undefined);
  connection.close();
});
