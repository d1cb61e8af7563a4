import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ApiKeyOptions, type ApiKeyView, type ErrorBody, FreshetError } from "../../shared/mod.ts";
import type { MadeKey, SettingsApi } from "./settings_api.ts";

/** What a `KeysModel` needs. */
export interface KeysModelOptions {
  keys: readonly ApiKeyView[];
  /** The key that was just made, where the page is the answer to a form. */
  made: MadeKey | null;
  /** The key whose end waits for a yes. */
  confirming: string | null;
  /** The key whose new secret waits for a yes. */
  renewing: string | null;
  /** The key that is changed. */
  editing: string | null;
  /** What is wrong with the key that is changed, or else with a new one. */
  problem: ErrorBody | null;
  api: Pick<SettingsApi, "createKey" | "updateKey" | "rotateKey" | "deleteKey">;
  onError(error: unknown): void;
}

/** The API keys, and the secret of a new one until it was copied. */
export class KeysModel {
  readonly #keys: Signal<readonly ApiKeyView[]>;
  readonly #creating: Signal<boolean> = signal(false);
  readonly #saving: Signal<boolean> = signal(false);
  readonly #problem: Signal<ErrorBody | null>;
  readonly #editProblem: Signal<ErrorBody | null>;
  readonly #editing: Signal<string | null>;
  readonly #options: KeysModelOptions;

  /** The new key with its secret. */
  readonly made: Signal<MadeKey | null>;
  /** The key whose end waits for a yes. */
  readonly confirming: Signal<string | null>;
  /** The key whose new secret waits for a yes. */
  readonly renewing: Signal<string | null>;

  constructor(options: KeysModelOptions) {
    this.#options = options;
    this.#keys = signal(options.keys);
    const isEditing = options.editing !== null;
    this.#problem = signal(isEditing ? null : options.problem);
    this.#editProblem = signal(isEditing ? options.problem : null);
    this.#editing = signal(options.editing);
    this.made = signal(options.made);
    this.confirming = signal(options.confirming);
    this.renewing = signal(options.renewing);
  }

  /** Newest last. */
  get keys(): ReadonlySignal<readonly ApiKeyView[]> {
    return this.#keys;
  }

  get creating(): ReadonlySignal<boolean> {
    return this.#creating;
  }

  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  /** The key that is changed. */
  get editing(): ReadonlySignal<string | null> {
    return this.#editing;
  }

  get saving(): ReadonlySignal<boolean> {
    return this.#saving;
  }

  /** What is wrong with what is changed. */
  get editProblem(): ReadonlySignal<ErrorBody | null> {
    return this.#editProblem;
  }

  find(id: string | null): ApiKeyView | undefined {
    return this.#keys.value.find((key) => key.id === id);
  }

  /** Makes a key; true where there is one now. */
  async create(name: string, scopes: string[], options: ApiKeyOptions): Promise<boolean> {
    if (this.#creating.peek()) return false;
    this.#creating.value = true;
    this.#problem.value = null;
    try {
      const made = await this.#options.api.createKey(name, scopes, options);
      const { secret: _, ...view } = made;
      this.#keys.value = [...this.#keys.peek(), view];
      this.made.value = made;
      return true;
    } catch (error) {
      if (error instanceof FreshetError && error.status < 500) this.#problem.value = error.toBody();
      else this.#options.onError(error);
      return false;
    } finally {
      this.#creating.value = false;
    }
  }

  /** Begins to change a key, or with null ends it. */
  edit(id: string | null): void {
    this.#editing.value = id;
    this.#editProblem.value = null;
  }

  /** Changes the key that is edited; true where it is changed now. */
  async save(options: ApiKeyOptions): Promise<boolean> {
    const id = this.#editing.peek();
    if (id === null || this.#saving.peek()) return false;
    this.#saving.value = true;
    this.#editProblem.value = null;
    try {
      const changed = await this.#options.api.updateKey(id, options);
      this.#keys.value = this.#keys.peek().map((key) => key.id === id ? changed : key);
      if (this.#editing.peek() === id) this.#editing.value = null;
      return true;
    } catch (error) {
      if (error instanceof FreshetError && error.status < 500) this.#editProblem.value = error.toBody();
      else this.#options.onError(error);
      return false;
    } finally {
      this.#saving.value = false;
    }
  }

  /** Gives a key a new secret, which is shown as that of a new key is; true where the server did. */
  async renew(id: string): Promise<boolean> {
    this.renewing.value = null;
    try {
      const made = await this.#options.api.rotateKey(id);
      const { secret: _, ...view } = made;
      this.#keys.value = this.#keys.peek().map((key) => key.id === id ? view : key);
      this.made.value = made;
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  /** Revokes a key; true where the server did. */
  async delete(id: string): Promise<boolean> {
    this.confirming.value = null;
    try {
      await this.#options.api.deleteKey(id);
      this.#keys.value = this.#keys.peek().filter((key) => key.id !== id);
      if (this.made.peek()?.id === id) this.made.value = null;
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }
}
