import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type FileHit, type FileSearchEnd, FreshetError, isErrorBody, SseParser } from "../../shared/mod.ts";
import type { FilesApi } from "./files_api.ts";

/** Where a search stands. */
export type FileSearchState = "idle" | "running" | "done" | "failed";

/** A search below a folder: what it has found so far. A new one ends the old one. */
export class FileSearch {
  readonly #api: Pick<FilesApi, "search">;
  readonly #state = signal<FileSearchState>("idle");
  readonly #hits: Signal<readonly FileHit[]> = signal([]);
  readonly #seen = signal(0);
  readonly #end = signal<FileSearchEnd | null>(null);
  readonly #error = signal<FreshetError | null>(null);
  #abort: AbortController | undefined;

  constructor(api: Pick<FilesApi, "search">) {
    this.#api = api;
  }

  get state(): ReadonlySignal<FileSearchState> {
    return this.#state;
  }

  get hits(): ReadonlySignal<readonly FileHit[]> {
    return this.#hits;
  }

  /** Entries looked at so far. */
  get seen(): ReadonlySignal<number> {
    return this.#seen;
  }

  get end(): ReadonlySignal<FileSearchEnd | null> {
    return this.#end;
  }

  get error(): ReadonlySignal<FreshetError | null> {
    return this.#error;
  }

  /** Searches until everything was looked at, or `stop` is called. */
  async start(folderId: string, query: { path: string; q: string; contents: boolean }): Promise<void> {
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    batch(() => {
      this.#hits.value = [];
      this.#seen.value = 0;
      this.#end.value = null;
      this.#error.value = null;
      this.#state.value = "running";
    });
    try {
      const { body } = await this.#api.search(folderId, query, abort.signal);
      const parser = new SseParser();
      for await (const chunk of body ?? []) {
        for (const { event = "", data = "null" } of parser.push(chunk)) this.#take(event, JSON.parse(data));
      }
      if (this.#state.peek() === "running") throw new FreshetError("unreachable", "The search broke off");
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#error.value = error instanceof FreshetError
        ? error
        : new FreshetError("unreachable", "The search broke off", { cause: error });
      this.#state.value = "failed";
    }
  }

  /** Ends the search; what it found stays. */
  stop(): void {
    this.#abort?.abort();
    if (this.#state.peek() === "running") this.#state.value = "done";
  }

  /** Ends the search and forgets it. */
  clear(): void {
    this.stop();
    this.#state.value = "idle";
    this.#hits.value = [];
  }

  #take(event: string, data: unknown): void {
    switch (event) {
      case "hit":
        this.#hits.value = [...this.#hits.peek(), data as FileHit];
        return;
      case "progress":
        this.#seen.value = (data as { seen: number }).seen;
        return;
      case "end":
        this.#end.value = data as FileSearchEnd;
        this.#seen.value = (data as FileSearchEnd).seen;
        this.#state.value = "done";
        return;
      case "error":
        throw isErrorBody(data)
          ? FreshetError.fromBody(data)
          : new FreshetError("internal", "The search failed");
    }
  }
}
