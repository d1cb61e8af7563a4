import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelConfig, ModelCreation, ModelDigests, ProfileEvent } from "../../../shared/mod.ts";
import type { ModelAt } from "../models_api.ts";
import type { ConfigsApi } from "./configs_api.ts";

/** What a `ConfigModel` needs. */
export interface ConfigModelOptions {
  at: ModelAt;
  config: ModelConfig | null;
  digests: ModelDigests | null;
  api: ConfigsApi;
  onConfig(config: ModelConfig): void;
  onError(error: unknown): void;
}

/** A model's versions and digests, and what is done with them. */
export class ConfigModel {
  readonly at: ModelAt;
  readonly #options: ConfigModelOptions;
  readonly #config: Signal<ModelConfig | null>;
  readonly #digests: Signal<ModelDigests | null>;
  readonly #busy: Signal<string | null> = signal(null);

  constructor(options: ConfigModelOptions) {
    this.#options = options;
    this.at = options.at;
    this.#config = signal(options.config);
    this.#digests = signal(options.digests);
  }

  get config(): ReadonlySignal<ModelConfig | null> {
    return this.#config;
  }

  get digests(): ReadonlySignal<ModelDigests | null> {
    return this.#digests;
  }

  /** What is under way. */
  get busy(): ReadonlySignal<string | null> {
    return this.#busy;
  }

  /** Shows what was saved. */
  put(config: ModelConfig): void {
    this.#config.value = config;
    this.#options.onConfig(config);
  }

  /** Takes what the server tells; progress at once, and the rest by asking again. */
  async receive(event: ProfileEvent): Promise<void> {
    const config = this.#config.peek();
    if (event.type === "model_config:changed" && config?.id === event.configId) {
      if (event.creation) this.#progress(config, event.creation);
      if (!event.creation || event.creation.finishedAt !== undefined) await this.reload();
    }
    const isHere = event.type === "model:changed" && event.change.nodeId === this.at.nodeId;
    if (isHere || event.type === "nodes:changed") await this.reload();
  }

  async reload(): Promise<void> {
    const { api } = this.#options;
    const id = this.#config.peek()?.id;
    const [config, digests] = await Promise.all([id ? api.get(id) : null, api.digests(this.at)]);
    this.#digests.value = digests;
    if (config) this.put(config);
  }

  restore(number: number): Promise<boolean> {
    return this.#do(`restore ${number}`, (id) => this.#options.api.restore(id, number));
  }

  create(number: number, nodeIds: string[]): Promise<boolean> {
    return this.#do(`create ${number}`, (id) => this.#options.api.create(id, number, nodeIds));
  }

  forget(): Promise<boolean> {
    return this.#do("forget", (id) => this.#options.api.forget(id));
  }

  noted(): Promise<boolean> {
    return this.#do("noted", () => this.#options.api.noted(this.at));
  }

  pin(): Promise<boolean> {
    return this.#do("pin", () => this.#options.api.pin(this.at));
  }

  goBack(digest: string, keepCurrent: boolean): Promise<boolean> {
    return this.#do(`back ${digest}`, () => this.#options.api.goBack(this.at, digest, keepCurrent));
  }

  unpin(digest: string): Promise<boolean> {
    return this.#do(`unpin ${digest}`, () => this.#options.api.unpin(this.at, digest));
  }

  deleteBase(model: string): Promise<boolean> {
    const { nodeId } = this.at;
    return this.#do(`base ${model}`, () => this.#options.api.deleteModel({ nodeId, model }));
  }

  #progress(config: ModelConfig, creation: ModelCreation): void {
    const isSame = (one: ModelCreation) => one.nodeId === creation.nodeId;
    this.#config.value = {
      ...config,
      versions: config.versions.map((version) =>
        version.number === creation.number
          ? { ...version, creations: version.creations.map((one) => isSame(one) ? creation : one) }
          : version
      ),
    };
  }

  /** One thing at a time; true where the server did it. */
  async #do(name: string, work: (id: string) => Promise<ModelConfig | void>): Promise<boolean> {
    if (this.#busy.peek() !== null) return false;
    this.#busy.value = name;
    try {
      const config = await work(this.#config.peek()?.id ?? "");
      if (config) this.put(config);
      if (name === "forget") this.#config.value = null;
      await this.reload();
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    } finally {
      this.#busy.value = null;
    }
  }
}
