import { type ChatDelta, type FinishReason, FreshetError, type Usage } from "../shared/mod.ts";
import type { DispatchEvent } from "../nodes/mod.ts";
import type { Call } from "./calls.ts";
import type { Holds } from "./holds.ts";
import type { KeepAlive } from "./keep_alive.ts";

/** Takes bytes of the client's protocol; a promise holds the model back. */
export type Write = (bytes: Uint8Array<ArrayBuffer>) => Promise<void> | undefined;

/** A completion that is asked for. */
export interface Completion {
  /** `chatcmpl-…` */
  id: string;
  /** Seconds since 1970. */
  created: number;
  /** As the caller named it. */
  model: string;
  /** Begins it; `write` gets the events of a node that speaks the client's protocol. */
  begin(write: Write): AsyncIterable<DispatchEvent>;
  call: Call;
}

/** How the answer to a completion is sent. */
export interface AnswerOptions {
  keepAlive: KeepAlive;
  /** After one of these the headers go out, whatever has come until then. */
  holds: Holds;
  /** Told of errors that no status could be given for any more. */
  onLateError: (error: FreshetError) => void;
}

/** How a completion ended. */
export interface Ended {
  reason: FinishReason;
  usage: Usage;
}

/** What is told of a completion while it goes on. */
export interface Listener {
  /** The name of the node that is asked from here on. */
  onNode(name: string): void;
  /** Anything that a client can be told; a promise holds the model back. */
  onDelta(delta: ChatDelta): Promise<void> | undefined;
  /** Events of the client's own protocol, to be sent as they are. */
  onRaw: Write;
}

/**
 * Goes through a completion to its end. Throws a `FreshetError`, `upstream` too where the stream ended without a finish reason:
 * a cut answer never looks whole.
 */
export async function follow({ begin, call }: Completion, listener: Listener): Promise<Ended> {
  let reason: FinishReason | undefined;
  let usage: Usage | undefined;
  for await (const event of begin(listener.onRaw)) {
    if (event.type === "node") listener.onNode(event.nodeName);
    else if (event.type === "usage") usage = event.usage;
    else if (event.type === "finish") reason = event.reason;
    else if (event.type !== "queue") {
      const held = listener.onDelta(event);
      if (held) await held;
      // Leaving the loop ends the upstream request without another read.
      if (call.signal.aborted) break;
    }
  }
  call.signal.throwIfAborted();
  if (!reason || !usage) throw new FreshetError("upstream", "The answer broke off before its end");
  return { reason, usage };
}

/** Headers that name the node. Names are free text; headers are not. */
export function nodeHeaders(name: string): Record<string, string> {
  return name === ""
    ? {}
    : { "x-freshet-node": /^[\x20-\x7e]+$/.test(name) ? name : encodeURIComponent(name) };
}
