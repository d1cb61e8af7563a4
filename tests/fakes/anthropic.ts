import type { FailureKind, FakePrompt } from "./script.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import {
  callsOf,
  type FinishedAnswer,
  type HttpError,
  joined,
  type Reply,
  split,
  type WholeDelta,
  type Wire,
} from "./wire.ts";

/** What the fake of Anthropic takes. */
export interface FakeAnthropicOptions extends FakeServerOptions {
  models?: string[];
  /** Answers 401 to any other key. */
  apiKey?: string;
  /** Models to a page of the list. */
  pageSize?: number;
  /** True for a server of before the list told of capabilities. */
  plainModels?: boolean;
}

/** Anthropic's API, by https://platform.claude.com/docs/en/api, versions 2023-06-01 and 2026-10-21. */
export function fakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeServer> {
  const models = options.models ?? ["claude-sonnet-5-5", "claude-haiku-4-5-20251001"];
  return FakeServer.start((request) => route(request, models, options), options);
}

function route(request: RecordedRequest, models: string[], options: FakeAnthropicOptions): Reply {
  const { apiKey } = options;
  const key = request.headers.get("x-api-key") ??
    request.headers.get("authorization")?.replace("Bearer ", "");
  if (apiKey !== undefined && key !== apiKey) return json(failure("auth", ""));
  switch (`${request.method} ${request.path}`) {
    case "GET /v1/models":
      return listModels(request.query, models, options);
    case "POST /v1/messages":
      return message(request, models);
    default:
      return json({ status: 404, body: errorBody("not_found_error", "Not found") });
  }
}

function listModels(
  query: URLSearchParams,
  models: string[],
  { pageSize = 1000, plainModels }: FakeAnthropicOptions,
): Reply {
  const start = query.has("after_id") ? models.indexOf(query.get("after_id") ?? "") + 1 : 0;
  const page = models.slice(start, start + Math.min(pageSize, Number(query.get("limit") ?? 20)));
  return {
    type: "json",
    body: {
      data: page.map((id) => plainModels ? plainEntry(id) : modelEntry(id)),
      has_more: start + page.length < models.length,
      first_id: page[0] ?? null,
      last_id: page.at(-1) ?? null,
    },
  };
}

function plainEntry(id: string) {
  return { type: "model", id, display_name: id, created_at: "2026-02-19T00:00:00Z" };
}

function modelEntry(id: string) {
  const yes = { supported: true };
  const no = { supported: false };
  return {
    ...plainEntry(id),
    display_name: id.replace("claude-", "Claude "),
    capabilities: {
      batch: yes,
      citations: yes,
      code_execution: yes,
      image_input: yes,
      pdf_input: yes,
      structured_outputs: yes,
      thinking: { supported: true, types: { adaptive: yes, enabled: no, disabled: yes, between_tools: no } },
      effort: { supported: true, low: yes, medium: yes, high: yes, max: yes, xhigh: null },
    },
    lifecycle: "active",
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
  };
}

interface MessagesBody {
  model: string;
  stream?: boolean;
  temperature?: number;
  messages: { role: string; content: string | Block[] }[];
  tools?: { name: string }[];
}

interface Block {
  type: string;
  text?: string;
  content?: string | Block[];
}

function message(request: RecordedRequest, models: string[]): Reply {
  const body = request.body as MessagesBody;
  if (!models.includes(body.model)) return json(failure("model_not_found", body.model));
  if (request.headers.get("anthropic-version") === "2026-10-21" && "temperature" in body) {
    return json({
      status: 400,
      body: errorBody("invalid_request_error", "temperature: Extra inputs are not permitted"),
    });
  }
  return {
    type: "answer",
    prompt: promptOf(body),
    wire: new AnthropicWire(body.model),
    whole: (answer) => wholeMessage(body.model, answer),
    failure: (kind) => failure(kind, body.model),
  };
}

function promptOf(body: MessagesBody): FakePrompt {
  return {
    model: body.model,
    streamed: body.stream ?? false,
    messages: body.messages.map(({ role, content }) => {
      const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
      const isResult = blocks.some((block) => block.type === "tool_result");
      const images = blocks.filter((block) => block.type === "image").length;
      return { role: isResult ? "tool" : role, text: blocks.map(textOf).join(""), images };
    }),
    tools: (body.tools ?? []).map((tool) => tool.name),
  };
}

function textOf(block: Block): string {
  if (block.text !== undefined) return block.text;
  if (typeof block.content === "string") return block.content;
  return (block.content ?? []).map(textOf).join("");
}

/** The events of https://platform.claude.com/docs/en/build-with-claude/streaming. */
class AnthropicWire implements Wire {
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
    const { request_id: _, ...body } = failure(kind, this.model).body as Record<string, unknown>;
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

function wholeMessage(model: string, answer: FinishedAnswer) {
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

/** https://platform.claude.com/docs/en/api/errors */
function failure(kind: FailureKind, model: string): HttpError {
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

function errorBody(type: string, message: string) {
  return { type: "error", error: { type, message }, request_id: "req_011CSHoEeqs5C35K2UUqR7Fy" };
}

function json({ status, body }: HttpError): Reply {
  return { type: "json", status, body };
}
