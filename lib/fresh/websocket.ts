import { HttpError } from "./runtime/http_error.ts";

/** Options of a WebSocket upgrade. */
export interface UpgradeOptions {
  /** Seconds without an answer to a ping after which the connection is closed. */
  idleTimeout?: number;
  /** The subprotocol that the server chose. */
  protocol?: string;
}

/** What happens on a WebSocket; each gets the socket first. */
export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** The two forms of `ctx.upgrade()`: any function among the keys of the first argument makes it handlers. */
export function upgradeWebSocket(
  req: Request,
  first: UpgradeOptions | WebSocketHandlers = {},
  second: UpgradeOptions = {},
): Response | { socket: WebSocket; response: Response } {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  if (!isHandlers(first)) return Deno.upgradeWebSocket(req, first);
  const { socket, response } = Deno.upgradeWebSocket(req, second);
  bind(socket, first);
  return response;
}

function isHandlers(value: UpgradeOptions | WebSocketHandlers): value is WebSocketHandlers {
  return Object.values(value).some((entry) => typeof entry === "function");
}

function bind(socket: WebSocket, handlers: WebSocketHandlers): void {
  socket.addEventListener("open", () => handlers.open?.(socket));
  socket.addEventListener("message", (event) => handlers.message?.(socket, event));
  socket.addEventListener("close", ({ code, reason }) => handlers.close?.(socket, code, reason));
  socket.addEventListener("error", (event) => handlers.error?.(socket, event));
}
