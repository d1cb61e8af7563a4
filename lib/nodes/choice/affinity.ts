import type { ChatRequest } from "../../shared/mod.ts";
import type { CallSource } from "../../analytics/mod.ts";

/** ms after which a server has most likely dropped the prompt of a conversation (Ollama keeps a model for 5 minutes). */
const HELD_MS = 300_000;
const CONVERSATIONS_MAX = 5_000;
const OPENING_CHARS = 2_000;

/** Remembers which node a conversation was on, since that node holds its prompt in its cache. */
export class Affinity {
  readonly #now: () => number;
  /** In the order of their last use. */
  readonly #nodes = new Map<string, { nodeId: string; at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The node that a conversation was on a short while ago. */
  nodeOf(conversation: string): string | undefined {
    const found = this.#nodes.get(conversation);
    return found && this.#now() - found.at < HELD_MS ? found.nodeId : undefined;
  }

  /** A conversation was answered by a node. */
  set(conversation: string, nodeId: string): void {
    this.#nodes.delete(conversation);
    this.#nodes.set(conversation, { nodeId, at: this.#now() });
    if (this.#nodes.size <= CONVERSATIONS_MAX) return;
    const [oldest] = this.#nodes.keys();
    if (oldest !== undefined) this.#nodes.delete(oldest);
  }
}

/**
 * What tells a conversation from others: the chat or project it belongs to; of a program, who asks and how the conversation
 * begins.
 */
export function conversationOf(source: CallSource, request: ChatRequest, caller: string): string {
  const { model } = request;
  if (source.type === "chat") return `chat ${source.chatId} ${model}`;
  if (source.type === "project") return `project ${source.projectId} ${model}`;
  let opening = "";
  for (const { role, content } of request.messages) {
    if (role === "assistant" || opening.length >= OPENING_CHARS) break;
    for (const part of content) {
      opening += `\n${part.type === "text" ? part.text.slice(0, OPENING_CHARS) : part.data.slice(0, 100)}`;
    }
  }
  return `${caller} ${model} ${opening.slice(0, OPENING_CHARS)}`;
}
