import type { SocketMessage, SocketRequest } from "../../shared/mod.ts";
import type { OutboxStorage } from "./outbox.ts";
import type { ClientConnection, ConnectionHandlers } from "./web_socket.ts";

/** The server's side of a connection, played by a test. */
export class FakeConnection implements ClientConnection {
  readonly requests: SocketRequest[] = [];
  readonly protocols: string[];
  isClosed = false;
  readonly #handlers: ConnectionHandlers;

  constructor(protocols: string[], handlers: ConnectionHandlers) {
    this.protocols = protocols;
    this.#handlers = handlers;
  }

  send(text: string): void {
    this.requests.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  /** The handshake succeeds. */
  open(): void {
    this.#handlers.onOpen();
  }

  /** The server sends one frame. */
  say(...messages: SocketMessage[]): void {
    this.#handlers.onText(JSON.stringify(messages));
  }

  /** The connection ends. */
  end(code = 1006): void {
    this.#handlers.onClose(code);
  }
}

/** A storage in memory. */
export class FakeStorage implements OutboxStorage {
  readonly values = new Map<string, string>();

  get length(): number {
    return this.values.size;
  }

  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}
