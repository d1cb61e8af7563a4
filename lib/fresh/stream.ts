/** A piece of a streamed response. */
export type StreamChunk = string | Uint8Array;

/** What `ctx.stream()` takes: an iterable of chunks, or a function that gives one. */
export type StreamSource =
  | Iterable<StreamChunk>
  | AsyncIterable<StreamChunk>
  | (() => Iterable<StreamChunk> | AsyncIterable<StreamChunk>);

/** A byte stream of an iterable's chunks, pulled one at a time; cancelling it ends the iterable. */
export function iterableStream(source: StreamSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterable = typeof source === "function" ? source() : source;
  const iterator = Symbol.asyncIterator in iterable
    ? iterable[Symbol.asyncIterator]()
    : iterable[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
