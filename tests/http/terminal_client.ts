import {
  TERMINAL_PROTOCOL,
  TERMINAL_TICKET,
  type TerminalMessage,
  type TerminalRequest,
  type TerminalSession,
} from "../../lib/shared/terminal/mod.ts";

/** As Deno has it: a client of its own sets headers, where a browser says by itself where a page comes from. */
const WebSocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { protocols: string[]; headers: Record<string, string> },
) => WebSocket;

/** A window on a terminal, without a browser: it acknowledges what comes, as a page does. */
export class TerminalClient implements AsyncDisposable {
  readonly messages: TerminalMessage[] = [];
  readonly closed: Promise<CloseEvent>;
  text = "";
  offset = 0;
  readonly #socket: WebSocket;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    this.closed = new Promise((resolve) => {
      socket.onclose = (event) => {
        resolve(event);
        this.#wake();
      };
    });
  }

  /** Opens a window on a session, after the output up to `after`. */
  static async open(
    origin: string,
    id: string,
    after = 0,
    headers: Record<string, string> = {},
  ): Promise<TerminalClient> {
    const ticket = await ticketFor(origin, id, headers);
    const url = `${origin.replace("http", "ws")}/api/terminal/sessions/${id}/socket?after=${after}`;
    const socket = new WebSocketWithHeaders(url, {
      protocols: [TERMINAL_PROTOCOL, TERMINAL_TICKET + ticket],
      headers: { origin, ...headers },
    });
    return new TerminalClient(socket);
  }

  send(request: TerminalRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  /** Types a line and presses Enter. */
  type(line: string): void {
    this.send({ type: "input", data: `${line}\r` });
  }

  /** Waits until the output has something, and returns the match. */
  async until(pattern: RegExp): Promise<RegExpMatchArray> {
    const match = await this.#wait(() => this.text.match(pattern));
    if (!match) throw new Error(`Waited in vain for ${pattern} in ${JSON.stringify(this.text)}`);
    return match;
  }

  /** Waits for a message. */
  async message<T extends TerminalMessage["type"]>(
    type: T,
    test: (message: Extract<TerminalMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<TerminalMessage, { type: T }>> {
    const is = (message: TerminalMessage): message is Extract<TerminalMessage, { type: T }> => {
      return message.type === type && test(message as Extract<TerminalMessage, { type: T }>);
    };
    const found = await this.#wait(() => this.messages.find(is));
    if (!found) throw new Error(`Waited in vain for ${type}; came ${JSON.stringify(this.messages)}`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  async #wait<T>(look: () => T | null | undefined): Promise<T | undefined> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#wake();
    }, 10_000);
    try {
      for (;;) {
        const found = look();
        if (found || isLate || this.#socket.readyState === WebSocket.CLOSED) return found ?? undefined;
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #take(message: TerminalMessage): void {
    this.messages.push(message);
    if (message.type === "output") {
      this.text += message.data;
      this.offset = message.offset;
      this.send({ type: "ack", offset: message.offset });
    }
    this.#wake();
  }
}

/** A ticket for a session. */
export async function ticketFor(
  origin: string,
  id: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${origin}/api/terminal/sessions/${id}/ticket`, { method: "POST", headers });
  const body = await response.json() as { ticket: string };
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body.ticket;
}

/** Turns terminals on and opens a session. */
export async function openTerminal(origin: string): Promise<TerminalSession> {
  await request(origin, "PATCH", "/setting", { isOn: true });
  return await request(origin, "POST", "/sessions", { cols: 80, rows: 24 }) as TerminalSession;
}

/** Asks the API of terminals; throws where it refuses. */
export async function request(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const init = body === undefined
    ? { method }
    : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch(`${origin}/api/terminal${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
