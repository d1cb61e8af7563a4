import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type CreatedVersion,
  type CreateVersionBody,
  FreshetError,
  newId,
  PROJECT_LIMITS,
} from "../../shared/mod.ts";
import type { Drafts } from "../drafts.ts";
import type { FileList } from "../file_list.ts";

/** What `PromptModel` needs. */
export interface PromptModelOptions {
  /** Names the draft. */
  projectId: string;
  files: FileList;
  drafts: Drafts;
  /** The branch on which prompts go on. */
  branch: ReadonlySignal<string>;
  /** Whether a version of that branch is being made, so that a prompt has to wait. */
  busy: ReadonlySignal<boolean>;
  create(body: CreateVersionBody, key: string): Promise<CreatedVersion>;
}

/** A prompt on its way to the server, shown at once. */
export interface PendingPrompt {
  key: string;
  text: string;
  queued: boolean;
  createdAt: number;
}

/** The prompt that is being typed, and those that are on their way. */
export class PromptModel {
  readonly #options: PromptModelOptions;
  readonly #text: Signal<string> = signal("");
  readonly #pending = signal<readonly PendingPrompt[]>([]);
  readonly #problem = signal<FreshetError | null>(null);
  #failed: { key: string; text: string } | undefined;
  /** Grows when somebody put text into the field that was not typed: it takes the focus. */
  readonly wantsFocus: Signal<number> = signal(0);

  readonly canSend: ReadonlySignal<boolean>;
  readonly isTooLong: ReadonlySignal<boolean>;

  constructor(options: PromptModelOptions) {
    this.#options = options;
    this.isTooLong = computed(() => this.#text.value.length > PROJECT_LIMITS.promptChars);
    this.canSend = computed(() =>
      this.#text.value.trim() !== "" && !this.isTooLong.value && !options.files.uploading.value
    );
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  get pending(): ReadonlySignal<readonly PendingPrompt[]> {
    return this.#pending;
  }

  /** Why the last prompt was not taken. */
  get problem(): ReadonlySignal<FreshetError | null> {
    return this.#problem;
  }

  setText(text: string): void {
    this.#text.value = text;
    this.#problem.value = null;
  }

  /** Adds a text below what is typed, and asks for the focus: what another panel has to say to the model. */
  insert(text: string): void {
    const before = this.#text.peek().trimEnd();
    this.setText(before === "" ? text : `${before}\n\n${text}`);
    this.wantsFocus.value++;
  }

  /** Sends images with the next prompt. */
  async addImages(images: Iterable<File>): Promise<void> {
    await this.#options.files.add(images);
    this.wantsFocus.value++;
  }

  restoreDraft(): void {
    const draft = this.#options.drafts.read(this.#options.projectId);
    if (draft !== "" && this.#text.peek() === "") this.#text.value = draft;
  }

  keepDraft(): void {
    this.#options.drafts.write(this.#options.projectId, this.#text.peek());
  }

  /** Sends what is typed; it comes back where that fails. */
  async send(now: number): Promise<void> {
    if (!this.canSend.peek()) return;
    const { files, branch, busy, create } = this.#options;
    const text = this.#text.peek().trim();
    const chosen = files.clear();
    const imageIds = chosen.flatMap(({ attachment }) => attachment?.id ?? []);
    // The same prompt keeps its key until it went through, so that trying again cannot make it twice.
    const key = this.#failed?.text === text ? this.#failed.key : newId(now);
    this.#failed = undefined;
    const queued = busy.peek();
    this.setText("");
    this.#pending.value = [...this.#pending.peek(), { key, text, queued, createdAt: now }];
    try {
      await create({
        origin: "prompt",
        text,
        branch: branch.peek(),
        ...(imageIds.length > 0 ? { imageIds } : {}),
        // It waits wherever a version is being made, also where nobody here has heard of that yet.
        queue: true,
      }, key);
      this.keepDraft();
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#failed = { key, text };
      files.restore(chosen);
      this.#text.value = [text, this.#text.peek()].filter(Boolean).join("\n");
      this.#problem.value = error;
    } finally {
      this.#pending.value = this.#pending.peek().filter((prompt) => prompt.key !== key);
    }
  }
}
