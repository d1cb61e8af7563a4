import type { SocketMessage, SocketRequest } from "../../lib/shared/mod.ts";

/** A client of `/chat` without any help. */
export class RawClient {
  readonly socket: WebSocket;
  readonly frames: SocketMessage[][] = [];
  readonly closed: Promise<CloseEvent>;
  #wake: () => void = () => {};

  constructor(port: number, protocols: string[] = []) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/chat`, protocols);
    this.socket.onmessage = ({ data }) => {
      this.frames.push(JSON.parse(data));
      this.#wake();
    };
    this.closed = new Promise((resolve) => this.socket.onclose = resolve);
  }

  get messages(): SocketMessage[] {
    return this.frames.flat();
  }

  send(request: SocketRequest | string): void {
    this.socket.send(typeof request === "string" ? request : JSON.stringify(request));
  }

  async until(test: (message: SocketMessage) => boolean): Promise<SocketMessage> {
    for (;;) {
      const found = this.messages.find(test);
      if (found) return found;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

/** The answer to a handshake with these headers, at /chat unless told otherwise. */
export async function handshake(
  port: number,
  headers: Record<string, string>,
  path = "/chat",
): Promise<{ status: number; body: { error?: { code?: string } }; headers: string }> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const all = {
    host: `127.0.0.1:${port}`,
    upgrade: "websocket",
    connection: "upgrade",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-version": "13",
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== "").map(([name, value]) =>
    `${name}: ${value}`
  );
  await connection.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
  const buffer = new Uint8Array(16_384);
  let text = "";
  for (;;) {
    const size = await connection.read(buffer);
    text += new TextDecoder().decode(buffer.subarray(0, size ?? 0));
    const [head = "", body = ""] = text.split("\r\n\r\n");
    const length = Number(head.match(/^content-length: (\d+)/im)?.[1] ?? 0);
    if (size !== null && (!text.includes("\r\n\r\n") || new TextEncoder().encode(body).length < length)) {
      continue;
    }
    return {
      status: Number(head.split(" ")[1]),
      body: body.startsWith("{") ? JSON.parse(body) : {},
      headers: head,
    };
  }
}
