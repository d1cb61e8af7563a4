import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  FreshetError,
  type ModelConfig,
  type ModelCreation,
  type ModelDigests,
  type ProfileEvent,
} from "../../../shared/mod.ts";
import type { ModelAt } from "../models_api.ts";
import { OneAtATime } from "../one_at_a_time.ts";
import type { ConfigsApi } from "./configs_api.ts";

/** What a `ConfigModel` needs. */
export interface ConfigModelOptions {
  at: ModelAt;
  config: ModelConfig | null;
  digests: ModelDigests | null;
  api: Omit<ConfigsApi, "client" | "base" | "save">;
  /** Told of what is saved by now; null after the configuration was forgotten. */
  onConfig(config: ModelConfig | null): void;
  onError(error: unknown): void;
}

/** A model's versions and digests, and what is done with them. */
export class ConfigModel {
  readonly at: ModelAt;
  readonly #options: ConfigModelOptions;
  readonly #config: Signal<ModelConfig | null>;
  readonly #digests: Signal<ModelDigests | null>;
  readonly #doing: OneAtATime;
  /** Counted up by whatever makes an answer under way too old. */
  #changes = 0;
  #reloading: Promise<void> | undefined;

  constructor(options: ConfigModelOptions) {
    this.#options = options;
    this.at = options.at;
    this.#config = signal(options.config);
    this.#digests = signal(options.digests);
    this.#doing = new OneAtATime({ after: () => this.reload(), onError: options.onError });
  }

  get config(): ReadonlySignal<ModelConfig | null> {
    return this.#config;
  }

  get digests(): ReadonlySignal<ModelDigests | null> {
    return this.#digests;
  }

  /** What is under way. */
  get busy(): ReadonlySignal<string | null> {
    return this.#doing.busy;
  }

  /** Shows what was saved. */
  put(config: ModelConfig): void {
    this.#changes++;
    this.#show(config);
  }

  /** Takes what the server tells; progress at once, and the rest by asking again. */
  async receive(event: ProfileEvent): Promise<void> {
    const config = this.#config.peek();
    // Where there is none yet, it may be the one of this model, which another tab has begun; how far that is tells nothing new.
    const isOurs = event.type === "model_config:changed" &&
      (config
        ? config.id === event.configId
        : event.creation === undefined || event.creation.finishedAt !== undefined);
    if (isOurs) {
      const isKnown = config !== null && event.creation !== undefined &&
        this.#progress(config, event.creation);
      if (!isKnown || event.creation?.finishedAt !== undefined) await this.reload();
    }
    const isHere = event.type === "model:changed" && event.change.nodeId === this.at.nodeId;
    if (isHere || event.type === "nodes:changed") await this.reload();
  }

  /** Asks for all of it; who asks while that goes on gets what was true after they asked. */
  reload(): Promise<void> {
    this.#changes++;
    return this.#reloading ??= this.#reload().finally(() => this.#reloading = undefined);
  }

  restore(number: number): Promise<boolean> {
    return this.#do(`restore ${number}`, (id) => this.#options.api.restore(id, number));
  }

  create(number: number, nodeIds: string[]): Promise<boolean> {
    return this.#do(`create ${number}`, (id) => this.#options.api.create(id, number, nodeIds));
  }

  forget(): Promise<boolean> {
    return this.#do("forget", async (id) => {
      await this.#options.api.forget(id);
      this.#changes++;
      this.#show(null);
    });
  }

  /** Takes the mark of the change that is shown away. */
  noted(): Promise<boolean> {
    const changedAt = this.#digests.peek()?.changedAt ?? 0;
    return this.#do("noted", () => this.#options.api.noted(this.at, changedAt));
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

  async #reload(): Promise<void> {
    for (;;) {
      const asked = this.#changes;
      const [config, digests] = await Promise.all([this.#ask(), this.#options.api.digests(this.at)]);
      // What was asked before the last change may not tell of it.
      if (asked !== this.#changes) continue;
      this.#digests.value = digests;
      return this.#show(config);
    }
  }

  /** The configuration as it is now; null where there is none, or it was forgotten elsewhere. */
  async #ask(): Promise<ModelConfig | null> {
    const { api } = this.#options;
    const id = this.#config.peek()?.id;
    try {
      return id === undefined ? (await api.draft(this.at)).config : await api.get(id);
    } catch (error) {
      // What begins a configuration needs the node, of which its digests are told without.
      const isUntold = error instanceof FreshetError && (id === undefined || error.code === "not_found");
      if (isUntold) return null;
      throw error;
    }
  }

  #show(config: ModelConfig | null): void {
    const isGone = config === null && this.#config.peek() !== null;
    this.#config.value = config;
    if (config || isGone) this.#options.onConfig(config);
  }

  /** False where the creation is of a version, or on a node, that is not known yet. */
  #progress(config: ModelConfig, creation: ModelCreation): boolean {
    const isSame = (one: ModelCreation) => one.nodeId === creation.nodeId;
    const versions = config.versions.map((version) =>
      version.number === creation.number && version.creations.some(isSame)
        ? { ...version, creations: version.creations.map((one) => isSame(one) ? creation : one) }
        : version
    );
    this.#config.value = { ...config, versions };
    return versions.some((version, index) => version !== config.versions[index]);
  }

  #do(name: string, work: (id: string) => Promise<ModelConfig | void>): Promise<boolean> {
    return this.#doing.do(name, async () => {
      const config = await work(this.#config.peek()?.id ?? "");
      if (config) this.put(config);
    });
  }
}
