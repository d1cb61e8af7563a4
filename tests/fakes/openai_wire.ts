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

/** Whose way of speaking OpenAI's protocol is imitated. */
export type OpenAIFlavour = "openai" | "vllm" | "lmstudio" | "gemini" | "mistral" | "huggingface";

const CREATED = 1_694_268_190;

/** The stream of Chat Completions, by https://platform.openai.com/docs/api-reference/chat-streaming. */
export class OpenAIWire implements Wire {
  readonly contentType = "text/event-stream; charset=utf-8";
  readonly #model: string;
  readonly #flavour: OpenAIFlavour;
  readonly #includeUsage: boolean;
  #calls = 0;

  constructor(model: string, flavour: OpenAIFlavour, includeUsage: boolean) {
    this.#model = model;
    this.#flavour = flavour;
    this.#includeUsage = includeUsage;
  }

  start() {
    if (this.#flavour === "gemini") return "";
    return this.#chunk({
      role: "assistant",
      content: "",
      ...(this.#flavour === "openai" ? { refusal: null } : {}),
    });
  }

  delta(delta: WholeDelta) {
    switch (delta.type) {
      case "text":
        return this.#chunk({ content: delta.text });
      case "reasoning":
        return this.#chunk({
          [this.#flavour === "huggingface" ? "reasoning" : "reasoning_content"]: delta.text,
        });
      case "tool_call":
        return this.#toolCall(delta);
    }
  }

  end({ finish, usage }: FinishedAnswer) {
    // Gemini says "stop" after calls too.
    const reason = this.#flavour === "gemini" && finish === "tool_calls" ? "stop" : finish;
    const reported = usage && usageOf(usage);
    const inline = this.#flavour === "mistral" || this.#flavour === "gemini";
    const last = this.#chunk({}, reason, inline ? reported : undefined);
    const apart = !inline && this.#includeUsage && reported
      ? this.#event({ choices: [], usage: reported })
      : "";
    return `${last}${apart}data: [DONE]\n\n`;
  }

  error(kind: FailureKind) {
    const { body } = openAIFailure(kind, this.#model, this.#flavour);
    const event = this.#flavour === "lmstudio" ? "event: error\n" : "";
    return `${event}data: ${JSON.stringify(Array.isArray(body) ? body[0] : body)}\n\n`;
  }

  #toolCall({ id, name, arguments: args, fragments = 1 }: Extract<WholeDelta, { type: "tool_call" }>) {
    // Gemini numbers every call 0 and sends each whole.
    const index = this.#flavour === "gemini" ? 0 : this.#calls;
    const head = { index, id: id ?? `call_${this.#calls}`, type: "function" };
    this.#calls++;
    if (this.#flavour === "gemini") {
      return this.#chunk({ tool_calls: [{ ...head, function: { name, arguments: args } }] });
    }
    const first = this.#chunk({ tool_calls: [{ ...head, function: { name, arguments: "" } }] });
    const rest = split(args, fragments).map((part) =>
      this.#chunk({ tool_calls: [{ index, function: { arguments: part } }] })
    );
    return first + rest.join("");
  }

  #chunk(delta: Record<string, unknown>, finish_reason: string | null = null, usage?: unknown) {
    const choice = { index: 0, delta, logprobs: null, finish_reason };
    const inStream = this.#flavour === "openai" && this.#includeUsage ? { usage: null } : {};
    return this.#event({ choices: [choice], ...(usage ? { usage } : inStream) });
  }

  #event(fields: Record<string, unknown>) {
    const id = "chatcmpl-AbC123";
    const chunk = { id, object: "chat.completion.chunk", created: CREATED, model: this.#model };
    const extra = this.#flavour === "openai"
      ? { service_tier: "default", system_fingerprint: "fp_44709d6fcb" }
      : {};
    return `data: ${JSON.stringify({ ...chunk, ...extra, ...fields })}\n\n`;
  }
}

/** The answer in one piece, by https://platform.openai.com/docs/api-reference/chat/object. */
export function wholeCompletion(model: string, answer: FinishedAnswer) {
  const calls = callsOf(answer).map(({ id, name, arguments: args }, i) => ({
    id: id ?? `call_${i}`,
    type: "function",
    function: { name, arguments: args },
  }));
  const reasoning = joined(answer, "reasoning");
  const message = {
    role: "assistant",
    content: joined(answer, "text") || null,
    refusal: null,
    annotations: [],
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return {
    id: "chatcmpl-AbC123",
    object: "chat.completion",
    created: CREATED,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: answer.finish }],
    ...(answer.usage ? { usage: usageOf(answer.usage) } : {}),
    service_tier: "default",
    system_fingerprint: "fp_44709d6fcb",
  };
}

function usageOf({ prompt, completion, reasoning = 0, cached = 0 }: NonNullable<FinishedAnswer["usage"]>) {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** The status and body with which each server tells a failure. */
export function openAIFailure(kind: FailureKind, model: string, flavour: OpenAIFlavour): HttpError {
  const { status, message, type, code, param = null } = official(kind, model);
  switch (flavour) {
    case "vllm":
      return { status, body: { error: { message, type: vllmType(status), param, code: status } } };
    case "lmstudio":
      return { status, body: { error: message } };
    case "mistral":
      return {
        status,
        body: { object: "error", message, type, param, code: String(status), raw_status_code: status },
      };
    case "gemini":
      return { status, body: [{ error: { code: status, message, status: type.toUpperCase() } }] };
    default:
      return { status, body: { error: { message, type, param, code } } };
  }
}

/** vLLM names errors after its classes. */
function vllmType(status: number): string {
  if (status === 404) return "NotFoundError";
  return status >= 500 ? "InternalServerError" : "BadRequestError";
}

interface Official {
  status: number;
  message: string;
  type: string;
  code: string | null;
  param?: string;
}

/** https://platform.openai.com/docs/guides/error-codes */
function official(kind: FailureKind, model: string): Official {
  const request = "invalid_request_error";
  switch (kind) {
    case "auth":
      return {
        status: 401,
        message:
          "Incorrect API key provided: sk-fake*******************test. You can find your API key at https://platform.openai.com/account/api-keys.",
        type: request,
        code: "invalid_api_key",
      };
    case "rate_limit":
      return {
        status: 429,
        message:
          "Rate limit reached for gpt-4o-mini in organization org-123 on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more.",
        type: "requests",
        code: "rate_limit_exceeded",
      };
    case "context_length":
      return {
        status: 400,
        message:
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
        type: request,
        param: "messages",
        code: "context_length_exceeded",
      };
    case "model_not_found":
      return {
        status: 404,
        message: `The model \`${model}\` does not exist or you do not have access to it.`,
        type: request,
        code: "model_not_found",
      };
    case "overloaded":
      return {
        status: 503,
        message: "The engine is currently overloaded, please try again later",
        type: "server_error",
        code: "unavailable",
      };
    case "server_error":
      return {
        status: 500,
        message: "The server had an error while processing your request. Sorry about that!",
        type: "server_error",
        code: null,
      };
    case "bad_request":
      return {
        status: 400,
        message: "Invalid value for 'temperature': expected a number at most 2, but got 3 instead.",
        type: request,
        param: "temperature",
        code: "decimal_above_max_value",
      };
  }
}
