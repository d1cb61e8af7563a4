import { systemClock } from "../host/mod.ts";
import type { Clock } from "../host/mod.ts";
import { ConnectionError } from "./errors.ts";
import { exchange, type Incoming } from "./exchange.ts";
import { type Origin, originOf } from "./origin.ts";
import { Pool } from "./pool.ts";
import { type Outgoing, prepareRequest, type RequestParts } from "./request_writer.ts";
import type { Connection } from "./connection.ts";

/** How a client keeps its connections. */
export interface ClientOptions {
  /** ms that connecting may take; 10,000 unless given. */
  connectTimeoutMs?: number;
  /**
   * ms that a connection is kept without a request; 4,000 unless given, for common servers (uvicorn, Node, llama.cpp) close
   * theirs after 5,000. A shorter `Keep-Alive: timeout` of the server is honoured.
   */
  idleTimeoutMs?: number;
  /** Idle connections kept for each host and port; 100 unless given. */
  maxIdlePerHost?: number;
  clock?: Clock;
}

const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** Sends requests over kept connections. */
export class Client {
  readonly #pool: Pool;

  constructor(
    { connectTimeoutMs = 10_000, idleTimeoutMs = 4_000, maxIdlePerHost = 100, clock = systemClock }:
      ClientOptions,
  ) {
    this.#pool = new Pool({ connectTimeoutMs, idleTimeoutMs, maxIdlePerHost, clock });
  }

  /** Resolves with the response as soon as its head is there. */
  async request(parts: RequestParts, signal?: AbortSignal): Promise<Incoming> {
    signal?.throwIfAborted();
    const origin = originOf(parts.url);
    const outgoing = prepareRequest(parts);
    const reused = await this.#pool.take(origin, !IDEMPOTENT.has(outgoing.method));
    if (reused) {
      try {
        return await this.#exchange(origin, reused, outgoing, signal);
      } catch (error) {
        if (signal?.aborted || !(error instanceof ConnectionError) || !mayRetry(reused, outgoing)) {
          throw error;
        }
      }
    }
    const connection = await this.#pool.open(origin, signal);
    return await this.#exchange(origin, connection, outgoing, signal);
  }

  /** Closes all connections, those in use too; their bodies fail, and so do later requests. */
  close(): void {
    this.#pool.close();
  }

  #exchange(
    origin: Origin,
    connection: Connection,
    outgoing: Outgoing,
    signal: AbortSignal | undefined,
  ): Promise<Incoming> {
    if (signal?.aborted) connection.destroy(signal.reason);
    return exchange(connection, outgoing, signal, (kept, keepAliveMs) => {
      this.#pool.put(origin, kept, keepAliveMs);
    });
  }
}

/**
 * Whether a request may go out once more after a kept connection failed without a byte of response (RFC 9112, section 9.3.1).
 * An idempotent one may. For a POST to a model server a lost connection is no proof that the server did not start: it may have
 * run out of memory over the very prompt, and a second run costs as much as the first. So it goes out again only when the
 * system took no byte of it. What makes this rare: kept connections are watched for their end, they are given up before common
 * servers close them, and before a POST one that was idle for a while is looked at once more.
 */
function mayRetry(connection: Connection, { method, payload }: Outgoing): boolean {
  if (connection.received > 0 || payload instanceof ReadableStream) return false;
  return connection.sent === 0 || IDEMPOTENT.has(method);
}
