import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { FreshetError } from "../../shared/mod.ts";
import { joinFilePath } from "../../shared/files/mod.ts";
import { nextName, possibleName } from "./other_name.ts";
import type { FilesApi } from "./files_api.ts";

/** A file on its way to the server. */
export interface Upload {
  key: number;
  name: string;
  size: number;
  state: "waiting" | "sending" | "done" | "failed";
  error?: FreshetError;
  /** It may be sent again, over the one that is there. */
  canReplace?: boolean;
  /** It may be sent again under this name: its own is taken, or cannot be. */
  otherName?: string;
}

/** What `Uploads` needs. */
export interface UploadsOptions {
  api: Pick<FilesApi, "write">;
  /** Called when files have come. */
  onDone(): void;
}

/** A file in the queue, with where it goes. */
interface Waiting {
  upload: Upload;
  file: File;
  folderId: string;
  path: string;
  replace: boolean;
}

/** Files that are sent to a folder, one after the other, each in its own request. */
export class Uploads {
  readonly #list: Signal<readonly Upload[]> = signal([]);
  readonly #options: UploadsOptions;
  readonly #waiting: Waiting[] = [];
  #files = new Map<number, { file: File; folderId: string; path: string }>();
  #abort: AbortController | undefined;
  #isRunning = false;
  #lastKey = 0;

  /** How many are not there yet. */
  readonly left: ReadonlySignal<number>;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.left = computed(() =>
      this.#list.value.filter(({ state }) => state === "waiting" || state === "sending").length
    );
  }

  get list(): ReadonlySignal<readonly Upload[]> {
    return this.#list;
  }

  /** Sends files to a folder. */
  async add(files: Iterable<File>, folderId: string, path: string): Promise<void> {
    for (const file of files) {
      const upload: Upload = { key: ++this.#lastKey, name: file.name, size: file.size, state: "waiting" };
      const where = { file, folderId, path };
      this.#files.set(upload.key, where);
      this.#list.value = [...this.#list.peek(), upload];
      this.#waiting.push({ upload, ...where, replace: false });
    }
    await this.#run();
  }

  /** Sends a file once more, over the one of its name. */
  async replace(key: number): Promise<void> {
    await this.#again(key, {}, true);
  }

  /** Sends a file once more, under the other name that was offered. */
  async sendAsOther(key: number): Promise<void> {
    const { otherName } = this.#list.peek().find((each) => each.key === key) ?? {};
    if (otherName !== undefined) await this.#again(key, { name: otherName }, false);
  }

  /** Ends what is on its way; what came stays. */
  cancel(): void {
    this.#waiting.length = 0;
    this.#abort?.abort();
    this.#keep(({ state }) => state === "done" || state === "failed");
  }

  /** Forgets what is over. */
  clear(): void {
    this.#keep(({ state }) => state === "waiting" || state === "sending");
  }

  #keep(isKept: (upload: Upload) => boolean): void {
    for (const upload of this.#list.peek()) if (!isKept(upload)) this.#files.delete(upload.key);
    this.#list.value = this.#list.peek().filter(isKept);
  }

  async #again(key: number, changes: Partial<Upload>, replace: boolean): Promise<void> {
    // Pressed twice, it would be sent twice.
    if (this.#list.peek().find((each) => each.key === key)?.state !== "failed") return;
    this.#change(key, { ...changes, state: "waiting" });
    const upload = this.#list.peek().find((each) => each.key === key);
    const where = this.#files.get(key);
    if (!upload || !where) return;
    this.#waiting.push({ upload, ...where, replace });
    await this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#send(next);
    } finally {
      this.#isRunning = false;
      this.#options.onDone();
    }
  }

  async #send(
    { upload: { key, name }, file, folderId, path, replace }: Waiting,
  ): Promise<void> {
    const abort = this.#abort = new AbortController();
    this.#change(key, { state: "sending" });
    try {
      const options = { replace, signal: abort.signal };
      await this.#options.api.write(folderId, joinFilePath(path, name), file, options);
      this.#change(key, { state: "done" });
      this.#files.delete(key);
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof FreshetError)) throw error;
      const isTaken = error.code === "conflict" && !replace;
      const otherName = isTaken ? nextName(name) : possibleName(name);
      this.#change(key, { state: "failed", error, canReplace: isTaken, otherName });
    }
  }

  #change(
    key: number,
    { otherName, ...changes }: Omit<Partial<Upload>, "otherName"> & { otherName?: string | undefined },
  ): void {
    this.#list.value = this.#list.peek().map((upload) => {
      if (upload.key !== key) return upload;
      const { otherName: _, ...rest } = upload;
      return { ...rest, ...changes, ...(otherName === undefined ? {} : { otherName }) };
    });
  }
}
