import { type BodyDecoder, FixedDecoder, UntilCloseDecoder } from "./body_decoder.ts";
import { ChunkedDecoder } from "./chunked_decoder.ts";
import type { Connection } from "./connection.ts";
import type { BodyLength } from "./framing.ts";

/** Reads the body of one response from its connection, and only when it is asked to. */
export class BodyReader {
  readonly #connection: Connection;
  readonly #decoder: BodyDecoder;
  readonly #onEnd: (isClean: boolean) => void;
  /** Bytes after the head in the connection's buffer: raw until the first read, from then on decoded ones. */
  #isRaw = true;
  #isReading = false;
  #isEnded = false;
  #failure: { reason: unknown } | undefined;

  /** `onEnd` is told once: true where the body was read to its end and nothing came after it. */
  constructor(connection: Connection, length: BodyLength, onEnd: (isClean: boolean) => void) {
    this.#connection = connection;
    this.#decoder = decoderFor(length);
    this.#onEnd = onEnd;
    if (!this.#decoder.isDone) return;
    this.#decodeHeld();
    this.#settle(null);
  }

  /** True when all of the body was read. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Reads into `into` and returns the number of bytes, or null at the end. The rest of `into` is overwritten at will. */
  async read(into: Uint8Array): Promise<number | null> {
    const count = await this.#receive(into);
    this.#settle(count);
    return count;
  }

  /** Reads what there is into an array of its own size; null at the end. */
  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { buffer } = this.#connection;
    const count = await this.#receive(buffer);
    const bytes = count === null ? null : buffer.slice(0, count);
    // Only now: from then on the buffer may serve another response.
    this.#settle(count);
    return bytes;
  }

  /** Closes the connection where the body was not read to its end; from then on `read` throws the reason. */
  close(reason: unknown): void {
    if (this.#isEnded || this.#failure) return;
    this.#failure = { reason };
    this.#connection.destroy(reason);
    this.#onEnd(false);
  }

  async #receive(into: Uint8Array): Promise<number | null> {
    if (this.#failure) throw this.#failure.reason;
    if (this.#isEnded) return null;
    if (this.#isReading) throw new TypeError("Cannot read body: another read is under way");
    if (into.length === 0) throw new TypeError("Cannot read body: the buffer is empty");
    this.#isReading = true;
    try {
      this.#connection.throwIfDestroyed();
      const held = Math.min(this.#decodeHeld(), into.length);
      if (held > 0) return this.#take(into, held);
      while (!this.#decoder.isDone) {
        const room = this.#decoder.room(into.length);
        const count = await this.#connection.read(room < into.length ? into.subarray(0, room) : into);
        if (count === null) {
          this.#decoder.close();
          return null;
        }
        const decoded = this.#decoder.decode(into, 0, count);
        if (decoded > 0) return decoded;
      }
      return null;
    } catch (error) {
      const reason = this.#connection.errorFor(error);
      this.close(reason);
      throw reason;
    } finally {
      this.#isReading = false;
    }
  }

  /** How many decoded bytes wait in the connection's buffer. */
  #decodeHeld(): number {
    const { buffer, start, end } = this.#connection;
    if (this.#isRaw) {
      this.#isRaw = false;
      this.#connection.end = start + this.#decoder.decode(buffer, start, end);
    }
    return this.#connection.end - start;
  }

  #take(into: Uint8Array, count: number): number {
    const { buffer, start } = this.#connection;
    into.set(buffer.subarray(start, start + count));
    this.#connection.start += count;
    return count;
  }

  /** Ends the body as soon as its last byte was given away, not only when the end is asked for. */
  #settle(count: number | null): void {
    if (this.#isEnded || this.#failure) return;
    const isAllTaken = this.#decoder.isDone && this.#connection.start === this.#connection.end;
    if (count !== null && !isAllTaken) return;
    this.#isEnded = true;
    this.#onEnd(this.#decoder.isDone && !this.#decoder.hasSurplus);
  }
}

function decoderFor(length: BodyLength): BodyDecoder {
  switch (length.type) {
    case "fixed":
      return new FixedDecoder(length.bytes);
    case "chunked":
      return new ChunkedDecoder();
    case "until-close":
      return new UntilCloseDecoder();
  }
}
