import type { ErrorBody } from "./errors.ts";
import type { AnswerMetrics, FinishReason, Outcome, ToolCall, Usage } from "./generation.ts";

/** The WebSocket subprotocol of `/chat`. A client that offers any subprotocol offers this one too. */
export const SOCKET_PROTOCOL = "freshet.chat.v1";
/** Characters of one message to the server at most. */
export const SOCKET_MESSAGE_MAX = 1024 * 1024;
/** ms between two signs of life that the server sends. */
export const SOCKET_HEARTBEAT_MS = 20_000;

/** Why the server closed a socket, as WebSocket close codes. */
export const SOCKET_CLOSE = {
  /** The server ends; come back. */
  closing: 1001,
  /** The client asked far more often than it may. */
  flooded: 1008,
  /** The API key or the login was revoked; there is no use in coming back. */
  revoked: 4001,
  /** The client read so slowly that nothing could be sent for half a minute; come back and resume. */
  tooSlow: 4008,
} as const;

/** Before the secret, in base64url, of the subprotocol that brings one along. */
export const SOCKET_BEARER = "bearer.";

/** What a client says on `/chat`: one JSON object in each text frame. */
export type SocketRequest =
  | {
    type: "inference";
    /** Of the client's making; the same id again is the same message, for a day. */
    id?: string;
    content: string;
    /** Answers with this model from now on; the chat's own where absent. */
    model?: string;
    /** A new chat is made where absent. */
    chatId?: string;
    /** When it was written, in ms since 1970 or as ISO 8601; comes back in `accepted`. */
    timestamp?: number | string;
  }
  /** Sends what a run wrote after `seq`, then what it writes. */
  | { type: "resume"; runId: string; seq: number }
  | { type: "cancel"; runId: string }
  | { type: "ping" };

/**
 * What belongs to an event of a run. `seq` is that of the last event it covers: to resume after it, nothing else is needed.
 * Text that became due together is one message, whose first event is `firstSeq`; where that is absent it covers one event.
 */
export type RunMessage =
  & { runId: string; seq: number; firstSeq?: number }
  & (
    | { type: "token"; text: string }
    | { type: "reasoning"; text: string }
    | { type: "node"; nodeId: string; nodeName: string; model: string; reason?: string; isContinued?: true }
    | { type: "queue"; message: string; position?: number; waiting?: number; expectedMs?: number }
    | { type: "status"; status: "start"; model: string; startedAt: number }
    | { type: "status"; status: "loading"; message: string; progress?: number }
    | { type: "status"; status: "tool_call"; call: ToolCall }
    | {
      type: "status";
      status: "tool_result";
      callId: string;
      name: string;
      content: string;
      isError: boolean;
    }
    | { type: "status"; status: "usage"; usage: Usage }
    /** The last message of a run. `error` says why it failed. */
    | {
      type: "status";
      status: "end";
      outcome: Outcome;
      finishReason?: FinishReason;
      error?: ErrorBody;
      metrics?: AnswerMetrics;
    }
  );

/** What the server says on `/chat`. Each text frame is a JSON array of these. */
export type SocketMessage =
  | RunMessage
  /** The message is on disk and its answer begins, or began before. */
  | {
    type: "accepted";
    id: string;
    chatId: string;
    messageId: string;
    runId: string;
    timestamp?: number | string;
  }
  /**
   * A request was refused: the one with this `id`, or about this run. With `error.retryAfter` the same may be asked again
   * after so many seconds; without it there is no use.
   */
  | { type: "error"; error: ErrorBody; id?: string; runId?: string }
  | { type: "pong" }
  /** Comes at once, then every `SOCKET_HEARTBEAT_MS`. */
  | { type: "heartbeat" };

/** True for a message of a run's events. */
export function isRunMessage(message: SocketMessage): message is RunMessage {
  return "seq" in message;
}

/** The subprotocols that bring an API key or the token along where a browser can send no header. */
export function socketProtocols(secret?: string): string[] {
  if (secret === undefined) return [SOCKET_PROTOCOL];
  const binary = String.fromCharCode(...new TextEncoder().encode(secret));
  const encoded = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return [SOCKET_PROTOCOL, SOCKET_BEARER + encoded];
}
