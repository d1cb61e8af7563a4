/** What was seen of a body. */
export interface SeenBody {
  /** Its beginning. */
  head: Uint8Array;
  /** Bytes in all that went by. */
  bytes: number;
  end: "complete" | "failed" | "cancelled";
}

/**
 * The same body, of which the first `maxBytes` are kept in passing; `onEnd` is told once. It is asked for no more than its
 * reader asks for.
 */
export function watchedBody(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  onEnd: (seen: SeenBody) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const head = new Uint8Array(maxBytes);
  let kept = 0;
  let bytes = 0;
  const end = (how: SeenBody["end"]) => onEnd({ head: head.subarray(0, kept), bytes, end: how });
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read().catch((error) => {
          end("failed");
          throw error;
        });
        if (done) {
          end("complete");
          controller.close();
          // A reader that brought its own buffer waits for it.
          controller.byobRequest?.respond(0);
          return;
        }
        // A byte stream takes no empty chunk.
        if (value.length === 0) continue;
        const part = value.subarray(0, maxBytes - kept);
        head.set(part, kept);
        kept += part.length;
        bytes += value.length;
        // Enqueuing takes the buffer away from who made it.
        controller.enqueue(value.slice());
        return;
      }
    },
    async cancel(reason) {
      end("cancelled");
      await reader.cancel(reason);
    },
  });
}
