import { type ChatDelta, type FinishReason, newId, type Usage } from "../shared/mod.ts";
import { defined } from "./defined.ts";
import type { ErrorContext } from "./error_context.ts";
import { streamError } from "./errors.ts";
import { isRecord } from "./prompt.ts";

/** What is read of a chunk of Chat Completions, as all the servers that speak it send it. */
export interface ChatChunk {
  choices?: {
    delta?: ChunkDelta | null;
    finish_reason?: string | null;
  }[] | null;
  usage?: ChunkUsage | null;
}

interface ChunkDelta {
  /** Text, or with Mistral's reasoning models a list of parts. */
  content?: unknown;
  refusal?: string | null;
  /** Reasoning, as OpenRouter, newer vLLM, Groq and Ollama name it. */
  reasoning?: unknown;
  /** Reasoning, as DeepSeek, LM Studio, llama.cpp and older vLLM name it. */
  reasoning_content?: unknown;
  tool_calls?: ToolCallFragment[] | null;
}

interface ToolCallFragment {
  index?: number;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown };
}

interface ChunkUsage {
  prompt_tokens?: number | null;
  completion_tokens?: number | null;
  total_tokens?: number | null;
  prompt_tokens_details?: { cached_tokens?: number | null } | null;
  completion_tokens_details?: { reasoning_tokens?: number | null } | null;
}

/** Finish reasons that tell of a failure: OpenRouter and Mistral, DeepSeek, vLLM. */
const FAILURES = new Set(["error", "insufficient_system_resource", "abort"]);

/** Reads a stream of chunks. The usage comes last, once, though some servers send it with every chunk. */
export async function* readChatChunks(
  chunks: AsyncIterable<ChatChunk>,
  context: ErrorContext,
): AsyncGenerator<ChatDelta> {
  const reader = new ChatChunkReader(context);
  for await (const chunk of chunks) {
    const deltas: ChatDelta[] = [];
    try {
      reader.read(chunk, deltas);
    } finally {
      for (const delta of deltas) yield delta;
    }
  }
  const last: ChatDelta[] = [];
  reader.end(last);
  for (const delta of last) yield delta;
}

/** What `readChatChunks` does, chunk by chunk: a step of an async generator costs more than to read what it passes on. */
export class ChatChunkReader {
  readonly #context: ErrorContext;
  readonly #calls = new ToolCallReader();
  #usage: ChunkUsage | undefined;
  #finished = false;

  constructor(context: ErrorContext) {
    this.#context = context;
  }

  /** Adds the deltas of a chunk. Throws, after what came before, where the finish reason tells of a failure. */
  read(chunk: ChatChunk, deltas: ChatDelta[]): void {
    if (chunk.usage) this.#usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (!choice) return;
    const delta = choice.delta ?? {};
    addReasoning(deltas, delta.reasoning_content ?? delta.reasoning);
    addContent(deltas, delta.content);
    if (delta.refusal) deltas.push({ type: "text", text: delta.refusal });
    for (const fragment of delta.tool_calls ?? []) deltas.push(this.#calls.read(fragment));
    if (!choice.finish_reason || this.#finished) return;
    if (FAILURES.has(choice.finish_reason)) {
      throw streamError(`the model stopped with "${choice.finish_reason}"`, this.#context);
    }
    this.#finished = true;
    deltas.push({ type: "finish", reason: finishReasonOf(choice.finish_reason, this.#calls.count > 0) });
  }

  /** Adds what follows the last chunk. */
  end(deltas: ChatDelta[]): void {
    if (this.#finished && this.#usage) deltas.push({ type: "usage", usage: toUsage(this.#usage) });
  }
}

function addReasoning(deltas: ChatDelta[], value: unknown): void {
  if (typeof value === "string" && value !== "") deltas.push({ type: "reasoning", text: value });
}

function addContent(deltas: ChatDelta[], content: unknown): void {
  if (typeof content === "string") {
    if (content !== "") deltas.push({ type: "text", text: content });
    return;
  }
  if (!Array.isArray(content)) return;
  for (const part of content) {
    if (!isRecord(part)) continue;
    if (part.type === "thinking" && Array.isArray(part.thinking)) {
      for (const thought of part.thinking) if (isRecord(thought)) addReasoning(deltas, thought.text);
    } else {
      addContent(deltas, part.text);
    }
  }
}

/**
 * Puts fragments of calls together. Gemini gives every call of one answer the index 0, so that only a new id tells a new
 * call; some servers repeat id and name with every fragment, leave the id out, or send the arguments as an object.
 */
class ToolCallReader {
  #current = new Map<number, { index: number; id: string }>();
  count = 0;

  read(fragment: ToolCallFragment): ChatDelta {
    const wireIndex = fragment.index ?? Math.max(0, this.count - 1);
    const known = this.#current.get(wireIndex);
    const args = argumentsOf(fragment.function?.arguments);
    if (known && (!fragment.id || fragment.id === known.id)) {
      return defined({ type: "tool_call" as const, index: known.index, arguments: args });
    }
    const call = { index: this.count++, id: fragment.id || `call_${newId()}` };
    this.#current.set(wireIndex, call);
    return defined({
      type: "tool_call" as const,
      ...call,
      name: fragment.function?.name ?? "",
      arguments: args,
    });
  }
}

function argumentsOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function finishReasonOf(reason: string, calledTools: boolean): FinishReason {
  switch (reason) {
    case "length":
    case "model_length":
    case "max_tokens":
      return "length";
    case "content_filter":
      return "content_filter";
    default:
      // Gemini and others say "stop" after calls too.
      return calledTools || reason === "tool_calls" || reason === "function_call" ? "tool_calls" : "stop";
  }
}

function toUsage(usage: ChunkUsage): Usage {
  const promptTokens = usage.prompt_tokens ?? 0;
  const completionTokens = usage.completion_tokens ?? 0;
  return defined({
    promptTokens,
    completionTokens,
    totalTokens: usage.total_tokens ?? promptTokens + completionTokens,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? undefined,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? undefined,
    estimated: false,
  });
}
