import type { RawMessageStreamEvent, StopReason } from "@anthropic-ai/sdk/resources/messages";
import type { ChatDelta, FinishReason, Usage } from "../shared/mod.ts";
import { defined } from "./defined.ts";
import { isRecord } from "./prompt.ts";

/** What is read of the usage in `message_start` and, cumulative, in `message_delta`. */
interface MessageUsage {
  input_tokens?: number | null;
  output_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  output_tokens_details?: { thinking_tokens?: number | null } | null;
}

/** Reads the events of a streamed message (https://platform.claude.com/docs/en/build-with-claude/streaming). */
export async function* readMessageEvents(
  events: AsyncIterable<RawMessageStreamEvent>,
): AsyncGenerator<ChatDelta> {
  const tools = new ToolInputs();
  let usage: MessageUsage = {};
  for await (const event of events) {
    switch (event.type) {
      case "message_start":
        usage = { ...event.message.usage };
        break;
      case "content_block_start":
        if (event.content_block.type === "tool_use") yield tools.start(event.index, event.content_block);
        break;
      case "content_block_delta":
        if (event.delta.type === "text_delta") yield { type: "text", text: event.delta.text };
        else if (event.delta.type === "thinking_delta") {
          yield { type: "reasoning", text: event.delta.thinking };
        } else if (event.delta.type === "input_json_delta") {
          yield* tools.append(event.index, event.delta.partial_json);
        }
        break;
      case "content_block_stop":
        yield* tools.stop(event.index);
        break;
      case "message_delta":
        usage = { ...usage, ...withoutNulls(event.usage) };
        if (!event.delta.stop_reason) break;
        yield { type: "finish", reason: finishReasonOf(event.delta.stop_reason) };
        yield { type: "usage", usage: toUsage(usage) };
        break;
    }
  }
}

/** Calls by the index of their block, which counts blocks of text too. */
class ToolInputs {
  #open = new Map<number, { index: number; whole: string; streamed: boolean }>();
  #count = 0;

  start(block: number, { id, name, input }: { id: string; name: string; input: unknown }): ChatDelta {
    const index = this.#count++;
    this.#open.set(block, { index, whole: JSON.stringify(input ?? {}), streamed: false });
    return { type: "tool_call", index, id, name };
  }

  *append(block: number, fragment: string): Generator<ChatDelta> {
    const call = this.#open.get(block);
    if (!call || fragment === "") return;
    call.streamed = true;
    yield { type: "tool_call", index: call.index, arguments: fragment };
  }

  /** A call without arguments streams none, and some compatible servers send all of them at the start. */
  *stop(block: number): Generator<ChatDelta> {
    const call = this.#open.get(block);
    this.#open.delete(block);
    if (call && !call.streamed) yield { type: "tool_call", index: call.index, arguments: call.whole };
  }
}

function finishReasonOf(reason: StopReason): FinishReason {
  switch (reason) {
    case "max_tokens":
    case "model_context_window_exceeded":
      return "length";
    case "tool_use":
      return "tool_calls";
    case "refusal":
      return "content_filter";
    default:
      return "stop";
  }
}

/** Tokens written to and read from the cache are counted apart from `input_tokens`. */
function toUsage(usage: MessageUsage): Usage {
  const cachedTokens = usage.cache_read_input_tokens ?? undefined;
  const promptTokens = (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) +
    (cachedTokens ?? 0);
  const completionTokens = usage.output_tokens ?? 0;
  return defined({
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? undefined,
    cachedTokens,
    estimated: false,
  });
}

function withoutNulls(usage: unknown): MessageUsage {
  if (!isRecord(usage)) return {};
  return Object.fromEntries(
    Object.entries(usage).filter(([, value]) => value !== null && value !== undefined),
  );
}
