import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UiSettings } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** The person's settings of the interface, kept on the server and shown at once. */
export class UiSettingsModel {
  readonly #values: Signal<UiSettings>;
  readonly #api: ChatApi;
  readonly #onError: (error: unknown) => void;

  constructor(values: UiSettings, api: ChatApi, onError: (error: unknown) => void) {
    this.#values = signal(values);
    this.#api = api;
    this.#onError = onError;
  }

  get values(): ReadonlySignal<UiSettings> {
    return this.#values;
  }

  /** Changes settings here at once and on the server; taken back where the server refuses. */
  async change(changes: Partial<UiSettings>): Promise<void> {
    const before = this.#values.peek();
    this.#values.value = { ...before, ...changes };
    try {
      await this.#api.updateSettings(changes);
    } catch (error) {
      this.#values.value = before;
      this.#onError(error);
    }
  }

  /** Takes what was changed elsewhere. */
  receive(values: UiSettings): void {
    this.#values.value = values;
  }
}
