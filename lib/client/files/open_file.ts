import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type FilePreview, FreshetError } from "../../shared/mod.ts";
import type { FilesApi } from "./files_api.ts";

/** What an `OpenFile` needs. */
export interface OpenFileOptions {
  folderId: string;
  api: Pick<FilesApi, "preview" | "write">;
  preview: FilePreview | null;
}

/** The file that is looked at or edited. */
export class OpenFile {
  readonly #folderId: string;
  readonly #api: OpenFileOptions["api"];
  readonly #path: Signal<string | null>;
  readonly #preview: Signal<FilePreview | null>;
  readonly #error = signal<FreshetError | null>(null);
  readonly #editing = signal(false);
  readonly #draft: Signal<string | null> = signal(null);
  readonly #saving = signal(false);
  readonly #changedOnDisk = signal(false);
  #abort: AbortController | undefined;

  /** Whether something was typed that is not saved. */
  readonly isDirty: ReadonlySignal<boolean>;

  constructor({ folderId, api, preview }: OpenFileOptions) {
    this.#folderId = folderId;
    this.#api = api;
    this.#path = signal(preview?.path ?? null);
    this.#preview = signal(preview);
    this.isDirty = computed(() => {
      const draft = this.#draft.value;
      return draft !== null && draft !== this.#preview.value?.text;
    });
  }

  /** The path of the open file, or null. */
  get path(): ReadonlySignal<string | null> {
    return this.#path;
  }

  /** Null while it is loaded. */
  get preview(): ReadonlySignal<FilePreview | null> {
    return this.#preview;
  }

  get error(): ReadonlySignal<FreshetError | null> {
    return this.#error;
  }

  get editing(): ReadonlySignal<boolean> {
    return this.#editing;
  }

  get saving(): ReadonlySignal<boolean> {
    return this.#saving;
  }

  /** Whether another program has changed the file since it was read. */
  get changedOnDisk(): ReadonlySignal<boolean> {
    return this.#changedOnDisk;
  }

  /** What was typed, or null. */
  get draft(): ReadonlySignal<string | null> {
    return this.#draft;
  }

  async open(path: string): Promise<void> {
    batch(() => {
      this.#path.value = path;
      this.#preview.value = null;
      this.#forgetDraft();
    });
    await this.#load(path);
  }

  close(): void {
    this.#abort?.abort();
    batch(() => {
      this.#path.value = null;
      this.#preview.value = null;
      this.#error.value = null;
      this.#forgetDraft();
    });
  }

  /** The file has another path now. */
  moved(path: string): void {
    const preview = this.#preview.peek();
    batch(() => {
      this.#path.value = path;
      if (preview) this.#preview.value = { ...preview, path, name: path.slice(path.lastIndexOf("/") + 1) };
    });
  }

  edit(): void {
    if (this.#preview.peek()?.version !== undefined) this.#editing.value = true;
  }

  /** Back to the preview; what was typed is gone. */
  stopEditing(): void {
    this.#forgetDraft();
  }

  setDraft(text: string): void {
    this.#draft.value = text;
  }

  /** Saves what was typed; with `overwrite` also over what another program has written. True where it is on disk now. */
  async save({ overwrite = false } = {}): Promise<boolean> {
    const [path, preview, text] = [this.#path.peek(), this.#preview.peek(), this.#draft.peek()];
    if (path === null || preview?.version === undefined || text === null || this.#saving.peek()) return false;
    this.#saving.value = true;
    try {
      const version = overwrite ? {} : { version: preview.version };
      await this.#api.write(this.#folderId, path, text, { replace: true, ...version });
      const saved = await this.#api.preview(this.#folderId, path);
      batch(() => {
        this.#changedOnDisk.value = false;
        if (this.#path.peek() === path) this.#preview.value = saved;
        // What was typed meanwhile is kept.
        if (this.#draft.peek() === text) this.#draft.value = saved.text ?? text;
      });
      return true;
    } catch (error) {
      if (!(error instanceof FreshetError) || error.field !== "version") throw error;
      this.#changedOnDisk.value = true;
      return false;
    } finally {
      this.#saving.value = false;
    }
  }

  /** Takes the file as it is on disk; what was typed is gone. */
  async loadAgain(): Promise<void> {
    const path = this.#path.peek();
    if (path === null) return;
    this.#draft.value = null;
    this.#changedOnDisk.value = false;
    await this.#load(path);
  }

  /** Looks whether the file on disk is still the one that was read; without a draft it is shown as it is now. */
  async look(): Promise<void> {
    const [path, preview] = [this.#path.peek(), this.#preview.peek()];
    if (path === null || preview?.version === undefined || this.#saving.peek()) return;
    const now = await this.#api.preview(this.#folderId, path).catch((error) => {
      if (error instanceof FreshetError && error.code !== "not_found") return preview;
      if (error instanceof FreshetError) return undefined;
      throw error;
    });
    if (this.#preview.peek() !== preview || now?.version === preview.version) return;
    if (now && !this.isDirty.peek()) {
      batch(() => {
        this.#preview.value = now;
        if (this.#draft.peek() !== null) this.#draft.value = now.text ?? "";
      });
    } else this.#changedOnDisk.value = true;
  }

  async #load(path: string): Promise<void> {
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    this.#error.value = null;
    try {
      const preview = await this.#api.preview(this.#folderId, path, abort.signal);
      if (!abort.signal.aborted) this.#preview.value = preview;
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof FreshetError)) throw error;
      this.#error.value = error;
    }
  }

  #forgetDraft(): void {
    batch(() => {
      this.#editing.value = false;
      this.#draft.value = null;
      this.#changedOnDisk.value = false;
    });
  }
}
