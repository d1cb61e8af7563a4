import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Chat, ChatSettings } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { Clock } from "./clock.ts";

/** A pause in changing (ms) after which the chat's settings are saved. */
const SAVE_AFTER_MS = 500;

/** How the answers of the open chat are made. Changes are saved with the chat, or with the first message of a new one. */
export class RunSettings {
  readonly #values: Signal<ChatSettings>;
  readonly #api: ChatApi;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  #chatId: string | null;
  #cancelSave: (() => void) | undefined;

  constructor(chat: Chat | null, api: ChatApi, clock: Clock, onError: (error: unknown) => void) {
    this.#values = signal(chat?.settings ?? {});
    this.#chatId = chat?.id ?? null;
    this.#api = api;
    this.#clock = clock;
    this.#onError = onError;
  }

  get values(): ReadonlySignal<ChatSettings> {
    return this.#values;
  }

  /** Sets values; `undefined` goes back to the default. */
  change(changes: { [Key in keyof ChatSettings]?: ChatSettings[Key] | undefined }): void {
    const all = Object.entries({ ...this.#values.peek(), ...changes });
    this.#values.value = Object.fromEntries(all.filter(([, value]) => value !== undefined)) as ChatSettings;
    if (this.#chatId === null) return;
    this.#cancelSave?.();
    this.#cancelSave = this.#clock.after(SAVE_AFTER_MS, () => this.#save());
  }

  /** Takes the settings of the chat that is open now; while changes of our own wait to be saved, those count. */
  receive(chat: Chat | null): void {
    if (chat && chat.id === this.#chatId && this.#cancelSave) return;
    this.flush();
    this.#chatId = chat?.id ?? null;
    this.#values.value = chat?.settings ?? {};
  }

  /** Saves at once what waits. */
  flush(): void {
    if (!this.#cancelSave) return;
    this.#cancelSave();
    this.#save();
  }

  async #save(): Promise<void> {
    this.#cancelSave = undefined;
    if (this.#chatId === null) return;
    try {
      await this.#api.updateChat(this.#chatId, { settings: this.#values.peek() });
    } catch (error) {
      this.#onError(error);
    }
  }
}
