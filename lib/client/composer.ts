import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ChatModel } from "./chat_model.ts";
import type { Clock } from "./clock.ts";
import type { Drafts } from "./drafts.ts";
import type { FileList } from "./file_list.ts";
import { type Attachment, FreshetError } from "../shared/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import { loadMarkdown } from "./markdown.ts";
import type { Turns } from "./turns.ts";

/** A pause in typing (ms) after which the draft is kept. */
const KEEP_AFTER_MS = 300;

/** What `Composer` needs. */
export interface ComposerOptions {
  model: ChatModel;
  turns: Turns;
  files: FileList;
  drafts: Drafts;
  clock: Clock;
  t: Translate;
}

/** The message that is being typed. */
export class Composer {
  readonly #text: Signal<string> = signal("");
  readonly #options: ComposerOptions;
  #cancelKeep: (() => void) | undefined;

  /** Whether there is something to send and nothing in its way. */
  readonly canSend: ReadonlySignal<boolean>;

  constructor(options: ComposerOptions) {
    this.#options = options;
    const { model, turns, files } = options;
    this.canSend = computed(() =>
      (this.#text.value.trim() !== "" || files.attachments.length > 0) && !files.uploading.value &&
      !turns.starting.value && (model.live.value === null || turns.queues) && turns.secondsToWait.value === 0
    );
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  setText(text: string): void {
    // An answer is about to come: by then its renderer is there.
    if (text !== "") loadMarkdown().catch(reportError);
    this.#text.value = text;
    this.#options.turns.setProblem(null);
    this.#cancelKeep?.();
    this.#cancelKeep = this.#options.clock.after(KEEP_AFTER_MS, () => this.keepDraft());
  }

  /** Takes what was typed before anybody listened. */
  adopt(text: string): void {
    if (text !== "" && this.#text.peek() === "") this.setText(text);
  }

  /** Brings back what was typed before a reload, unless something is typed already. */
  restoreDraft(): void {
    const draft = this.#options.drafts.read(this.#chatId());
    if (draft !== "" && this.#text.peek() === "") this.#text.value = draft;
  }

  /** Keeps what is typed for the time after a reload. */
  keepDraft(): void {
    this.#cancelKeep?.();
    this.#cancelKeep = undefined;
    this.#options.drafts.write(this.#chatId(), this.#text.peek());
  }

  /** Sends what is typed; it comes back where that fails. */
  async send(): Promise<void> {
    if (!this.canSend.peek()) return;
    const { turns, files, drafts, t } = this.#options;
    // A message without a file that it speaks of is not what the person meant to send.
    if (files.waiting) {
      const hint = { hint: t("files.waitHint") };
      return turns.setProblem(new FreshetError("unreachable", t("files.wait"), hint));
    }
    const text = this.#text.peek();
    const chosen = files.clear();
    const chatId = this.#chatId();
    this.setText("");
    if (await turns.send(text.trim(), chosen)) {
      drafts.write(chatId, "");
      return;
    }
    files.restore(chosen);
    this.#prepend(text);
  }

  /** Takes back what was sent off but has not arrived, before what was typed since. */
  takeBack(text: string, attachments: readonly Attachment[]): void {
    this.#options.files.adopt(attachments);
    this.#prepend(text);
    this.keepDraft();
  }

  #prepend(text: string): void {
    const since = this.#text.peek();
    this.#text.value = since === "" ? text : `${text}\n${since}`;
  }

  #chatId(): string | null {
    return this.#options.model.chat.peek()?.id ?? null;
  }
}
