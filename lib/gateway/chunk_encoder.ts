import type { ChatDelta, FinishReason } from "../shared/mod.ts";
import type { OpenAiErrorBody } from "./schemas/error.ts";
import type { AssistantMessage, UsageBody } from "./schemas/chat_response.ts";

/** What is the same in all chunks of a stream. */
export interface ChunkHead {
  id: string;
  /** Seconds since 1970. */
  created: number;
  /** As the caller named it. */
  model: string;
  includeUsage: boolean;
}

/** The line that ends a stream that is whole. */
export const DONE = "data: [DONE]\n\n";

/** A comment; a second newline after it would be an empty event, over which OpenAI's client for Python stumbles. */
export const KEEP_ALIVE = ": keep-alive\n";

/** An error in mid-stream. */
export function encodeError(body: OpenAiErrorBody): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}

/** Writes the chunks of one stream as server-sent events: all but the delta is made once. */
export class ChunkEncoder {
  #head: string;
  #tail: string;
  #deltaHead: string;
  #deltaTail: string;

  constructor({ id, created, model, includeUsage }: ChunkHead) {
    const fields = JSON.stringify({ id, object: "chat.completion.chunk", created, model });
    this.#head = `data: ${fields.slice(0, -1)},"choices":[`;
    // OpenAI has it on every chunk but the last when usage was asked for.
    this.#tail = includeUsage ? '],"usage":null}\n\n' : "]}\n\n";
    this.#deltaHead = `${this.#head}{"index":0,"delta":`;
    this.#deltaTail = `,"logprobs":null,"finish_reason":null}${this.#tail}`;
  }

  /** The chunk that begins the message. */
  start(): string {
    return this.#delta('{"role":"assistant","content":""}');
  }

  /** The chunk of a delta; nothing for deltas of which a client is not told. */
  delta(delta: ChatDelta): string {
    if (delta.type === "text") return this.#delta(`{"content":${JSON.stringify(delta.text)}}`);
    if (delta.type === "reasoning") return this.#delta(`{"reasoning_content":${JSON.stringify(delta.text)}}`);
    return delta.type === "tool_call" ? this.#delta(JSON.stringify({ tool_calls: [toolCall(delta)] })) : "";
  }

  /** The chunk that says why the model stopped, with the whole message where it was asked for. */
  finish(reason: FinishReason, message: AssistantMessage | undefined): string {
    const choice = {
      index: 0,
      delta: {},
      logprobs: null,
      finish_reason: reason,
      finishReason: reason,
      ...(message ? { message } : {}),
    };
    return this.#head + JSON.stringify(choice) + this.#tail;
  }

  /** The chunk of the usage, which has no choice; as it is the last, it carries the message too. */
  usage(usage: UsageBody, message: AssistantMessage | undefined): string {
    const rest = JSON.stringify({ usage, ...(message ? { message } : {}) });
    return `${this.#head}],${rest.slice(1)}\n\n`;
  }

  #delta(json: string): string {
    return this.#deltaHead + json + this.#deltaTail;
  }
}

function toolCall(delta: Extract<ChatDelta, { type: "tool_call" }>) {
  const { index, id, name } = delta;
  const called = { ...(name === undefined ? {} : { name }), arguments: delta.arguments ?? "" };
  return { index, ...(id === undefined ? {} : { id, type: "function" }), function: called };
}
