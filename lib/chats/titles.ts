import type { Chat } from "../shared/mod.ts";
import type { Preferences, Principal } from "../access/mod.ts";
import type { Log } from "../host/mod.ts";
import type { ModelCall, Nodes } from "../nodes/mod.ts";
import { plainText } from "../markdown/mod.ts";
import type { Store } from "../store/mod.ts";
import type { ChatStore } from "./chat_store.ts";
import { MessageTree } from "./tree.ts";

const TITLE_MAX_CHARS = 60;
const TITLE_TIMEOUT_MS = 30_000;
const EXCERPT_CHARS = 1_500;
const INSTRUCTION = "Write a title of three to six words for this conversation, in its language. " +
  "Answer with the title alone: no quotation marks, no full stop, no explanation.";

/** What a chat is called until a model has named it: the first words of its first message. */
export function fallbackTitle(text: string): string {
  const words = plainText(text).replaceAll(/\s+/g, " ").trim();
  if (words.length <= TITLE_MAX_CHARS) return words;
  // An emoji that is cut in two is no text any more.
  const cut = words.slice(0, TITLE_MAX_CHARS).replace(/[\uD800-\uDBFF]$/, "");
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_MAX_CHARS / 2)).trimEnd() + "…";
}

/** What titles need. */
export interface TitlesOptions {
  store: Store;
  chats: ChatStore;
  nodes: Nodes;
  preferences: Preferences;
  log: Log;
}

/** Gives chats their titles, in the background, by the model that answered. */
export class Titles {
  #options: TitlesOptions;
  #log: Log;
  #closing = new AbortController();
  #working = new Set<Promise<void>>();

  constructor(options: TitlesOptions) {
    this.#options = options;
    this.#log = options.log.of("chats");
  }

  /** Names a chat after its first answer, at the expense of whoever asked for that, unless the person has named it. */
  name(principal: Principal, chatId: string, messageId: string): void {
    if (this.#closing.signal.aborted) return;
    const work = this.#name(principal, chatId, messageId)
      .catch((error) => this.#log.debug("A chat kept its first words as title", { chat: chatId, error }))
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  /** Gives up on what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#working);
  }

  async #name(principal: Principal, chatId: string, messageId: string): Promise<void> {
    const { chats, preferences, store } = this.#options;
    const { value: chat } = await chats.get(principal, chatId);
    const { autoTitles, localOnly } = await preferences.get(principal);
    if (chat.titleSource !== "auto" || !autoTitles) return;
    const tree = new MessageTree(store, principal.profileId, chatId);
    const { value: assistant } = await tree.get(messageId);
    if (!assistant.model || assistant.parentId === null) return;
    const { value: user } = await tree.get(assistant.parentId);
    if (user.parentId !== null) return;
    const call = { principal, localOnly: chat.settings.localOnly ?? localOnly };
    const title = cleanTitle(await this.#ask(call, chatId, assistant.model, user.text, assistant.text));
    if (!title) return;
    await chats.change(principal, chatId, (current) => {
      const chat: Chat = current.titleSource === "auto" ? { ...current, title } : current;
      return Promise.resolve({ chat, result: undefined });
    });
  }

  async #ask(
    call: Pick<ModelCall, "principal" | "localOnly">,
    chatId: string,
    model: string,
    question: string,
    reply: string,
  ): Promise<string> {
    const content = `${question.slice(0, EXCERPT_CHARS)}\n\n---\n\n${reply.slice(0, EXCERPT_CHARS)}`;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(TITLE_TIMEOUT_MS)]);
    let title = "";
    const answer = this.#options.nodes.dispatcher.dispatch({
      ...call,
      source: { type: "title", chatId },
      signal,
      request: {
        model,
        messages: [
          { role: "system", content: [{ type: "text", text: INSTRUCTION }] },
          { role: "user", content: [{ type: "text", text: content }] },
        ],
        maxTokens: 200,
        temperature: 0.2,
        reasoning: "off",
      },
    });
    for await (const event of answer) if (event.type === "text") title += event.text;
    return title;
  }
}

function cleanTitle(raw: string): string {
  const line = raw.replace(/<think>[\s\S]*?<\/think>/g, "").trim().split("\n")[0] ?? "";
  const title = plainText(line).replace(/^(title|titel)\s*:\s*/i, "").replaceAll(
    /^["'“„«]+|["'”“»]+$|[.\s]+$/g,
    "",
  );
  return fallbackTitle(title);
}
