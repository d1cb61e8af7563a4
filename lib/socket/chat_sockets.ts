import { FreshetError, SOCKET_CLOSE, SOCKET_HEARTBEAT_MS, SOCKET_PROTOCOL } from "../shared/mod.ts";
import {
  type Authenticator,
  type KeyBudgets,
  type Principal,
  requireScope,
  type Revocations,
  type Source,
} from "../access/mod.ts";
import type { Chats } from "../chats/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Runs } from "../runs/mod.ts";
import type { Store } from "../store/mod.ts";
import { Audience } from "./audience.ts";
import { Connection } from "./connection.ts";
import { credentialsOf, offeredProtocols } from "./credentials.ts";
import { Inferences } from "./inference.ts";

/** Seconds without an answer to a ping after which a client counts as gone. */
const IDLE_SECONDS = 30;
const REVOKED = "The API key or the login was revoked";

/** What the sockets need. */
export interface ChatSocketsOptions {
  authenticator: Authenticator;
  revocations: Revocations;
  /** Refuse what keys ask whose budgets are spent. */
  budgets: Pick<KeyBudgets, "check">;
  chats: Chats;
  runs: Runs;
  store: Store;
  clock: Clock;
  log: Log;
}

/** The WebSocket at `/chat`. */
export class ChatSockets {
  readonly #options: ChatSocketsOptions;
  readonly #inferences: Inferences;
  readonly #connections = new Set<Connection>();
  readonly #audience = new Audience();
  readonly #stopBeat: () => void;
  #isClosed = false;

  constructor(options: ChatSocketsOptions) {
    this.#options = { ...options, log: options.log.of("socket") };
    this.#inferences = new Inferences(options);
    this.#stopBeat = options.clock.every(SOCKET_HEARTBEAT_MS, () => {
      for (const connection of this.#connections) connection.beat();
    });
  }

  /** How many clients are connected. */
  get size(): number {
    return this.#connections.size;
  }

  /**
   * Answers a handshake (RFC 6455, section 4.2). Its `Host` and `Origin` have been checked. Throws `unauthorized`, `forbidden`
   * for keys without the scope `chat`, `invalid_request` for what is no handshake, and `unavailable` at shutdown.
   */
  async accept(request: Request, source: Source): Promise<Response> {
    const protocols = offeredProtocols(request.headers);
    const principal = await this.#options.authenticator.authenticate(
      credentialsOf(request.headers, protocols),
      source,
    );
    requireScope(principal, "chat");
    if (this.#isClosed) throw new FreshetError("unavailable", "Freshet is shutting down", { retryAfter: 5 });
    const { socket, response } = upgrade(request, protocols);
    this.#serve(socket, principal);
    return response;
  }

  /** Ends all sockets; their clients come back to the next process. New ones are refused. */
  close(): void {
    this.#isClosed = true;
    this.#stopBeat();
    for (const connection of [...this.#connections]) {
      connection.close(SOCKET_CLOSE.closing, "Freshet is shutting down");
    }
  }

  #serve(socket: WebSocket, principal: Principal): void {
    const { revocations, runs, clock, log } = this.#options;
    const shared = { runs, clock, log, inferences: this.#inferences, audience: this.#audience };
    const connection = new Connection({ socket, principal, ...shared });
    const calledOff = revocations.on(
      principal,
      () => connection.close(SOCKET_CLOSE.revoked, REVOKED),
    );
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      if (this.#isClosed) return connection.close(SOCKET_CLOSE.closing, "Freshet is shutting down");
      // Revoked during the handshake, when a socket cannot be closed.
      if (connection.isClosed) return socket.close(SOCKET_CLOSE.revoked, REVOKED);
      this.#connections.add(connection);
      connection.beat();
    };
    socket.onmessage = ({ data }) => connection.receive(data);
    // An error is followed by a close; clients that vanish are no news.
    socket.onclose = () => {
      calledOff();
      connection.release();
      this.#connections.delete(connection);
    };
  }
}

function upgrade(request: Request, protocols: readonly string[]): Deno.WebSocketUpgrade {
  const protocol = protocols.includes(SOCKET_PROTOCOL) ? { protocol: SOCKET_PROTOCOL } : {};
  try {
    return Deno.upgradeWebSocket(request, { idleTimeout: IDLE_SECONDS, ...protocol });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new FreshetError("invalid_request", `Cannot open a WebSocket: ${cause.message}`, { cause });
  }
}
