import type { ChatDelta, ToolCall } from "../shared/mod.ts";
import type { AssistantMessage } from "./schemas/chat_response.ts";

/** Puts a message together from its deltas. */
export class MessageBuilder {
  #text = "";
  #reasoning = "";
  #toolCalls = new Map<number, ToolCall>();

  /** Takes a delta; those that are no part of a message do nothing. */
  add(delta: ChatDelta): void {
    if (delta.type === "text") this.#text += delta.text;
    else if (delta.type === "reasoning") this.#reasoning += delta.text;
    else if (delta.type === "tool_call") this.#addToolCall(delta);
  }

  /** The message so far. `content` is null only where there are tool calls in its place, as with OpenAI. */
  build(): AssistantMessage {
    const message: AssistantMessage = {
      role: "assistant",
      content: this.#text === "" && this.#toolCalls.size > 0 ? null : this.#text,
      refusal: null,
    };
    if (this.#reasoning !== "") message.reasoning_content = this.#reasoning;
    if (this.#toolCalls.size > 0) message.tool_calls = this.#inOrder();
    return message;
  }

  #addToolCall(delta: Extract<ChatDelta, { type: "tool_call" }>): void {
    let call = this.#toolCalls.get(delta.index);
    if (!call) this.#toolCalls.set(delta.index, call = { id: "", name: "", arguments: "" });
    call.id ||= delta.id ?? "";
    call.name ||= delta.name ?? "";
    call.arguments += delta.arguments ?? "";
  }

  #inOrder(): NonNullable<AssistantMessage["tool_calls"]> {
    return [...this.#toolCalls].toSorted(([a], [b]) => a - b).map(([, { id, name, arguments: args }]) => ({
      id,
      type: "function",
      function: { name, arguments: args },
    }));
  }
}
