import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ApiKeyOptions, ApiKeyView, ErrorBody } from "../../shared/mod.ts";
import { Submission } from "../submission.ts";
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
  readonly #creation: Submission;
  readonly #change: Submission;
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
    const { problem, onError } = options;
    this.#creation = new Submission({ problem: isEditing ? null : problem, onError });
    this.#change = new Submission({ problem: isEditing ? problem : null, onError });
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
    return this.#creation.busy;
  }

  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#creation.problem;
  }

  /** The key that is changed. */
  get editing(): ReadonlySignal<string | null> {
    return this.#editing;
  }

  get saving(): ReadonlySignal<boolean> {
    return this.#change.busy;
  }

  /** What is wrong with what is changed. */
  get editProblem(): ReadonlySignal<ErrorBody | null> {
    return this.#change.problem;
  }

  find(id: string | null): ApiKeyView | undefined {
    return this.#keys.value.find((key) => key.id === id);
  }

  /** Makes a key; true where there is one now. */
  async create(name: string, scopes: string[], options: ApiKeyOptions): Promise<boolean> {
    return await this.#creation.send(async () => {
      const made = await this.#options.api.createKey(name, scopes, options);
      const { secret: _, ...view } = made;
      this.#keys.value = [...this.#keys.peek(), view];
      this.made.value = made;
    });
  }

  /** Begins to change a key, or with null ends it. */
  edit(id: string | null): void {
    this.#editing.value = id;
    this.#change.begin();
  }

  /** Changes the key that is edited; true where it is changed now. */
  async save(options: ApiKeyOptions): Promise<boolean> {
    const id = this.#editing.peek();
    if (id === null) return false;
    return await this.#change.send(async () => {
      const changed = await this.#options.api.updateKey(id, options);
      this.#keys.value = this.#keys.peek().map((key) => key.id === id ? changed : key);
      if (this.#editing.peek() === id) this.#editing.value = null;
    });
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
