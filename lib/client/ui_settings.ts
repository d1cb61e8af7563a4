import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UiSettings } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** The person's settings of the interface, kept on the server and shown at once. */
export class UiSettingsModel {
  readonly #values: Signal<UiSettings>;
  /** As the server has them. */
  #stored: UiSettings;
  /** Changes of our own that are under way. */
  #sending: Partial<UiSettings>[] = [];
  readonly #api: ChatApi;
  readonly #onError: (error: unknown) => void;

  constructor(values: UiSettings, api: ChatApi, onError: (error: unknown) => void) {
    this.#stored = values;
    this.#values = signal(values);
    this.#api = api;
    this.#onError = onError;
  }

  get values(): ReadonlySignal<UiSettings> {
    return this.#values;
  }

  /** Changes settings here at once and on the server; taken back where the server refuses. */
  async change(changes: Partial<UiSettings>): Promise<void> {
    this.#sending.push(changes);
    this.#show();
    try {
      await this.#api.updateSettings(changes);
      // Not the answer: what others have changed may have been heard before it arrives.
      this.#stored = { ...this.#stored, ...changes };
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#sending = this.#sending.filter((each) => each !== changes);
      this.#show();
    }
  }

  /** Takes what was changed elsewhere; changes of our own that are under way stay over it. */
  receive(values: UiSettings): void {
    this.#stored = values;
    this.#show();
  }

  #show(): void {
    this.#values.value = this.#sending.reduce<UiSettings>(
      (values, changes) => ({ ...values, ...changes }),
      this.#stored,
    );
  }
}
