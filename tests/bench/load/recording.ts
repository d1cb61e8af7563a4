import { isBroken, type Socket } from "./connection.ts";

const CHUNKS_END = new TextEncoder().encode("0\r\n\r\n");
const OK = new TextEncoder().encode("HTTP/1.1 200");
const SIZE = 96 * 1024;

/**
 * All bytes of a streamed answer with the time at which each read brought its part. Only reading is done while streams are
 * under way, as parsing thousands of them would take the CPU from the server that is measured; `replay` is for afterwards.
 */
export class Recording {
  /** When the request was sent, by `performance.now`. */
  readonly startedAt = performance.now();
  endedAt = 0;
  #bytes = new Uint8Array(SIZE);
  #size = 0;
  readonly #reads: { end: number; at: number }[] = [];

  /** Sends a request and takes what comes, up to the end of the answer or of the connection. */
  static async of(socket: Socket, request: Uint8Array): Promise<Recording> {
    const recording = new Recording();
    try {
      for (let sent = 0; sent < request.length;) sent += await socket.write(request.subarray(sent));
      while (!recording.#isComplete() && await recording.#read(socket));
    } catch (error) {
      // A connection that breaks, or is closed because it took too long, ends the answer as well.
      if (!isBroken(error)) throw error;
    }
    recording.endedAt = performance.now();
    return recording;
  }

  /** A socket that the answer is read from once more, in the same parts; tells the time of each before it is read. */
  replay(onRead: (at: number) => void): Socket {
    let index = 0;
    let start = 0;
    return {
      read: (into) => {
        const read = this.#reads[index];
        if (!read) return Promise.resolve(null);
        onRead(read.at);
        const count = Math.min(into.length, read.end - start);
        into.set(this.#bytes.subarray(start, start + count));
        start += count;
        if (start === read.end) index++;
        return Promise.resolve(count);
      },
      write: (bytes) => Promise.resolve(bytes.length),
      close: () => {},
    };
  }

  async #read(socket: Socket): Promise<boolean> {
    if (this.#size === this.#bytes.length) this.#grow();
    const count = await socket.read(this.#bytes.subarray(this.#size));
    if (!count) return false;
    this.#size += count;
    this.#reads.push({ end: this.#size, at: performance.now() });
    return true;
  }

  /** Whether the last chunk has come, or the answer is a refusal, which has nothing to be waited for. */
  #isComplete(): boolean {
    if (this.#size < OK.length) return false;
    return !this.#hasAt(0, OK) || this.#hasAt(this.#size - CHUNKS_END.length, CHUNKS_END);
  }

  #hasAt(start: number, expected: Uint8Array): boolean {
    return expected.every((byte, i) => this.#bytes[start + i] === byte);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
