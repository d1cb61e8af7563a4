import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ErrorBody, ModelAlias } from "../../shared/mod.ts";
import { Submission } from "../submission.ts";
import type { NodesApi } from "./nodes_api.ts";

/** An alias while it is written. */
export interface AliasDraft {
  name: string;
  /** One model a line. */
  models: string;
}

/** What an `AliasList` needs. */
export interface AliasListOptions {
  aliases: readonly ModelAlias[];
  /** What was posted or is to be changed. */
  draft: AliasDraft;
  problem: ErrorBody | null;
  api: Pick<NodesApi, "aliases" | "setAlias" | "deleteAlias">;
  onError(error: unknown): void;
}

const EMPTY: AliasDraft = { name: "", models: "" };

/** Names for chains of models: those there are, and the one that is being written. */
export class AliasList {
  readonly #options: AliasListOptions;
  readonly #aliases: Signal<readonly ModelAlias[]>;
  readonly #draft: Signal<AliasDraft>;
  readonly #form: Submission;

  constructor(options: AliasListOptions) {
    this.#options = options;
    this.#aliases = signal(options.aliases);
    this.#draft = signal(options.draft);
    this.#form = new Submission(options);
  }

  /** By name. */
  get aliases(): ReadonlySignal<readonly ModelAlias[]> {
    return this.#aliases;
  }

  get draft(): ReadonlySignal<AliasDraft> {
    return this.#draft;
  }

  /** What is wrong with what was written. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#form.problem;
  }

  get saving(): ReadonlySignal<boolean> {
    return this.#form.busy;
  }

  change(changes: Partial<AliasDraft>): void {
    this.#draft.value = { ...this.#draft.peek(), ...changes };
    this.#form.begin();
  }

  /** Puts an alias into the form. */
  edit({ name, models }: ModelAlias): void {
    this.#draft.value = { name, models: models.join("\n") };
    this.#form.begin();
  }

  /** Adds a model to the end of the chain that is being written. */
  addModel(id: string): void {
    const models = modelsOf(this.#draft.peek());
    if (!models.includes(id)) this.change({ models: [...models, id].join("\n") });
  }

  /** Fetches the aliases again. */
  async reload(): Promise<void> {
    this.#aliases.value = await this.#options.api.aliases();
  }

  /** Keeps what was written; true where the server took it. */
  async save(): Promise<boolean> {
    return await this.#form.send(async () => {
      const draft = this.#draft.peek();
      const alias = await this.#options.api.setAlias(draft.name.trim(), modelsOf(draft));
      const others = this.#aliases.peek().filter(({ name }) => name !== alias.name);
      this.#aliases.value = [...others, alias].sort((a, b) => a.name < b.name ? -1 : 1);
      this.#draft.value = EMPTY;
    });
  }

  /** Removes an alias; true where the server did. One of the configuration that it stood over comes back. */
  async remove(name: string): Promise<boolean> {
    try {
      await this.#options.api.deleteAlias(name);
      this.#aliases.value = this.#aliases.peek().filter((alias) => alias.name !== name);
      await this.reload();
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }
}

/** The chain that was written, in its order. */
export function modelsOf({ models }: AliasDraft): string[] {
  return models.split(/[\n,]/).map((model) => model.trim()).filter((model) => model !== "");
}
