import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Version } from "../../shared/mod.ts";
import type { Contents, FileStore } from "./file_store.ts";
import type { FirstFiles } from "./page_data.ts";

const NOTHING: Contents = new Map();

/** The files that the shown version has, or starts from while it is made. */
export class ShownFiles {
  readonly #store: FileStore;
  readonly #version: ReadonlySignal<Version | undefined>;
  readonly contents: ReadonlySignal<Contents | undefined>;
  /** Their paths; undefined until they are known. */
  readonly paths: ReadonlySignal<readonly string[] | undefined>;
  /** What the page knows of them until they are loaded. */
  readonly first: ReadonlySignal<FirstFiles | undefined>;

  constructor(store: FileStore, version: ReadonlySignal<Version | undefined>) {
    this.#store = store;
    this.#version = version;
    this.contents = computed(() => {
      const id = this.#id();
      return id === null ? NOTHING : store.contents.value.get(id);
    });
    this.first = computed(() => store.first?.versionId === this.#id() ? store.first ?? undefined : undefined);
    this.paths = computed(() => {
      const contents = this.contents.value;
      return contents ? [...contents.keys()] : this.first.value?.paths;
    });
  }

  /** Keeps them loaded; returns what ends that. */
  keepLoaded(onError: (error: unknown) => void): () => void {
    return effect(() => {
      const id = this.#id();
      const version = this.#version.peek();
      if (id === null || !version || this.#store.contents.value.has(id)) return;
      this.#store.load(version.projectId, id).catch(onError);
    });
  }

  /** The version whose files are shown; null where there are none. */
  #id(): string | null {
    const version = this.#version.value;
    if (!version) return null;
    // The files of a version by hand are known before its checks are done.
    const isKnown = version.status !== "generating" || this.#store.contents.value.has(version.id);
    return isKnown ? version.id : version.parentId;
  }
}
