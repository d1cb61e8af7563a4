import { assert, assertEquals } from "@std/assert";
import { byteSource } from "./byte_source.ts";

const encoder = new TextEncoder();
const NEVER = new AbortController().signal;

async function readAll(body: ReadableStream<Uint8Array>): Promise<string> {
  const source = byteSource(body, NEVER);
  const pieces: Uint8Array[] = [];
  for (let piece = await source.read(); piece; piece = await source.read()) {
    assert(!source.isEnded);
    pieces.push(piece);
  }
  assert(source.isEnded);
  // Only now: what was given before must not have been overwritten.
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("");
}

Deno.test("byteSource reads a stream of bytes, whose pieces stay what they are", async () => {
  const text = "Grüße an alle, die mehr als einmal lesen. ".repeat(1_000);
  const body = new ReadableStream({
    type: "bytes",
    start(controller) {
      controller.enqueue(encoder.encode(text));
      controller.close();
    },
  });
  assertEquals(await readAll(body), text);
});

Deno.test("byteSource reads any other stream as it comes", async () => {
  const text = await readAll(ReadableStream.from([encoder.encode("a longer "), encoder.encode("text")]));
  assertEquals(text, "a longer text");
});

Deno.test("byteSource passes on the error of a stream", async () => {
  const body = new ReadableStream({ type: "bytes", pull: () => Promise.reject(new Error("cut")) });
  const error = await byteSource(body, NEVER).read().then(() => null, (error: unknown) => error);
  assert(error instanceof Error && error.message === "cut");
});

for (const type of ["bytes", undefined] as const) {
  Deno.test(`byteSource ends and cancels a stream of ${type ?? "pieces"} on an abort`, async () => {
    let reason: unknown;
    const cancelled = { cancel: (why: unknown) => void (reason = why) };
    const body = type
      ? new ReadableStream({ type, ...cancelled })
      : new ReadableStream<Uint8Array>(cancelled);
    const controller = new AbortController();
    const waiting = byteSource(body, controller.signal).read();
    controller.abort("enough");
    assertEquals(await waiting, undefined);
    assertEquals(reason, "enough");
  });
}
