import { type ChatSettings, newId, type SocketRequest, type StartedRun } from "../shared/mod.ts";
import type { KeyBudgets, Principal } from "../access/mod.ts";
import type { Chats } from "../chats/mod.ts";

/** A message that is to be answered. */
export type InferenceRequest = Extract<SocketRequest, { type: "inference" }>;

/** An answer that was asked for. */
export interface Inference {
  /** Of the request; made here where it had none. */
  id: string;
  started: StartedRun;
}

/** Starts answers. The same id starts one, however often and over however many sockets it comes. */
export class Inferences {
  readonly #chats: Chats;
  readonly #budgets: Pick<KeyBudgets, "check">;

  constructor(options: { chats: Chats; budgets: Pick<KeyBudgets, "check"> }) {
    this.#chats = options.chats;
    this.#budgets = options.budgets;
  }

  /**
   * Commits the message with its run, or finds those that the id made before. Throws as `Conversation.send` does, and a
   * `BudgetError` where a budget of the key is spent, before anything is kept.
   */
  async start(principal: Principal, request: InferenceRequest): Promise<Inference> {
    await this.#budgets.check(principal);
    const { id = newId(), model, content } = request;
    const settings = model === undefined ? {} : { model };
    const chatId = request.chatId ?? (await this.#chats.create(principal, { settings }, id)).id;
    const body = { text: content, ...await this.#changed(principal, chatId, settings) };
    return { id, started: await this.#chats.conversation.send(principal, chatId, body, id) };
  }

  /** The settings that the chat gets by the message. */
  async #changed(
    principal: Principal,
    chatId: string,
    settings: ChatSettings,
  ): Promise<{ settings?: ChatSettings }> {
    if (settings.model === undefined) return {};
    const chat = await this.#chats.get(principal, chatId);
    return { settings: { ...chat.settings, ...settings } };
  }
}
