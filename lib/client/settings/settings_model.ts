import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UiSettings } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import type { SettingsApi } from "./settings_api.ts";

/** A pause in typing or sliding (ms) after which a change is saved. */
const SAVE_AFTER_MS = 400;

/** Where saving stands; `saved` since the last change arrived. */
export type SaveState = "idle" | "saving" | "saved";

/** What a `SettingsModel` needs. */
export interface SettingsModelOptions {
  values: UiSettings;
  api: Pick<SettingsApi, "update" | "reset">;
  clock: Clock;
  onError(error: unknown): void;
  /** Told of the settings as the server has them now, after each change of ours. */
  onSaved?(values: UiSettings): void;
}

/**
 * The settings while they are edited: a change shows at once and is sent on its own, one request after the other. What the
 * server refuses is taken back, without touching what was changed since.
 */
export class SettingsModel {
  readonly #values: Signal<UiSettings>;
  readonly #state: Signal<SaveState> = signal("idle");
  readonly #options: SettingsModelOptions;
  /** As the server has them. */
  #stored: UiSettings;
  #sending: Partial<UiSettings> = {};
  #waiting: Partial<UiSettings> = {};
  #cancelTimer: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: SettingsModelOptions) {
    this.#options = options;
    this.#stored = options.values;
    this.#values = signal(options.values);
  }

  get values(): ReadonlySignal<UiSettings> {
    return this.#values;
  }

  get state(): ReadonlySignal<SaveState> {
    return this.#state;
  }

  /** Changes settings; with `pause`, those that go on changing while a finger moves are saved when it rests. */
  change(changes: Partial<UiSettings>, { pause = false } = {}): void {
    this.#waiting = { ...this.#waiting, ...changes };
    this.#show();
    if (!pause) return void this.#send();
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(SAVE_AFTER_MS, () => this.#send());
  }

  /** Saves at once what waits. */
  flush(): Promise<void> {
    return this.#send();
  }

  /** Goes back to the defaults; true where the server did. */
  async reset(): Promise<boolean> {
    const { api, onError, onSaved } = this.#options;
    await this.flush();
    this.#state.value = "saving";
    try {
      this.receive(await api.reset());
      this.#state.value = "saved";
      onSaved?.(this.#stored);
      return true;
    } catch (error) {
      this.#state.value = "idle";
      onError(error);
      return false;
    }
  }

  /** Takes what was changed elsewhere; changes of our own that are under way stay over it. */
  receive(values: UiSettings): void {
    this.#stored = values;
    this.#show();
  }

  #show(): void {
    this.#values.value = { ...this.#stored, ...this.#sending, ...this.#waiting };
  }

  /** Sends what waits, after what is under way. */
  #send(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    return this.#work = this.#work.then(() => this.#sendWaiting());
  }

  async #sendWaiting(): Promise<void> {
    if (Object.keys(this.#waiting).length === 0) return;
    this.#sending = this.#waiting;
    this.#waiting = {};
    this.#state.value = "saving";
    this.#state.value = await this.#sendOne(this.#sending);
    this.#sending = {};
    this.#show();
  }

  async #sendOne(changes: Partial<UiSettings>): Promise<SaveState> {
    const { api, onError, onSaved } = this.#options;
    try {
      this.#stored = await api.update(changes);
      onSaved?.(this.#stored);
      return "saved";
    } catch (error) {
      onError(error);
      return "idle";
    }
  }
}
