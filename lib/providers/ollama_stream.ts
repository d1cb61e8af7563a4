import type { ChatResponse } from "ollama/browser";
import { type ChatDelta, type FinishReason, newId, type Usage } from "../shared/mod.ts";
import { isRecord } from "./prompt.ts";

/** Reads the parts of a streamed answer (https://docs.ollama.com/api/chat); calls of tools come whole. */
export async function* readOllamaStream(parts: AsyncIterable<ChatResponse>): AsyncGenerator<ChatDelta> {
  let calls = 0;
  for await (const { message, ...part } of parts) {
    if (message?.thinking) yield { type: "reasoning", text: message.thinking };
    if (message?.content) yield { type: "text", text: message.content };
    for (const call of message?.tool_calls ?? []) {
      yield {
        type: "tool_call",
        index: calls++,
        id: idOf(call) ?? `call_${newId()}`,
        name: call.function.name,
        arguments: JSON.stringify(call.function.arguments ?? {}),
      };
    }
    if (!part.done) continue;
    yield { type: "finish", reason: finishReasonOf(part.done_reason, calls > 0) };
    const usage = usageOf(part);
    if (usage) yield { type: "usage", usage };
  }
}

function finishReasonOf(reason: string | undefined, calledTools: boolean): FinishReason {
  if (reason === "length") return "length";
  return calledTools ? "tool_calls" : "stop";
}

/** `prompt_eval_count` is absent where the whole prompt was cached. */
function usageOf(part: Omit<ChatResponse, "message">): Usage | undefined {
  if (part.eval_count === undefined && part.prompt_eval_count === undefined) return undefined;
  const promptTokens = part.prompt_eval_count ?? 0;
  const completionTokens = part.eval_count ?? 0;
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: false };
}

/** Newer servers give calls an id that the client does not type. */
function idOf(call: unknown): string | undefined {
  return isRecord(call) && typeof call.id === "string" && call.id !== "" ? call.id : undefined;
}
