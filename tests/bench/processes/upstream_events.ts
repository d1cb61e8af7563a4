import type { UpstreamModel } from "./upstream_models.ts";

const encoder = new TextEncoder();

/** What every answer of the upstream says that it has used. */
export const USAGE = { prompt_tokens: 11, completion_tokens: 20, total_tokens: 31 };

/** The event that a stream starts with. */
export function firstEvent(model: UpstreamModel): Uint8Array {
  return event(model, { role: "assistant", content: "" });
}

/** An event with a piece of text. */
export function pieceEvent(model: UpstreamModel, content: string): Uint8Array {
  return event(model, { content });
}

/** The events that a stream ends with: the finish reason, the usage where it is asked for, and `[DONE]`. */
export function lastEvents(model: UpstreamModel, hasUsage: boolean): Uint8Array {
  const usage = hasUsage ? `data: ${JSON.stringify({ ...head(model), choices: [], usage: USAGE })}\n\n` : "";
  return join([event(model, {}, "stop"), encoder.encode(`${usage}data: [DONE]\n\n`)]);
}

/** The fields that all chunks of a model share. */
export function head({ id: model }: UpstreamModel) {
  return {
    id: "chatcmpl-AbC123",
    object: "chat.completion.chunk",
    created: 1_694_268_190,
    model,
    service_tier: "default",
    system_fingerprint: "fp_44709d6fcb",
  };
}

/** All bytes in one array. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function event(model: UpstreamModel, delta: unknown, finish_reason: string | null = null): Uint8Array {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
  return encoder.encode(`data: ${JSON.stringify({ ...head(model), choices })}\n\n`);
}
