/** The bytes of an answer, piece by piece. */
export interface ByteSource {
  /** The next piece, which is the caller's from then on; undefined at the end. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** True as soon as it is known that nothing is left. */
  readonly isEnded: boolean;
}

/** Several chunks of a model that is ahead of us. */
const BUFFER_BYTES = 16 * 1024;

/**
 * The bytes of a body. Where the stream allows it (that of a `fetch` does) they come through one buffer: with the default
 * reader Deno allocates 64 KiB for every piece, which costs more than all that is done with a token. An abort of the signal
 * closes the body and is its end.
 */
export function byteSource(body: ReadableStream<Uint8Array>, signal: AbortSignal): ByteSource {
  const byob = byobReader(body);
  const reader = byob ?? body.getReader();
  cancelOnAbort(reader, signal);
  return byob ? new BufferedSource(byob) : new PlainSource(reader as ReadableStreamDefaultReader<Uint8Array>);
}

class BufferedSource implements ByteSource {
  isEnded = false;
  readonly #reader: ReadableStreamBYOBReader;
  #buffer = new ArrayBuffer(BUFFER_BYTES);

  constructor(reader: ReadableStreamBYOBReader) {
    this.#reader = reader;
  }

  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { done, value } = await this.#reader.read(new Uint8Array(this.#buffer));
    if (done || !value) {
      this.isEnded = true;
      return undefined;
    }
    this.#buffer = value.buffer;
    return value.slice();
  }
}

class PlainSource implements ByteSource {
  isEnded = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { value } = await this.#reader.read();
    this.isEnded = value === undefined;
    return value as Uint8Array<ArrayBuffer> | undefined;
  }
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
