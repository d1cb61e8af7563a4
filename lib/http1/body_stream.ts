import type { BodyReader } from "./body_reader.ts";

/** Closes the connection of a body that nobody can read any more. */
const forgotten = new FinalizationRegistry<BodyReader>((body) => {
  body.close(new TypeError("Cannot read body: it was forgotten"));
});

/**
 * The body as a stream of bytes that reads from the connection only when it is asked to. A BYOB reader gets the bytes without a
 * copy; any other gets arrays of just their size.
 */
export function bodyStream(body: BodyReader): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stream = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      try {
        await pull(body, controller);
      } catch (error) {
        forgotten.unregister(body);
        throw error;
      }
      // The registry holds the body, which leads by the listeners of its signal to the stream: neither would ever be collected.
      if (body.isEnded) forgotten.unregister(body);
    },
    cancel(reason) {
      forgotten.unregister(body);
      body.close(reason);
    },
  }, { highWaterMark: 0 });
  forgotten.register(stream, body, body);
  return stream;
}

async function pull(body: BodyReader, controller: ReadableByteStreamController): Promise<void> {
  const request = controller.byobRequest;
  const view = request?.view;
  if (request && view) {
    const count = await body.read(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    // The standard wants a closed stream before the answer that nothing came.
    if (body.isEnded && count === null) controller.close();
    request.respond(count ?? 0);
    if (body.isEnded && count !== null) controller.close();
  } else {
    const bytes = await body.next();
    if (bytes) controller.enqueue(bytes);
    if (body.isEnded) controller.close();
  }
}
