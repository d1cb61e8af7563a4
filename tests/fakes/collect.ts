import type { ChatDelta, ChatRequest, FinishReason, Usage } from "../../lib/shared/mod.ts";

/** An answer put together from its deltas. */
export interface CollectedAnswer {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; arguments: string }[];
  finish: FinishReason | undefined;
  usage: Usage | undefined;
}

/** Puts the deltas of an answer together; throws where they break the promises of `ChatDelta`. */
export async function collect(deltas: AsyncIterable<ChatDelta>): Promise<CollectedAnswer> {
  const answer: CollectedAnswer = { text: "", reasoning: "", calls: [], finish: undefined, usage: undefined };
  for await (const delta of deltas) {
    if (answer.finish !== undefined && delta.type !== "usage") {
      throw new Error(`A ${delta.type} after the finish`);
    }
    switch (delta.type) {
      case "text":
        answer.text += delta.text;
        break;
      case "reasoning":
        answer.reasoning += delta.text;
        break;
      case "tool_call":
        addFragment(answer.calls, delta);
        break;
      case "finish":
        answer.finish = delta.reason;
        break;
      case "usage":
        if (answer.usage) throw new Error("A second usage");
        answer.usage = delta.usage;
    }
  }
  return answer;
}

function addFragment(
  calls: CollectedAnswer["calls"],
  delta: Extract<ChatDelta, { type: "tool_call" }>,
): void {
  const call = calls[delta.index];
  if (call) {
    if (delta.id !== undefined || delta.name !== undefined) throw new Error("An id or name comes once");
    call.arguments += delta.arguments ?? "";
    return;
  }
  if (delta.index !== calls.length) throw new Error(`Call ${delta.index} comes before call ${calls.length}`);
  if (!delta.id || !delta.name) throw new Error("The first fragment of a call has its id and name");
  calls.push({ id: delta.id, name: delta.name, arguments: delta.arguments ?? "" });
}

/** A request of one message by a person. */
export function ask(model: string, text: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return { model, messages: [{ role: "user", content: [{ type: "text", text }] }], ...more };
}

/** A signal that nobody aborts. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
