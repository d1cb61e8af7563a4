import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { newId, type ProcessRequest, type SavedRequest } from "../../../shared/mod.ts";
import type { RunApi } from "./run_api.ts";

/** So many are kept for a project. */
const MOST = 50;
const NAME_CHARS = 200;

/** What `SavedRequests` needs. */
export interface SavedRequestsOptions {
  projectId: string;
  api: Pick<RunApi, "savedRequests" | "saveRequests">;
  onError(error: unknown): void;
}

/** The requests that were kept for a project. */
export class SavedRequests {
  readonly #options: SavedRequestsOptions;
  readonly #list: Signal<readonly SavedRequest[]> = signal([]);

  constructor(options: SavedRequestsOptions) {
    this.#options = options;
  }

  /** Newest first. */
  get list(): ReadonlySignal<readonly SavedRequest[]> {
    return this.#list;
  }

  async load(): Promise<void> {
    const { api, projectId, onError } = this.#options;
    await api.savedRequests(projectId).then((list) => void (this.#list.value = list), onError);
  }

  /** Keeps a request; the same one is kept once. */
  async add(request: ProcessRequest): Promise<void> {
    const key = keyOf(request);
    const others = this.#list.peek().filter((saved) => keyOf(saved) !== key);
    await this.#keep(
      [{ ...request, id: newId(), name: `${request.method} ${request.path}`.slice(0, NAME_CHARS) }, ...others]
        .slice(0, MOST),
    );
  }

  async remove(id: string): Promise<void> {
    await this.#keep(this.#list.peek().filter((request) => request.id !== id));
  }

  /** Taken back where the server refuses. */
  async #keep(list: readonly SavedRequest[]): Promise<void> {
    const before = this.#list.peek();
    const { api, projectId, onError } = this.#options;
    this.#list.value = list;
    await api.saveRequests(projectId, list).catch((error) => {
      this.#list.value = before;
      onError(error);
    });
  }
}

function keyOf({ method, path, headers, body }: ProcessRequest): string {
  return JSON.stringify([method, path, Object.entries(headers).sort(), body]);
}
