import type { FailureKind } from "./script.ts";
import {
  callsOf,
  type FinishedAnswer,
  type HttpError,
  joined,
  split,
  type WholeDelta,
  type Wire,
} from "./wire.ts";

/** The events of https://platform.claude.com/docs/en/build-with-claude/streaming. */
export class AnthropicWire implements Wire {
  readonly contentType = "text/event-stream; charset=utf-8";
  #block = -1;
  #open: WholeDelta["type"] | undefined;

  constructor(readonly model: string) {}

  start() {
    const message = {
      ...wholeMessage(this.model, { deltas: [], finish: "stop", usage: { prompt: 25, completion: 1 } }),
      stop_reason: null,
    };
    return event("message_start", { message }) + event("ping", {});
  }

  delta(delta: WholeDelta) {
    switch (delta.type) {
      case "text":
        return this.#ensure("text", { type: "text", text: "" }) +
          this.#delta({ type: "text_delta", text: delta.text });
      case "reasoning":
        return this.#ensure("reasoning", { type: "thinking", thinking: "", signature: "" }) +
          this.#delta({ type: "thinking_delta", thinking: delta.text });
      case "tool_call": {
        const block = {
          type: "tool_use",
          id: delta.id ?? `toolu_${this.#block}`,
          name: delta.name,
          input: {},
        };
        const parts = delta.arguments === "{}" ? [""] : ["", ...split(delta.arguments, delta.fragments ?? 1)];
        return this.#stop() + this.#start("tool_call", block) +
          parts.map((partial_json) => this.#delta({ type: "input_json_delta", partial_json })).join("");
      }
    }
  }

  end(answer: FinishedAnswer) {
    const delta = { stop_reason: stopReason(answer.finish), stop_sequence: null };
    const usage = answer.usage ? usageOf(answer.usage) : {};
    return this.#stop() + event("message_delta", { delta, usage }) + event("message_stop", {});
  }

  error(kind: FailureKind) {
    const { request_id: _, ...body } = anthropicFailure(kind, this.model).body as Record<string, unknown>;
    return event("error", body);
  }

  #ensure(type: WholeDelta["type"], block: unknown) {
    return this.#open === type ? "" : this.#stop() + this.#start(type, block);
  }

  #start(type: WholeDelta["type"], content_block: unknown) {
    this.#open = type;
    return event("content_block_start", { index: ++this.#block, content_block });
  }

  #delta(delta: unknown) {
    return event("content_block_delta", { index: this.#block, delta });
  }

  #stop() {
    if (this.#open === undefined) return "";
    const signature = this.#open === "reasoning"
      ? this.#delta({ type: "signature_delta", signature: "EqQBCg==" })
      : "";
    this.#open = undefined;
    return signature + event("content_block_stop", { index: this.#block });
  }
}

function event(type: string, fields: Record<string, unknown>) {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

/** The message in one piece. */
export function wholeMessage(model: string, answer: FinishedAnswer) {
  const thinking = joined(answer, "reasoning");
  const text = joined(answer, "text");
  return {
    id: "msg_01XFDUDYJgAACzvnptvVoYEL",
    type: "message",
    role: "assistant",
    model,
    content: [
      ...(thinking === "" ? [] : [{ type: "thinking", thinking, signature: "EqQBCg==" }]),
      ...(text === "" ? [] : [{ type: "text", text }]),
      ...callsOf(answer).map((call, i) => ({
        type: "tool_use",
        id: call.id ?? `toolu_${i}`,
        name: call.name,
        input: JSON.parse(call.arguments),
      })),
    ],
    stop_reason: stopReason(answer.finish),
    stop_sequence: null,
    usage: answer.usage ? { ...usageOf(answer.usage), service_tier: "standard" } : {},
  };
}

function usageOf({ prompt, completion, cached, reasoning }: NonNullable<FinishedAnswer["usage"]>) {
  return {
    input_tokens: prompt - (cached ?? 0),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached ?? 0,
    output_tokens: completion,
    ...(reasoning === undefined ? {} : { output_tokens_details: { thinking_tokens: reasoning } }),
  };
}

function stopReason(finish: FinishedAnswer["finish"]) {
  return {
    stop: "end_turn",
    length: "max_tokens",
    tool_calls: "tool_use",
    content_filter: "refusal",
  }[finish];
}

/** The official statuses and bodies, by https://platform.claude.com/docs/en/api/errors. */
export function anthropicFailure(kind: FailureKind, model: string): HttpError {
  switch (kind) {
    case "auth":
      return { status: 401, body: errorBody("authentication_error", "invalid x-api-key") };
    case "rate_limit":
      return {
        status: 429,
        body: errorBody(
          "rate_limit_error",
          "This request would exceed your organization's rate limit of 50 requests per minute",
        ),
      };
    case "context_length":
      return {
        status: 400,
        body: errorBody("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
      };
    case "model_not_found":
      return { status: 404, body: errorBody("not_found_error", `model: ${model}`) };
    case "overloaded":
      return { status: 529, body: errorBody("overloaded_error", "Overloaded") };
    case "server_error":
      return { status: 500, body: errorBody("api_error", "Internal server error") };
    case "bad_request":
      return {
        status: 400,
        body: errorBody("invalid_request_error", "messages: at least one message is required"),
      };
  }
}

/** The body of an error. */
export function errorBody(type: string, message: string) {
  return { type: "error", error: { type, message }, request_id: "req_011CSHoEeqs5C35K2UUqR7Fy" };
}
