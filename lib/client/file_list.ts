import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Attachment, FreshetError } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** A file chosen for the next message, while it is sent to the server and after. */
export interface ChosenFile {
  key: number;
  name: string;
  sizeBytes: number;
  /** There once the server has it. */
  attachment?: Attachment;
  error?: FreshetError | undefined;
}

/** What the file chooser offers; the server decides what it takes. */
export const ACCEPTED_FILES = [
  "text/*,application/json,application/pdf,image/png,image/jpeg,image/webp,image/gif",
  ".md,.csv,.tsv,.ts,.tsx,.js,.jsx,.py,.rs,.go,.java,.kt,.c,.h,.cpp,.cs,.rb,.php,.swift,.sql,.sh,.yaml,.yml,.toml,.log",
].join(",");

/** The files that go with the next message. */
export class FileList {
  readonly #files = signal<readonly ChosenFile[]>([]);
  readonly #uploads = new Map<number, AbortController>();
  /** Files that found no connection, by their keys. */
  readonly #waiting = new Map<number, File>();
  readonly #api: ChatApi;
  #lastKey = 0;

  /** Whether a file is still on its way. */
  readonly uploading: ReadonlySignal<boolean>;

  constructor(api: ChatApi) {
    this.#api = api;
    this.uploading = computed(() => this.#files.value.some((file) => !file.attachment && !file.error));
  }

  get files(): ReadonlySignal<readonly ChosenFile[]> {
    return this.#files;
  }

  /** Whether a file could not be sent for want of a connection; it is tried again when there is one. */
  get waiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** What the server has. */
  get attachments(): Attachment[] {
    return this.#files.value.flatMap((file) => file.attachment ?? []);
  }

  /** Sends files to the server. */
  async add(files: Iterable<File>): Promise<void> {
    await Promise.all(Array.from(files, (file) => {
      const key = ++this.#lastKey;
      this.#files.value = [...this.#files.peek(), { key, name: file.name, sizeBytes: file.size }];
      return this.#upload(key, file);
    }));
  }

  /** Sends those again that found no connection. */
  async retry(): Promise<void> {
    await Promise.all(Array.from(this.#waiting, ([key, file]) => this.#upload(key, file)));
  }

  /** Takes files that the server has already. */
  adopt(attachments: readonly Attachment[]): void {
    this.restore(attachments.map((attachment) => {
      const { name, sizeBytes } = attachment;
      return { key: ++this.#lastKey, name, sizeBytes, attachment };
    }));
  }

  /** Takes a file back, from the server too. */
  async remove(key: number): Promise<void> {
    const file = this.#files.peek().find((chosen) => chosen.key === key);
    this.#uploads.get(key)?.abort();
    this.#waiting.delete(key);
    this.#files.value = this.#files.peek().filter((chosen) => chosen.key !== key);
    if (file?.attachment) await this.#api.deleteAttachment(file.attachment.id);
  }

  /** Hands the files over to a message that was sent. */
  clear(): readonly ChosenFile[] {
    const files = this.#files.peek();
    this.#files.value = [];
    return files;
  }

  /** Gives files back where sending failed. */
  restore(files: readonly ChosenFile[]): void {
    this.#files.value = [...files, ...this.#files.peek()];
  }

  async #upload(key: number, file: File): Promise<void> {
    const abort = new AbortController();
    this.#uploads.set(key, abort);
    this.#waiting.delete(key);
    try {
      const attachment = await this.#api.uploadAttachment(file, abort.signal);
      this.#change(key, { attachment, error: undefined });
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof FreshetError)) throw error;
      if (error.code === "unreachable") this.#waiting.set(key, file);
      this.#change(key, { error });
    } finally {
      this.#uploads.delete(key);
    }
  }

  #change(key: number, changes: Partial<ChosenFile>): void {
    this.#files.value = this.#files.peek().map((file) => file.key === key ? { ...file, ...changes } : file);
  }
}
