import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelDownload, ProfileEvent } from "../../shared/mod.ts";
import type { ModelAt, ModelsApi } from "./models_api.ts";

/** What a `DownloadList` needs. */
export interface DownloadListOptions {
  downloads: readonly ModelDownload[];
  api: Pick<ModelsApi, "downloads" | "download" | "setDownload" | "removeDownload">;
  onError(error: unknown): void;
}

/** The downloads, as the server tells of them. */
export class DownloadList {
  readonly #options: DownloadListOptions;
  readonly #list: Signal<readonly ModelDownload[]>;
  /** What is asked of the server just now: a second click wants nothing else. */
  readonly #asked = new Set<string>();

  constructor(options: DownloadListOptions) {
    this.#options = options;
    this.#list = signal(options.downloads);
  }

  /** Newest first. */
  get list(): ReadonlySignal<readonly ModelDownload[]> {
    return this.#list;
  }

  /** Takes what the server tells; what is older than what is known is passed over. */
  receive(event: ProfileEvent): void {
    if (event.type === "download:removed") this.#remove(event.downloadId);
    if (event.type === "download:changed") this.#put(event.download);
  }

  async reload(): Promise<void> {
    this.#list.value = await this.#options.api.downloads();
  }

  /** Begins a download; true where the server took it. */
  start(at: ModelAt): Promise<boolean> {
    const { nodeId, model } = at;
    return this.#attempt(
      `start ${nodeId} ${model}`,
      async () => this.#put(await this.#options.api.download(at)),
    );
  }

  pause(id: string): Promise<boolean> {
    return this.#attempt(
      `pause ${id}`,
      async () => this.#put(await this.#options.api.setDownload(id, "paused")),
    );
  }

  resume(id: string): Promise<boolean> {
    return this.#attempt(
      `resume ${id}`,
      async () => this.#put(await this.#options.api.setDownload(id, "running")),
    );
  }

  /** Cancels a download, or takes an ended one off the list. */
  remove(id: string): Promise<boolean> {
    return this.#attempt(`remove ${id}`, async () => {
      await this.#options.api.removeDownload(id);
      this.#remove(id);
    });
  }

  #put(download: ModelDownload): void {
    const list = this.#list.peek();
    const known = list.find(({ id }) => id === download.id);
    if (known && known.updatedAt > download.updatedAt) return;
    this.#list.value = known
      ? list.map((one) => one.id === download.id ? download : one)
      : [download, ...list].sort((a, b) => a.id < b.id ? 1 : -1);
  }

  #remove(id: string): void {
    this.#list.value = this.#list.peek().filter((one) => one.id !== id);
  }

  /** Nothing twice at once; true where the server did it. */
  async #attempt(what: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#asked.has(what)) return false;
    this.#asked.add(what);
    try {
      await work();
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    } finally {
      this.#asked.delete(what);
    }
  }
}
