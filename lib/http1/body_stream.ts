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
    },
    cancel: (reason) => body.close(reason),
  }, { highWaterMark: 0 });
  forgotten.register(stream, body);
  return stream;
}
