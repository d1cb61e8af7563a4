import { encodeSse } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";

const KEEP_ALIVE_MS = 15_000;

const keepAlive = new TextEncoder().encode(encodeSse({ comment: "keep-alive" }));

/** What makes a stream of server-sent events. */
export interface EventStreamOptions {
  /** Batches of encoded events; ends the stream when it ends. */
  source: (signal: AbortSignal) => AsyncIterable<Uint8Array[]>;
  clock: Clock;
  /** Aborted when the server shuts down. */
  closing: AbortSignal;
  /** Takes what ends the stream when the client may not read on, and returns what calls that off. */
  onRevoked?: (end: () => void) => () => void;
  headers?: HeadersInit;
}

/**
 * A response of server-sent events. The source is asked for more only when the client has taken what there was; a client that
 * leaves ends it. Comments keep proxies from cutting while nothing happens.
 */
export function eventStream({ source, clock, closing, onRevoked, headers }: EventStreamOptions): Response {
  const controller = new AbortController();
  const batches = source(controller.signal)[Symbol.asyncIterator]();
  let stopKeepAlive = () => {};
  let release = () => {};
  const stop = () => {
    stopKeepAlive();
    release();
    closing.removeEventListener("abort", stop);
    controller.abort();
    // A source that waits for the client to read on hears of no signal.
    batches.return?.().catch(() => "it has ended all the same");
  };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(stream) {
      stopKeepAlive = clock.every(KEEP_ALIVE_MS, () => {
        if ((stream.desiredSize ?? 0) > 0) stream.enqueue(keepAlive);
      });
      if (closing.aborted) return stop();
      closing.addEventListener("abort", stop, { once: true });
      release = onRevoked?.(stop) ?? release;
    },
    async pull(stream) {
      try {
        const { done, value } = await batches.next();
        if (!done) return stream.enqueue(join(value));
        stop();
        stream.close();
      } catch (error) {
        stop();
        stream.error(error);
      }
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...headers,
    },
  });
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
