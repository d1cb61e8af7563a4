import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { InstalledModel, InstalledModels, ModelTarget } from "../../shared/mod.ts";
import { type ModelFilter, shownModels } from "./model_filter.ts";
import type { ModelsApi } from "./models_api.ts";

/** What an `InstalledList` needs. */
export interface InstalledListOptions extends InstalledModels {
  filter: ModelFilter;
  api: Pick<ModelsApi, "installed">;
}

/** The models of all nodes, and which of them are shown. */
export class InstalledList {
  readonly #api: InstalledListOptions["api"];
  readonly #models: Signal<readonly InstalledModel[]>;
  readonly #targets: Signal<readonly ModelTarget[]>;
  readonly #filter: Signal<ModelFilter>;
  readonly #shown: ReadonlySignal<readonly InstalledModel[]>;
  #asked = 0;

  constructor({ models, targets, filter, api }: InstalledListOptions) {
    this.#api = api;
    this.#models = signal(models);
    this.#targets = signal(targets);
    this.#filter = signal(filter);
    this.#shown = computed(() => shownModels(this.#models.value, this.#filter.value));
  }

  get models(): ReadonlySignal<readonly InstalledModel[]> {
    return this.#models;
  }

  /** The nodes that take downloads. */
  get targets(): ReadonlySignal<readonly ModelTarget[]> {
    return this.#targets;
  }

  get filter(): ReadonlySignal<ModelFilter> {
    return this.#filter;
  }

  /** Filtered and sorted. */
  get shown(): ReadonlySignal<readonly InstalledModel[]> {
    return this.#shown;
  }

  find(id: string | null): InstalledModel | undefined {
    return this.#models.value.find((model) => model.id === id);
  }

  setFilter(changes: Partial<ModelFilter>): void {
    this.#filter.value = { ...this.#filter.peek(), ...changes };
  }

  /** Fetches all again; of several answers that are under way the one that was asked for last counts. */
  async reload(): Promise<void> {
    const asked = ++this.#asked;
    const { models, targets } = await this.#api.installed();
    if (asked !== this.#asked) return;
    this.#models.value = models;
    this.#targets.value = targets;
  }
}
