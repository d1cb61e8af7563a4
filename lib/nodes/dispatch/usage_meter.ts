import {
  type ChatDelta,
  type ChatRequest,
  estimateTokens,
  IMAGE_TOKENS,
  type Usage,
} from "../../shared/mod.ts";

/** An estimate of a request's prompt tokens. */
export function estimatePrompt(request: Pick<ChatRequest, "messages" | "tools">): number {
  let tokens = 0;
  for (const message of request.messages) {
    tokens += 4;
    for (const part of message.content) {
      tokens += part.type === "text" ? estimateTokens(part.text) : IMAGE_TOKENS;
    }
    for (const call of message.toolCalls ?? []) tokens += estimateTokens(call.name + call.arguments);
  }
  return tokens + (request.tools ? estimateTokens(JSON.stringify(request.tools)) : 0);
}

/** Follows an answer: the server's figures where it reports them, else our own estimate, marked as one. */
export class UsageMeter {
  #request: ChatRequest;
  #reported: Usage | undefined;
  #written = 0;
  #rest = "";

  constructor(request: ChatRequest) {
    this.#request = request;
  }

  /** True once the server has reported figures. */
  get isReported(): boolean {
    return this.#reported !== undefined;
  }

  /** Takes a delta into account. */
  add(delta: ChatDelta): void {
    if (delta.type === "usage") this.#reported = delta.usage;
    else if (delta.type === "text" || delta.type === "reasoning") this.#count(delta.text);
    else if (delta.type === "tool_call") this.#count((delta.name ?? "") + (delta.arguments ?? ""));
  }

  /** Takes into account events that nobody has read. */
  addEvents(count: number): void {
    this.#written += count;
  }

  /** The usage so far. */
  total(): Usage {
    if (this.#reported) return this.#reported;
    const promptTokens = estimatePrompt(this.#request);
    const completionTokens = this.#written + estimateTokens(this.#rest);
    return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
  }

  /** Counts in pieces of some length: rounding up every token by itself would count too much. */
  #count(text: string): void {
    this.#rest += text;
    if (this.#rest.length < 512) return;
    this.#written += estimateTokens(this.#rest);
    this.#rest = "";
  }
}
