import { type ChatDelta, type ChatRequest, estimateTokens, type PromptMessage } from "../../shared/mod.ts";
import { Splice } from "./splice.ts";

/** What all nodes together have written of one answer, and how the next one may go on with it. */
export class AnswerSoFar {
  readonly #request: ChatRequest;
  #text = "";
  #hasReasoning = false;
  #hasToolCall = false;
  #isFinished = false;
  #isRaw = false;

  constructor(request: ChatRequest) {
    this.#request = request;
  }

  /** Notes what the caller was given. Every token comes by here. */
  add(delta: ChatDelta): void {
    if (delta.type === "text") this.#text += delta.text;
    else if (delta.type === "reasoning") this.#hasReasoning = true;
    else if (delta.type === "tool_call") this.#hasToolCall = true;
    else if (delta.type === "finish") this.#isFinished = true;
  }

  /** Notes that the caller was given what nobody has read. */
  addRaw(): void {
    this.#isRaw = true;
  }

  /** Whether the answer has come to its end. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether there is text to go on with. */
  get hasText(): boolean {
    return this.#text.trimEnd() !== "";
  }

  /** Whether anything of the answer was written. */
  get hasBegun(): boolean {
    return this.#text !== "" || this.#isRaw || this.#hasReasoning || this.#hasToolCall;
  }

  /**
   * Whether another node can go on from here: not in a tool call, which might be made twice, nor in JSON, of which half may have
   * been held back or checked by the server that broke off.
   */
  get canGoOn(): boolean {
    const format = this.#request.responseFormat?.type ?? "text";
    return !this.#isRaw && !this.#hasToolCall && !this.#isFinished && format === "text";
  }

  /**
   * What to ask the next node for. Thoughts are not gone on with: a node that has only thought is followed by one that begins.
   * One that may say everything once more (`mayReplay`) may say as much as the first.
   */
  request(model: string, mayReplay: boolean): ChatRequest {
    const request = model === this.#request.model ? this.#request : { ...this.#request, model };
    const written = this.#text.trimEnd();
    if (written === "") return request;
    const { maxTokens } = request;
    const messages = withAnswer(request.messages, written);
    if (maxTokens === undefined || mayReplay) return { ...request, messages, continues: true };
    const left = Math.max(1, maxTokens - estimateTokens(this.#text));
    return { ...request, maxTokens: left, messages, continues: true };
  }

  /** How many characters were written. */
  get length(): number {
    return this.#text.length;
  }

  /** What joins the next node's text to this; undefined where nothing was written. */
  splice(mayReplay: boolean): Splice | undefined {
    return this.#text === "" ? undefined : new Splice(this.#text, mayReplay);
  }
}

/** The caller may have begun the answer already, with a last message of the assistant. */
function withAnswer(messages: readonly PromptMessage[], text: string): PromptMessage[] {
  const last = messages.at(-1);
  if (last?.role !== "assistant" || last.toolCalls?.length) {
    return [...messages, { role: "assistant", content: [{ type: "text", text }] }];
  }
  return [...messages.slice(0, -1), { ...last, content: [...last.content, { type: "text", text }] }];
}
