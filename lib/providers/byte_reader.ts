/**
 * Reads a body piece by piece; each is valid until the next is asked for, and undefined is the end. Where the stream allows it
 * (that of a `fetch` does) all pieces come in one buffer of `size` bytes: with the default reader Deno allocates 64 KiB for
 * every piece, which costs more than all that is done with a token. An abort of the signal closes the body and is its end.
 */
export function byteReader(
  body: ReadableStream<Uint8Array>,
  size: number,
  signal: AbortSignal,
): () => Promise<Uint8Array | undefined> {
  const byob = byobReader(body);
  if (!byob) {
    const reader = body.getReader();
    cancelOnAbort(reader, signal);
    return async () => (await reader.read()).value;
  }
  cancelOnAbort(byob, signal);
  let buffer = new ArrayBuffer(size);
  return async () => {
    const { done, value } = await byob.read(new Uint8Array(buffer));
    if (done || !value) return undefined;
    buffer = value.buffer;
    return value;
  };
}

/** Deno 2.9.6 itself aborts no body any more once its garbage collector ran after `fetch`. */
function cancelOnAbort(reader: ReadableStreamGenericReader, signal: AbortSignal): void {
  // Where Deno did abort it, the body already failed, and reading it tells so.
  const cancel = () => void reader.cancel(signal.reason).catch(() => undefined);
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });
}

function byobReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: "byob" });
  } catch (error) {
    // The stream is not one of bytes.
    if (error instanceof TypeError && !body.locked) return undefined;
    throw error;
  }
}
