import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type CreateProjectBody,
  type ErrorBody,
  FreshetError,
  type ModelEntry,
  PROJECT_LIMITS,
} from "../../shared/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import type { Clock } from "../clock.ts";
import { Countdown } from "../countdown.ts";
import type { Drafts } from "../drafts.ts";
import { formatCount } from "../format.ts";
import { type AskDraft, type AskKind, bodyOf } from "./ask_draft.ts";
import type { ProjectsApi } from "./projects_api.ts";
import type { PromptImages } from "./prompt_images.ts";

/** A pause in typing (ms) after which the draft is kept. */
const KEEP_AFTER_MS = 300;
/** Under this name among the drafts of chats. */
const DRAFT = "ask";

/** What an `AskModel` needs. */
export interface AskModelOptions {
  draft: AskDraft;
  problem: ErrorBody | null;
  models: readonly ModelEntry[];
  /** The model that answers where none is chosen. */
  bestModel: string;
  api: Pick<ProjectsApi, "create">;
  images: Pick<PromptImages, "ids" | "uploading" | "files">;
  drafts: Drafts;
  clock: Clock;
  t: Translate;
  /** "en" or "de". */
  language: string;
  newKey(): string;
}

/** A project that is being asked for: what is typed, chosen and sent. */
export class AskModel {
  readonly #options: AskModelOptions;
  readonly #text: Signal<string>;
  readonly #problem: Signal<ErrorBody | null>;
  readonly #sending = signal(false);
  readonly #wait: Countdown;
  #cancelKeep: (() => void) | undefined;
  #isSent = false;
  #attempt = { body: "", key: "" };

  readonly kind: Signal<AskKind>;
  /** The chosen model's id; "" for the best one. */
  readonly model: Signal<string>;
  readonly models: Signal<readonly ModelEntry[]>;
  readonly bestModel: Signal<string>;
  /** The model that will answer. */
  readonly entry: ReadonlySignal<ModelEntry | undefined>;
  /** The model that will answer where it is known not to see the images that are there. */
  readonly blindModel: ReadonlySignal<string | null>;

  constructor(options: AskModelOptions) {
    this.#options = options;
    this.#text = signal(options.draft.prompt);
    this.#problem = signal(options.problem);
    this.#wait = new Countdown(options.clock);
    this.kind = signal(options.draft.kind);
    this.model = signal(options.draft.model);
    this.models = signal(options.models);
    this.bestModel = signal(options.bestModel);
    this.entry = computed(() => {
      const id = this.model.value || this.bestModel.value;
      return this.models.value.find((entry) => entry.id === id);
    });
    this.blindModel = computed(() => {
      const entry = this.entry.value;
      const hasImages = options.images.files.value.some((file) => !file.error);
      return hasImages && entry && !entry.capabilities.includes("vision") ? entry.name : null;
    });
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  get sending(): ReadonlySignal<boolean> {
    return this.#sending;
  }

  /** Seconds that a rate limit still holds. */
  get secondsToWait(): ReadonlySignal<number> {
    return this.#wait.secondsLeft;
  }

  /** Whether it is what was typed that is wrong. */
  get isPromptInvalid(): boolean {
    const problem = this.#problem.value;
    return problem?.code === "invalid_request" && (problem.field ?? "prompt") === "prompt" || this.isTooLong;
  }

  get isTooLong(): boolean {
    return this.#text.value.trim().length > PROJECT_LIMITS.promptChars;
  }

  setText(text: string): void {
    this.#text.value = text;
    this.#problem.value = null;
    this.#cancelKeep?.();
    this.#cancelKeep = this.#options.clock.after(KEEP_AFTER_MS, () => this.keepDraft());
  }

  /** Brings back what was typed before a reload, unless there is something already. */
  restoreDraft(): void {
    const draft = this.#options.drafts.read(DRAFT);
    if (draft !== "" && this.#text.peek() === "") this.#text.value = draft;
  }

  /** Keeps what is typed for the time after a reload. */
  keepDraft(): void {
    this.#cancelKeep?.();
    this.#cancelKeep = undefined;
    this.#options.drafts.write(DRAFT, this.#isSent ? "" : this.#text.peek());
  }

  /** Makes the project; its id, or null where that failed. Everything typed stays until it is made. */
  async send(): Promise<string | null> {
    if (this.#sending.peek() || this.#wait.secondsLeft.peek() > 0) return null;
    const wrong = this.#check();
    if (wrong) {
      this.#problem.value = { code: "invalid_request", message: wrong, field: "prompt" };
      return null;
    }
    this.#problem.value = null;
    this.#sending.value = true;
    try {
      const body = bodyOf(
        { prompt: this.#text.peek(), kind: this.kind.peek(), model: this.model.peek() },
        this.#options.images.ids,
      );
      const { project } = await this.#options.api.create(body, this.#key(body));
      this.#isSent = true;
      this.keepDraft();
      return project.id;
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** The page is seen again after it was left for the project. */
  comeBack(): void {
    this.#sending.value = false;
    if (this.#isSent) this.#text.value = "";
    this.#isSent = false;
  }

  #check(): string | undefined {
    const { t, language, images } = this.#options;
    if (this.#text.peek().trim() === "") return t("ask.empty");
    if (this.isTooLong) return t("ask.tooLong", { limit: formatCount(PROJECT_LIMITS.promptChars, language) });
    if (images.uploading.peek()) return t("ask.waitForImages");
    return undefined;
  }

  #fail(error: unknown): void {
    this.#sending.value = false;
    if (!(error instanceof FreshetError)) throw error;
    this.#problem.value = error.toBody();
    if (error.retryAfter) this.#wait.start(error.retryAfter, () => void (this.#problem.value = null));
  }

  /** The same for the same request, so that one whose answer got lost is not done twice. */
  #key(body: CreateProjectBody): string {
    const text = JSON.stringify(body);
    if (this.#attempt.body !== text) this.#attempt = { body: text, key: this.#options.newKey() };
    return this.#attempt.key;
  }
}
