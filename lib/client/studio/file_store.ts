import { type ReadonlySignal, signal } from "@preact/signals";
import type { ProjectFile } from "../../shared/mod.ts";
import type { FirstFiles } from "./page_data.ts";
import type { StudioApi } from "./studio_api.ts";

/** The contents of a version's files by their paths, in order. */
export type Contents = ReadonlyMap<string, string>;

/** Versions whose files are kept. */
const KEPT = 24;

/** The files of versions, which never change once a version is made, so that going back and forth asks nobody. */
export class FileStore {
  readonly #api: StudioApi;
  readonly #contents = signal<ReadonlyMap<string, Contents>>(new Map());
  readonly #loading = new Map<string, Promise<Contents>>();

  /** What of a version is known before its files are here: all paths, and the content of the file that is open at first. */
  readonly first: FirstFiles | null;

  constructor(api: StudioApi, first: FirstFiles | null) {
    this.#api = api;
    this.first = first;
    if (first && first.files.length === first.paths.length) this.put(first.versionId, first);
  }

  /** By version. */
  get contents(): ReadonlySignal<ReadonlyMap<string, Contents>> {
    return this.#contents;
  }

  put(versionId: string, { files }: { files: readonly ProjectFile[] }): Contents {
    const contents: Contents = new Map(files.map(({ path, content }) => [path, content]));
    this.#keep(versionId, contents);
    return contents;
  }

  /** Takes files that are known without asking, such as those of a version that was saved here. */
  seed(versionId: string, contents: Contents): void {
    if (!this.#contents.peek().has(versionId)) this.#keep(versionId, contents);
  }

  /** Fetches the files of a version unless they are here. Throws a `FreshetError`. */
  load(projectId: string, versionId: string): Promise<Contents> {
    const known = this.#contents.peek().get(versionId);
    if (known) return Promise.resolve(known);
    const loading = this.#loading.get(versionId) ?? this.#fetch(projectId, versionId);
    this.#loading.set(versionId, loading);
    return loading;
  }

  #keep(versionId: string, contents: Contents): void {
    const next = new Map(this.#contents.peek());
    next.delete(versionId);
    next.set(versionId, contents);
    for (const old of [...next.keys()].slice(0, -KEPT)) next.delete(old);
    this.#contents.value = next;
  }

  async #fetch(projectId: string, versionId: string): Promise<Contents> {
    try {
      return this.put(versionId, await this.#api.files(projectId, versionId));
    } finally {
      this.#loading.delete(versionId);
    }
  }
}
