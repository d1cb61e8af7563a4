import { assert, assertEquals } from "@std/assert";
import { byteReader } from "./byte_reader.ts";

const encoder = new TextEncoder();
const NEVER = new AbortController().signal;

async function readAll(body: ReadableStream<Uint8Array>): Promise<{ text: string; buffers: number }> {
  const read = byteReader(body, 8, NEVER);
  const decoder = new TextDecoder();
  const sizes: number[] = [];
  let text = "";
  for (let piece = await read(); piece; piece = await read()) {
    sizes.push(piece.buffer.byteLength);
    text += decoder.decode(piece, { stream: true });
  }
  return { text, buffers: Math.max(...sizes) };
}

Deno.test("byteReader reads a stream of bytes through a buffer of the given size", async () => {
  const text = "Grüße an alle, die mehr als acht Bytes lesen";
  const body = new ReadableStream({
    type: "bytes",
    start(controller) {
      controller.enqueue(encoder.encode(text));
      controller.close();
    },
  });
  assertEquals(await readAll(body), { text, buffers: 8 });
});

Deno.test("byteReader reads any other stream as it comes", async () => {
  const { text } = await readAll(ReadableStream.from([encoder.encode("a longer "), encoder.encode("text")]));
  assertEquals(text, "a longer text");
});

Deno.test("byteReader passes on the error of a stream", async () => {
  const read = byteReader(
    new ReadableStream({
      type: "bytes",
      pull: () => Promise.reject(new Error("cut")),
    }),
    8,
    NEVER,
  );
  const error = await read().then(() => null, (error: unknown) => error);
  assert(error instanceof Error && error.message === "cut");
});

for (const type of ["bytes", undefined] as const) {
  Deno.test(`byteReader ends and cancels a stream of ${type ?? "pieces"} on an abort`, async () => {
    let reason: unknown;
    const source = { cancel: (why: unknown) => void (reason = why) };
    const body = type ? new ReadableStream({ type, ...source }) : new ReadableStream<Uint8Array>(source);
    const controller = new AbortController();
    const read = byteReader(body, 8, controller.signal);
    const waiting = read();
    controller.abort("enough");
    assertEquals(await waiting, undefined);
    assertEquals(reason, "enough");
  });
}
