const OPEN_HEADERS = [
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];
const TEXT = 0x1;
const CLOSE = 0x8;
const FINAL = 0x80;
const MASKED = 0x80;

/**
 * A WebSocket to a server of ours on the loopback that reads into one buffer, as `Connection` does. It knows as much of RFC
 * 6455 as these servers speak: whole frames, no extensions.
 */
export class SocketConnection {
  readonly #socket: Deno.TcpConn;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  private constructor(socket: Deno.TcpConn) {
    this.#socket = socket;
  }

  /** Opens `ws://127.0.0.1:PORT/path`, for an address with `http`. */
  static async open(address: string, path: string): Promise<SocketConnection> {
    const { hostname, port, host } = new URL(address);
    const socket = await Deno.connect({ hostname, port: Number(port) });
    socket.setNoDelay(true);
    const connection = new SocketConnection(socket);
    const lines = [`GET ${path} HTTP/1.1`, `host: ${host}`, ...OPEN_HEADERS];
    await connection.#write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
    const head = await connection.#head();
    if (!head.startsWith("HTTP/1.1 101")) throw new Error(`The handshake was answered ${head}`);
    return connection;
  }

  close(): void {
    this.#socket.close();
  }

  /** Sends a short text, masked with zeros. */
  async send(text: string): Promise<void> {
    const payload = new TextEncoder().encode(text);
    if (payload.length > 125) throw new Error("The text is too long for a short frame");
    const frame = new Uint8Array(6 + payload.length);
    frame[0] = FINAL | TEXT;
    frame[1] = MASKED | payload.length;
    frame.set(payload, 6);
    await this.#write(frame);
  }

  /** The next text; its bytes are valid until the next call. Undefined when the server closes. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      await this.#need(2);
      const opcode = this.#byte(0) & 0xf;
      let length = this.#byte(1);
      let header = 2;
      if (length >= 126) {
        header += length === 126 ? 2 : 8;
        await this.#need(header);
        length = 0;
        for (let i = 2; i < header; i++) length = length * 256 + this.#byte(i);
      }
      await this.#need(header + length);
      const payload = this.#buffer.subarray(this.#start + header, this.#start + header + length);
      this.#start += header + length;
      if (opcode === TEXT) return payload;
      if (opcode === CLOSE) return undefined;
    }
  }

  #byte(at: number): number {
    return this.#buffer[this.#start + at] ?? 0;
  }

  async #head(): Promise<string> {
    for (;;) {
      const text = new TextDecoder().decode(this.#buffer.subarray(this.#start, this.#end));
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        this.#start += end + 4;
        return text.slice(0, end);
      }
      await this.#need(this.#end - this.#start + 1);
    }
  }

  async #need(size: number): Promise<void> {
    while (this.#end - this.#start < size) {
      if (this.#start > 0) {
        this.#buffer.copyWithin(0, this.#start, this.#end);
        this.#end -= this.#start;
        this.#start = 0;
      }
      if (this.#buffer.length < size) this.#grow(size);
      const count = await this.#socket.read(this.#buffer.subarray(this.#end));
      if (!count) throw new Error("The server closed the connection");
      this.#end += count;
    }
  }

  #grow(size: number): void {
    const larger = new Uint8Array(Math.max(size, 2 * this.#buffer.length));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) sent += await this.#socket.write(bytes.subarray(sent));
  }
}
