const CR = 13;
const LF = 10;
const decoder = new TextDecoder();

/** What a connection needs of a `Deno.TcpConn`. */
export interface Socket {
  read(into: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

/** Whether this says that the other end of a socket is gone, or that ours is closed. */
export function isBroken(error: unknown): boolean {
  const { BadResource, BrokenPipe, ConnectionReset, Interrupted } = Deno.errors;
  return [BadResource, BrokenPipe, ConnectionReset, Interrupted].some((type) => error instanceof type);
}

/** The server has closed the connection before the end of its answer. */
export class CutAnswer extends Error {
  override name = "CutAnswer";
}

/**
 * A keep-alive connection to a server of ours on the loopback. `fetch` allocates 64 KiB for every chunk that it reads, so that
 * the load would be what is measured; this reads into one buffer. It knows as much of HTTP/1.1 as these servers speak.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Connects to `http://127.0.0.1:PORT`. */
  static async open(address: string): Promise<Connection> {
    const { hostname, port } = new URL(address);
    const socket = await Deno.connect({ hostname, port: Number(port) });
    socket.setNoDelay(true);
    return new Connection(socket);
  }

  /** Closes it; a request under way throws. */
  close(): void {
    this.#socket.close();
  }

  /** Sends a request, hands out the body's bytes as they come (valid only during the call), and returns the status. */
  async request(bytes: Uint8Array, onBody: (bytes: Uint8Array) => void): Promise<number> {
    for (let sent = 0; sent < bytes.length;) sent += await this.#socket.write(bytes.subarray(sent));
    const status = Number((await this.#line()).split(" ")[1]);
    let length = 0;
    let isChunked = false;
    for (let line = await this.#line(); line !== ""; line = await this.#line()) {
      const [name, value = ""] = line.toLowerCase().split(": ");
      if (name === "content-length") length = Number(value);
      if (name === "transfer-encoding") isChunked = value === "chunked";
    }
    if (isChunked) await this.#chunks(onBody);
    else await this.#body(length, onBody);
    return status;
  }

  async #chunks(onBody: (bytes: Uint8Array) => void): Promise<void> {
    for (;;) {
      const size = parseInt(this.#bufferedLine() ?? await this.#line(), 16);
      if (!(size >= 0)) throw new Error("Cannot parse the size of a chunk");
      await this.#body(size, onBody);
      if ((this.#bufferedLine() ?? await this.#line()) !== "") throw new Error("A chunk is too long");
      if (size === 0) return;
    }
  }

  async #body(length: number, onBody: (bytes: Uint8Array) => void): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.#start === this.#end) await this.#fill();
      const size = Math.min(left, this.#end - this.#start);
      onBody(this.#buffer.subarray(this.#start, this.#start + size));
      this.#start += size;
      left -= size;
    }
  }

  async #line(): Promise<string> {
    for (;;) {
      const line = this.#bufferedLine();
      if (line !== undefined) return line;
      await this.#fill();
    }
  }

  #bufferedLine(): string | undefined {
    for (let i = this.#start; i + 1 < this.#end; i++) {
      if (this.#buffer[i] !== CR || this.#buffer[i + 1] !== LF) continue;
      const line = decoder.decode(this.#buffer.subarray(this.#start, i));
      this.#start = i + 2;
      return line;
    }
    return undefined;
  }

  async #fill(): Promise<void> {
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    const count = await this.#socket.read(this.#buffer.subarray(this.#end));
    if (!count) throw new CutAnswer("The server closed the connection");
    this.#end += count;
  }
}

/** The bytes of a request with a JSON body, or of a GET without one. */
export function encodeRequest(
  address: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Uint8Array {
  const text = body === undefined ? "" : JSON.stringify(body);
  const lines = [
    `${body === undefined ? "GET" : "POST"} ${path} HTTP/1.1`,
    `host: ${new URL(address).host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (body !== undefined) {
    lines.push("content-type: application/json", `content-length: ${new TextEncoder().encode(text).length}`);
  }
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n${text}`);
}
