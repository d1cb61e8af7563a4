import {
  type ChatSettings,
  FreshetError,
  newId,
  type SocketRequest,
  type StartedRun,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Chats } from "../chats/mod.ts";
import { keys, type Store } from "../store/mod.ts";

/** As long as the idempotency keys of messages are kept (ms). */
const KEPT_MS = 24 * 60 * 60_000;
/** Seconds after which a message may be sent again that came before the answer above it was whole. */
const BUSY_SECONDS = 1;

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
  readonly #store: Store;
  readonly #chats: Chats;
  /** Chats that are being made, by their keys. */
  #making = new Map<string, Promise<string>>();

  constructor(options: { store: Store; chats: Chats }) {
    this.#store = options.store;
    this.#chats = options.chats;
  }

  /** Commits the message with its run, or finds those that the id made before. Throws as `Conversation.send` does. */
  async start(principal: Principal, request: InferenceRequest): Promise<Inference> {
    const { id = newId(), model, content } = request;
    const settings = model === undefined ? {} : { model };
    const chatId = request.chatId ?? await this.#newChat(principal, id, settings);
    const body = { text: content, ...await this.#changed(principal, chatId, settings) };
    try {
      return { id, started: await this.#chats.conversation.send(principal, chatId, body, id) };
    } catch (error) {
      throw await this.#isBusy(principal, chatId, error) ? busy() : error;
    }
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

  async #newChat(principal: Principal, id: string, settings: ChatSettings): Promise<string> {
    const name = `${principal.profileId}/${id}`;
    const making = this.#making.get(name) ?? this.#findOrMakeChat(principal, id, settings);
    this.#making.set(name, making);
    try {
      return await making;
    } finally {
      this.#making.delete(name);
    }
  }

  async #findOrMakeChat(principal: Principal, id: string, settings: ChatSettings): Promise<string> {
    const { kv } = this.#store;
    const key = keys.idempotency(principal.profileId, `socket/${id}`);
    const found = await kv.get<string>(key);
    if (found.value !== null) return found.value;
    const chat = await this.#chats.create(principal, { settings });
    const kept = await kv.atomic().check(found).set(key, chat.id, { expireIn: KEPT_MS }).commit();
    if (kept.ok) return chat.id;
    // Another process was faster.
    await this.#chats.delete(principal, chat.id);
    return await this.#findOrMakeChat(principal, id, settings);
  }

  /** True where the message only came before its time. */
  async #isBusy(principal: Principal, chatId: string, error: unknown): Promise<boolean> {
    if (!(error instanceof FreshetError) || error.code !== "conflict") return false;
    const { messages } = await this.#chats.page(principal, chatId, undefined, 1);
    return messages.at(-1)?.status === "streaming";
  }
}

function busy(): FreshetError {
  return new FreshetError("conflict", "The answer above is still being written", {
    hint: "Wait for it or stop it",
    retryAfter: BUSY_SECONDS,
  });
}
