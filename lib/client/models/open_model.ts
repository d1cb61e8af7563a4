import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorBody, FreshetError, type ModelDetails } from "../../shared/mod.ts";
import type { ModelAt, ModelsApi } from "./models_api.ts";
import { OneAtATime } from "./one_at_a_time.ts";

/** What an `OpenModel` needs. */
export interface OpenModelOptions {
  /** The model that is open at first, with what its server tells of it. */
  id: string | null;
  details: ModelDetails | null;
  /** What is to be deleted, where that is asked at first. */
  deleting: ModelAt | null;
  api: Pick<ModelsApi, "details" | "load" | "unload" | "copy" | "delete">;
  /** Called after something was changed on a node. */
  onChange(): Promise<void>;
  onError(error: unknown): void;
}

/** The model whose details are open, and what is done with it. */
export class OpenModel {
  readonly #options: OpenModelOptions;
  readonly #id: Signal<string | null>;
  readonly #details: Signal<ModelDetails | null>;
  readonly #problem: Signal<ErrorBody | null> = signal(null);
  readonly #doing: OneAtATime;
  readonly #deleting: Signal<ModelAt | null>;

  constructor(options: OpenModelOptions) {
    this.#options = options;
    this.#id = signal(options.id);
    this.#details = signal(options.details);
    this.#deleting = signal(options.deleting);
    this.#doing = new OneAtATime({ after: () => options.onChange(), onError: options.onError });
  }

  get id(): ReadonlySignal<string | null> {
    return this.#id;
  }

  /** What a server tells; null while it is asked, and where none was. */
  get details(): ReadonlySignal<ModelDetails | null> {
    return this.#details;
  }

  /** Why there are no details. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  /** What is under way: the action with its node. */
  get busy(): ReadonlySignal<string | null> {
    return this.#doing.busy;
  }

  /** Where the model is to be deleted, while that is asked. */
  get deleting(): ReadonlySignal<ModelAt | null> {
    return this.#deleting;
  }

  /** Opens a model; `nodeId` is the node to ask about it, absent where none tells more. */
  async open(id: string, nodeId?: string): Promise<void> {
    this.#id.value = id;
    this.#details.value = null;
    this.#problem.value = null;
    if (nodeId === undefined) return;
    try {
      const details = await this.#options.api.details({ nodeId, model: id });
      if (this.#id.peek() === id) this.#details.value = details;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      if (this.#id.peek() === id) this.#problem.value = error.toBody();
    }
  }

  close(): void {
    this.#id.value = null;
    this.#details.value = null;
    this.#problem.value = null;
  }

  load(at: ModelAt, keepAlive?: string | number): Promise<boolean> {
    return this.#doing.do(`load ${at.nodeId}`, () => this.#options.api.load(at, keepAlive));
  }

  unload(at: ModelAt): Promise<boolean> {
    return this.#doing.do(`unload ${at.nodeId}`, () => this.#options.api.unload(at));
  }

  copy(at: ModelAt, name: string): Promise<boolean> {
    return this.#doing.do(`copy ${at.nodeId}`, () => this.#options.api.copy(at, name));
  }

  /** Asks whether a model is to be deleted; null takes the question back. */
  askToDelete(at: ModelAt | null): void {
    this.#deleting.value = at;
  }

  /** Deletes what was asked about. */
  async delete(): Promise<boolean> {
    const at = this.#deleting.peek();
    this.#deleting.value = null;
    return at !== null && await this.#doing.do(`delete ${at.nodeId}`, () => this.#options.api.delete(at));
  }
}
