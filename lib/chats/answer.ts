import {
  type ChatRequest,
  type FinishReason,
  FreshetError,
  type PromptMessage,
  type RunEvent,
  type ToolCall,
} from "../shared/mod.ts";
import type { Dispatcher, ModelCall } from "../nodes/mod.ts";
import type { ToolContext, ToolRegistry } from "../tools/mod.ts";
import { ThinkTags } from "./think_tags.ts";

/** A model that calls tools without end is stopped after this many rounds. */
const ROUNDS_MAX = 8;

/** What an answer is made of. */
export interface AnswerOptions {
  call: Omit<ModelCall, "signal">;
  dispatcher: Dispatcher;
  tools: ToolRegistry;
  toolContext: ToolContext;
}

/** One answer as the events of a run: calls the model, lets it call tools, and calls it again with what they said. */
export async function* answer(
  { call, dispatcher, tools, toolContext }: AnswerOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, FinishReason, undefined> {
  const messages: PromptMessage[] = [...call.request.messages];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const request: ChatRequest = { ...call.request, messages };
    const { finishReason, text, toolCalls } = yield* oneCall(dispatcher, { ...call, request, signal });
    if (finishReason !== "tool_calls" || toolCalls.length === 0) return finishReason;
    messages.push({ role: "assistant", content: text ? [{ type: "text", text }] : [], toolCalls });
    for (const toolCall of toolCalls) {
      yield { type: "tool_call", call: toolCall };
      const result = await tools.call(toolCall.name, toolCall.arguments, toolContext);
      signal.throwIfAborted();
      yield { type: "tool_result", callId: toolCall.id, name: toolCall.name, ...result };
      const content = [{ type: "text" as const, text: result.content }];
      messages.push({ role: "tool", toolCallId: toolCall.id, name: toolCall.name, content });
    }
  }
  throw new FreshetError("upstream", `The model went on calling tools after ${ROUNDS_MAX} rounds`);
}

interface CallResult {
  finishReason: FinishReason;
  text: string;
  toolCalls: ToolCall[];
}

async function* oneCall(
  dispatcher: Dispatcher,
  call: ModelCall,
): AsyncGenerator<RunEvent, CallResult, undefined> {
  let text = "";
  let finishReason: FinishReason | undefined;
  const toolCalls = new Map<number, ToolCall>();
  const tags = new ThinkTags();
  const written = function* (pieces: ReturnType<ThinkTags["push"]>) {
    for (const piece of pieces) {
      if (piece.type === "text") text += piece.text;
      yield piece;
    }
  };
  try {
    for await (const event of dispatcher.dispatch(call)) {
      switch (event.type) {
        case "text":
          yield* written(tags.push(event.text));
          break;
        case "reasoning":
        case "usage":
        case "node":
          yield event;
          break;
        case "queue": {
          const { position, waiting, expectedMs } = event;
          yield { type: "status", status: "queued", message: "", position, waiting, expectedMs };
          break;
        }
        case "loading":
          yield { ...event, type: "status", status: "loading" };
          break;
        case "tool_call": {
          const known = toolCalls.get(event.index) ??
            { id: event.id ?? crypto.randomUUID(), name: "", arguments: "" };
          toolCalls.set(event.index, known);
          known.name += event.name ?? "";
          known.arguments += event.arguments ?? "";
          break;
        }
        case "finish":
          finishReason = event.reason;
      }
    }
  } catch (error) {
    yield* written(tags.end());
    throw error;
  }
  yield* written(tags.end());
  if (!finishReason) throw new FreshetError("upstream", "The answer was cut off");
  return { finishReason, text, toolCalls: [...toolCalls.values()] };
}
