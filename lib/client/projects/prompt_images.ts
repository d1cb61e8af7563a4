import type { ReadonlySignal } from "@preact/signals";
import { PROJECT_LIMITS } from "../../shared/mod.ts";
import type { ChatApi } from "../chat_api.ts";
import { type ChosenFile, FileList } from "../file_list.ts";

/** The images that go with a prompt are of these media types. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** Why a file was not taken. */
export type Refusal = "noImage" | "tooMany";

/** The images that go with a prompt, on the server from when they are chosen. */
export class PromptImages {
  readonly #files: FileList;
  readonly #onRefuse: (why: Refusal) => void;
  #drawingKey: number | undefined;

  constructor(api: ChatApi, onRefuse: (why: Refusal) => void) {
    this.#files = new FileList(api);
    this.#onRefuse = onRefuse;
  }

  get files(): ReadonlySignal<readonly ChosenFile[]> {
    return this.#files.files;
  }

  get uploading(): ReadonlySignal<boolean> {
    return this.#files.uploading;
  }

  /** What the server has. */
  get ids(): string[] {
    return this.#files.attachments.map(({ id }) => id);
  }

  /** Sends images to the server; what is none, or too many, is refused. */
  async add(files: readonly File[]): Promise<void> {
    const images = files.filter(({ type }) => IMAGE_TYPES.includes(type));
    if (images.length < files.length) this.#onRefuse("noImage");
    const room = PROJECT_LIMITS.images - this.files.peek().length;
    if (images.length > room) this.#onRefuse("tooMany");
    await this.#files.add(images.slice(0, Math.max(0, room)));
  }

  /** Adds the drawing, in the place of what it was before. */
  async putDrawing(file: File): Promise<void> {
    const removing = this.#drawingKey === undefined ? undefined : this.#files.remove(this.#drawingKey);
    this.#drawingKey = undefined;
    const before = this.files.peek().at(-1)?.key;
    const adding = this.add([file]);
    const after = this.files.peek().at(-1)?.key;
    // The same where there was no room for it.
    if (after !== before) this.#drawingKey = after;
    await Promise.all([removing, adding]);
  }

  isDrawing(key: number): boolean {
    return key === this.#drawingKey;
  }

  async remove(key: number): Promise<void> {
    await this.#files.remove(key);
  }
}
