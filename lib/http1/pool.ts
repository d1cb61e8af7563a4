import type { Clock } from "../host/mod.ts";
import { connect } from "./connect.ts";
import { Connection } from "./connection.ts";
import { ConnectionError } from "./errors.ts";
import type { Origin } from "./origin.ts";

/** How long connections are kept. */
export interface PoolOptions {
  connectTimeoutMs: number;
  idleTimeoutMs: number;
  maxIdlePerHost: number;
  clock: Clock;
}

interface Idle {
  connection: Connection;
  since: number;
  until: number;
}

const SWEEP_MS = 1_000;
/** A server that says when it closes the connection is not to be met in the act. */
const KEEP_ALIVE_MARGIN_MS = 1_000;
/** No server closes a connection that was used a moment ago. */
const QUIET_MS = 500;

/** All connections, and those of them that wait for a request: the one used last goes out first, so that the others can end. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #all = new Set<Connection>();
  readonly #idle = new Map<string, Idle[]>();
  readonly #closing = new AbortController();
  #stopSweeping: (() => void) | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Number of connections that wait for a request to this origin. */
  idleCount({ key }: Origin): number {
    return this.#idle.get(key)?.length ?? 0;
  }

  /**
   * An idle connection, if there is one. With `isChecked` one that waited for a while is only given when nothing of its end has
   * reached this machine.
   */
  async take({ key }: Origin, isChecked: boolean): Promise<Connection | undefined> {
    for (;;) {
      const idle = this.#idle.get(key)?.pop();
      if (!idle) return undefined;
      const now = this.#options.clock.now();
      const isLate = now >= idle.until;
      if (!isLate && isChecked && now - idle.since >= QUIET_MS) await eventLoopTurn();
      if (!isLate && idle.connection.isUsable) return idle.connection;
      idle.connection.destroy(new ConnectionError("Connection was idle for too long"));
    }
  }

  /** A new connection. */
  async open(origin: Origin, signal: AbortSignal | undefined): Promise<Connection> {
    const { connectTimeoutMs, clock } = this.#options;
    const closing = this.#closing.signal;
    const socket = await connect(origin, connectTimeoutMs, clock, signal ? [signal, closing] : [closing]);
    const connection = new Connection(socket, (gone) => this.#all.delete(gone));
    // The pool may have been closed since the socket was there.
    if (closing.aborted) connection.destroy(closing.reason);
    else this.#all.add(connection);
    return connection;
  }

  /** Takes a connection back; `keepAliveMs` is what its server says about how long it stays open. */
  put({ key }: Origin, connection: Connection, keepAliveMs = Infinity): void {
    const { clock, idleTimeoutMs, maxIdlePerHost } = this.#options;
    const idleMs = Math.min(idleTimeoutMs, keepAliveMs - KEEP_ALIVE_MARGIN_MS);
    const list = this.#idle.get(key) ?? [];
    if (idleMs <= 0 || list.length >= maxIdlePerHost || !connection.isUsable) {
      return connection.destroy(new ConnectionError("Connection is not kept"));
    }
    const since = clock.now();
    const idle = { connection, since, until: since + idleMs };
    list.push(idle);
    this.#idle.set(key, list);
    connection.watch(() => {
      remove(list, idle);
      connection.destroy(new ConnectionError("Connection closed by the server"));
    });
    this.#stopSweeping ??= clock.every(SWEEP_MS, () => this.#sweep());
  }

  /** Closes all connections, those in use too; `open` rejects from then on. */
  close(): void {
    const reason = new ConnectionError("Connection failed: the client was closed");
    this.#closing.abort(reason);
    this.#stopSweeping?.();
    this.#idle.clear();
    for (const connection of this.#all) connection.destroy(reason);
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    for (const [key, list] of this.#idle) {
      for (const idle of list.filter(({ until }) => until <= now)) {
        remove(list, idle);
        idle.connection.destroy(new ConnectionError("Connection was idle for too long"));
      }
      if (list.length === 0) this.#idle.delete(key);
    }
    if (this.#idle.size > 0) return;
    this.#stopSweeping?.();
    this.#stopSweeping = undefined;
  }
}

function remove(list: Idle[], idle: Idle): void {
  const at = list.indexOf(idle);
  if (at >= 0) list.splice(at, 1);
}

/**
 * Lets the runtime hear what the system already knows of the sockets. A first timer may be due in the same turn in which it is
 * set, before any socket is looked at.
 */
async function eventLoopTurn(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}
