import type { Socket } from "./connection.ts";

const encoder = new TextEncoder();

/** One byte for each character. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A socket whose other side sends these pieces, one for each read, and then closes. */
export class ScriptedSocket implements Socket {
  readonly written: Uint8Array[] = [];
  isClosed = false;
  readonly #pieces: Uint8Array[];

  constructor(pieces: Uint8Array[]) {
    this.#pieces = pieces.filter(({ length }) => length > 0);
  }

  /** Bytes that were not read. */
  get left(): number {
    return this.#pieces.reduce((sum, { length }) => sum + length, 0);
  }

  read(into: Uint8Array): Promise<number | null> {
    const piece = this.#pieces.shift();
    if (!piece) return Promise.resolve(null);
    const count = Math.min(piece.length, into.length);
    into.set(piece.subarray(0, count));
    if (count < piece.length) this.#pieces.unshift(piece.subarray(count));
    return Promise.resolve(count);
  }

  write(bytes: Uint8Array): Promise<number> {
    this.written.push(bytes.slice());
    return Promise.resolve(bytes.length);
  }

  close(): void {
    this.isClosed = true;
  }

  setNoDelay(): void {}
}

/** A connection as a server sees it that is written by hand. */
export class RawConnection {
  readonly #socket: Deno.TcpConn;
  readonly #decoder = new TextDecoder("windows-1252");
  #held = "";
  #isClosed = false;

  constructor(socket: Deno.TcpConn) {
    this.#socket = socket;
  }

  /** Reads a request with its body, as text; undefined where the client closed the connection before. */
  async request(): Promise<{ head: string; body: string } | undefined> {
    while (!this.#held.includes("\r\n\r\n")) if (!await this.#read()) return undefined;
    const end = this.#held.indexOf("\r\n\r\n");
    const head = this.#held.slice(0, end);
    this.#held = this.#held.slice(end + 4);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    const isWhole = () =>
      /^transfer-encoding/im.test(head) ? this.#held.endsWith("0\r\n\r\n") : this.#held.length >= length;
    while (!isWhole()) if (!await this.#read()) return undefined;
    const body = this.#held;
    this.#held = "";
    return { head, body };
  }

  /** Sends it all. */
  async send(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    for (let at = 0; at < bytes.length;) at += await this.#socket.write(bytes.subarray(at));
  }

  /** Resolves when the client has closed the connection, with the bytes that came before. */
  async closed(): Promise<string> {
    while (await this.#read());
    return this.#held;
  }

  /** Closes the connection; with what was not read the client gets a reset instead of an end. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }

  async #read(): Promise<boolean> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      const count = await this.#socket.read(buffer);
      if (count === null) return false;
      this.#held += this.#decoder.decode(buffer.subarray(0, count));
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
}

/** A server on the loopback that is written by hand: `serve` is called for each connection, which is closed after it. */
export class RawServer implements AsyncDisposable {
  readonly url: string;
  /** Number of connections accepted up to now. */
  accepted = 0;
  readonly #listener: Deno.TcpListener;
  readonly #open = new Set<RawConnection>();
  readonly #work: Promise<unknown>[] = [];

  constructor(
    serve: (connection: RawConnection, index: number) => Promise<unknown>,
    hostname = "127.0.0.1",
  ) {
    this.#listener = Deno.listen({ hostname, port: 0 });
    const host = hostname.includes(":") ? `[${hostname}]` : hostname;
    this.url = `http://${host}:${this.#listener.addr.port}/`;
    this.#work.push(this.#accept(serve));
  }

  /** Resolves when the clients have closed all connections, and `serve` is done with them. */
  async allClosed(): Promise<void> {
    await Promise.all(this.#work.slice(1));
  }

  /** Closes all connections; throws what `serve` threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) connection.close();
    for (const work of this.#work) await work;
  }

  async #accept(serve: (connection: RawConnection, index: number) => Promise<unknown>): Promise<void> {
    for await (const socket of this.#listener) {
      const connection = new RawConnection(socket);
      this.#open.add(connection);
      this.#work.push(this.#run(connection, () => serve(connection, this.accepted++)));
    }
  }

  async #run(connection: RawConnection, serve: () => Promise<unknown>): Promise<void> {
    try {
      await serve();
    } catch (error) {
      if (!isGone(error)) throw error;
    } finally {
      connection.close();
      this.#open.delete(connection);
    }
  }
}

function isGone(error: unknown): boolean {
  const { BadResource, BrokenPipe, ConnectionReset, Interrupted } = Deno.errors;
  return [BadResource, BrokenPipe, ConnectionReset, Interrupted].some((type) => error instanceof type);
}
