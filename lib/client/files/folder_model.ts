import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type FileEntry,
  type FileSort,
  type FileSortKey,
  FreshetError,
  type TrashedFile,
} from "../../shared/mod.ts";
import { compareEntries, fileNameOf, joinFilePath, parentFilePath } from "../../shared/files/mod.ts";
import type { FilesApi } from "./files_api.ts";
import { Selection } from "./selection.ts";

/** How entries are shown. */
export type FileLook = "list" | "tiles";

/** What a `FolderModel` needs. */
export interface FolderModelOptions {
  folderId: string;
  path: string;
  entries: readonly FileEntry[];
  total: number;
  api: Pick<FilesApi, "list" | "move" | "makeFolder" | "remove">;
  /** Tells of what a person did and that went wrong. */
  onError(error: unknown): void;
}

/** A folder as it is shown: its entries in order, and what is done to them. */
export class FolderModel {
  readonly folderId: string;
  readonly selection = new Selection();
  readonly #path: Signal<string>;
  readonly #entries: Signal<readonly FileEntry[]>;
  readonly #total: Signal<number>;
  readonly #sort = signal<FileSort>({ key: "name", descending: false });
  readonly #look = signal<FileLook>("list");
  readonly #loading = signal(false);
  readonly #problem = signal<FreshetError | null>(null);
  readonly #options: FolderModelOptions;
  #abort: AbortController | undefined;

  /** The entries as they are shown. */
  readonly rows: ReadonlySignal<readonly FileEntry[]>;
  /** The chosen ones, in that order. */
  readonly chosen: ReadonlySignal<readonly FileEntry[]>;

  constructor(options: FolderModelOptions) {
    this.#options = options;
    this.folderId = options.folderId;
    this.#path = signal(options.path);
    this.#entries = signal(options.entries);
    this.#total = signal(options.total);
    this.rows = computed(() => this.#entries.value.toSorted(compareEntries(this.#sort.value)));
    this.chosen = computed(() => {
      const chosen = this.selection.chosen.value;
      return this.rows.value.filter(({ name }) => chosen.has(name));
    });
    this.#tellNames();
  }

  get path(): ReadonlySignal<string> {
    return this.#path;
  }

  /** How many entries there are; more than `rows` where not all were sent. */
  get total(): ReadonlySignal<number> {
    return this.#total;
  }

  get sort(): ReadonlySignal<FileSort> {
    return this.#sort;
  }

  get look(): ReadonlySignal<FileLook> {
    return this.#look;
  }

  get loading(): ReadonlySignal<boolean> {
    return this.#loading;
  }

  /** Why the folder cannot be shown. */
  get problem(): ReadonlySignal<FreshetError | null> {
    return this.#problem;
  }

  /** The path of an entry. */
  pathOf(name: string): string {
    return joinFilePath(this.#path.peek(), name);
  }

  setLook(look: FileLook): void {
    this.#look.value = look;
  }

  /** Sorts by something; by the same again, the other way round. */
  sortBy(key: FileSortKey): void {
    const { key: old, descending } = this.#sort.peek();
    this.#sort.value = {
      key,
      descending: key === old ? !descending : key === "modifiedAt" || key === "size",
    };
    this.#tellNames();
  }

  /** Goes to a folder; true where it could be opened. */
  async open(path: string, focus?: string): Promise<boolean> {
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    this.#loading.value = true;
    try {
      const { entries, total } = await this.#options.api.list(this.folderId, path, abort.signal);
      if (abort.signal.aborted) return false;
      batch(() => {
        const isOther = path !== this.#path.peek();
        this.#path.value = path;
        this.#take(entries, total);
        if (isOther) this.selection.clear();
        if (focus !== undefined) this.selection.focus(focus);
        this.#problem.value = null;
      });
      return true;
    } catch (error) {
      if (abort.signal.aborted) return false;
      if (!(error instanceof FreshetError)) throw error;
      // What is shown stays: the folder that was asked for is the one that cannot be opened.
      if (path === this.#path.peek()) this.#problem.value = error;
      else this.#options.onError(error);
      return false;
    } finally {
      if (this.#abort === abort) this.#loading.value = false;
    }
  }

  /** Reads the folder again. */
  async reload(): Promise<void> {
    await this.open(this.#path.peek());
  }

  /** Goes up; the focus is then on the folder one comes from. */
  async openParent(): Promise<boolean> {
    const path = this.#path.peek();
    if (path === "") return false;
    return await this.open(parentFilePath(path), fileNameOf(path));
  }

  /** Gives an entry another name. Throws what the server says against it. */
  async rename(name: string, newName: string): Promise<void> {
    if (newName === name) return;
    const { api } = this.#options;
    const { name: made } = await api.move(this.folderId, this.pathOf(name), this.pathOf(newName));
    await this.reload();
    this.selection.choose(made);
  }

  /** Makes a folder in this one. Throws what the server says against it. */
  async makeFolder(name: string): Promise<void> {
    const { name: made } = await this.#options.api.makeFolder(this.folderId, this.pathOf(name));
    await this.reload();
    this.selection.choose(made);
  }

  /** Moves entries to another folder; returns how many were. */
  async move(names: readonly string[], toFolderId: string, toPath: string): Promise<number> {
    let moved = 0;
    for (const name of names) {
      const to = joinFilePath(toPath, name);
      const isMoved = await this.#try(() => {
        return this.#options.api.move(this.folderId, this.pathOf(name), to, toFolderId);
      });
      if (!isMoved) break;
      moved++;
    }
    await this.reload();
    return moved;
  }

  /** Moves entries to the trash; returns those that are there now. */
  async remove(names: readonly string[]): Promise<TrashedFile[]> {
    const trashed: TrashedFile[] = [];
    for (const name of names) {
      const isGone = await this.#try(async () => {
        trashed.push(await this.#options.api.remove(this.folderId, this.pathOf(name)));
      });
      if (!isGone) break;
    }
    const gone = new Set(trashed.map(({ path }) => fileNameOf(path)));
    this.#take(this.#entries.peek().filter(({ name }) => !gone.has(name)), this.#total.peek() - gone.size);
    return trashed;
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  #take(entries: readonly FileEntry[], total: number): void {
    batch(() => {
      const focused = this.selection.focused.peek();
      const at = this.rows.peek().findIndex(({ name }) => name === focused);
      this.#entries.value = entries;
      this.#total.value = total;
      this.#tellNames();
      // Where the focused one has gone, the next one is at its place.
      const next = this.rows.peek()[Math.min(at, this.rows.peek().length - 1)];
      if (focused !== this.selection.focused.peek() && next) this.selection.focus(next.name);
    });
  }

  #tellNames(): void {
    this.selection.setNames(this.rows.peek().map(({ name }) => name));
  }
}
