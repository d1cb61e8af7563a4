import { isBroken } from "../load/connection.ts";

const decoder = new TextDecoder();

/**
 * The server's end of a keep-alive connection on the loopback. `Deno.serve` uses 15 µs of CPU for each chunk that it sends, a
 * plain socket a third of it; with 50,000 chunks a second that would be what is measured. It knows as much of HTTP/1.1 as the
 * clients of the bench speak.
 */
export class ServerConnection {
  readonly #socket: Deno.TcpConn;
  readonly #buffer = new Uint8Array(16 * 1024);
  #size = 0;

  constructor(socket: Deno.TcpConn) {
    this.#socket = socket;
    socket.setNoDelay(true);
  }

  /** Reads the next request; undefined when the client closes. */
  async next(): Promise<{ method: string; body: string } | undefined> {
    let head = this.#until("\r\n\r\n");
    while (head === undefined) {
      if (!await this.#fill()) return undefined;
      head = this.#until("\r\n\r\n");
    }
    const method = head.slice(0, head.indexOf(" "));
    const body = /^transfer-encoding: chunked/im.test(head)
      ? await this.#chunks()
      : await this.#take(Number(head.match(/^content-length: (\d+)/im)?.[1] ?? 0));
    return { method, body };
  }

  /** Sends all bytes; false when the client is gone. */
  async send(bytes: Uint8Array): Promise<boolean> {
    try {
      for (let sent = 0; sent < bytes.length;) sent += await this.#socket.write(bytes.subarray(sent));
      return true;
    } catch (error) {
      if (isBroken(error)) return false;
      throw error;
    }
  }

  close(): void {
    this.#socket.close();
  }

  async #chunks(): Promise<string> {
    let body = "";
    for (;;) {
      let line = this.#until("\r\n");
      while (line === undefined) {
        await this.#more();
        line = this.#until("\r\n");
      }
      const size = parseInt(line, 16);
      body += await this.#take(size);
      await this.#take(2);
      if (size === 0) return body;
    }
  }

  async #take(size: number): Promise<string> {
    while (this.#size < size) await this.#more();
    return this.#shift(size);
  }

  #until(end: string): string | undefined {
    const at = decoder.decode(this.#buffer.subarray(0, this.#size)).indexOf(end);
    return at < 0 ? undefined : this.#shift(at + end.length).slice(0, -end.length);
  }

  #shift(size: number): string {
    const text = decoder.decode(this.#buffer.subarray(0, size));
    this.#buffer.copyWithin(0, size, this.#size);
    this.#size -= size;
    return text;
  }

  async #more(): Promise<void> {
    if (!await this.#fill()) throw new Error("A request was cut");
  }

  async #fill(): Promise<boolean> {
    if (this.#size === this.#buffer.length) throw new Error("A request of the bench is too long");
    try {
      const count = await this.#socket.read(this.#buffer.subarray(this.#size));
      this.#size += count ?? 0;
      return count !== null;
    } catch (error) {
      if (isBroken(error)) return false;
      throw error;
    }
  }
}
