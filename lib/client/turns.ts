import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type BranchMessage,
  type Chat,
  type ChatSettings,
  FreshetError,
  newId,
  type SendMessageBody,
  type StartedRun,
} from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { ChatModel } from "./chat_model.ts";
import type { Clock } from "./clock.ts";
import { Countdown } from "./countdown.ts";
import type { ChosenFile } from "./file_list.ts";

/** A message on its way to the server, shown already. */
export interface PendingTurn {
  text: string;
  files: readonly ChosenFile[];
  /** The message below which it goes; undefined for the end of the branch. */
  parentId?: string | null;
}

/** What `Turns` needs. */
export interface TurnsOptions {
  model: ChatModel;
  api: ChatApi;
  clock: Clock;
  settings: () => ChatSettings;
  /** Whether a chat made by its first message is to be a temporary one. */
  temporary: () => boolean;
  /** A chat was made by its first message. */
  onChatMade(chat: Chat): void;
}

/** Where the server does not say how long to wait. */
const DEFAULT_WAIT_SECONDS = 10;
const NO_ATTEMPT = { of: "", key: "" };

/** Starts and stops answers: sending, editing, regenerating, continuing. One at a time. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #pending = signal<PendingTurn | null>(null);
  readonly #starting = signal(false);
  readonly #problem = signal<FreshetError | null>(null);
  readonly #wait: Countdown;
  #attempt = NO_ATTEMPT;
  #startedAt = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#wait = new Countdown(options.clock);
  }

  get pending(): ReadonlySignal<PendingTurn | null> {
    return this.#pending;
  }

  /** Whether an answer was asked for and has not begun. */
  get starting(): ReadonlySignal<boolean> {
    return this.#starting;
  }

  /** When an answer was last asked for (ms since 1970): what it brings appears with one movement, not with one for each step. */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Why the last attempt failed. */
  get problem(): ReadonlySignal<FreshetError | null> {
    return this.#problem;
  }

  /** How long a rate limit still holds. */
  get secondsToWait(): ReadonlySignal<number> {
    return this.#wait.secondsLeft;
  }

  /** Sends a message; false where that failed. With a `parentId` it starts a branch below that message. */
  async send(text: string, files: readonly ChosenFile[] = [], parentId?: string | null): Promise<boolean> {
    const body: SendMessageBody = { text, settings: this.#options.settings() };
    if (parentId !== undefined) body.parentId = parentId;
    const attachmentIds = files.flatMap((file) => file.attachment?.id ?? []);
    if (attachmentIds.length > 0) body.attachmentIds = attachmentIds;
    if (this.#busy()) return false;
    this.#pending.value = parentId === undefined ? { text, files } : { text, files, parentId };
    const sent = await this.#start(async () => {
      const chatId = await this.#chatId();
      return await this.#options.api.sendMessage(chatId, body, this.#key(chatId, body));
    });
    this.#pending.value = null;
    if (sent) this.#attempt = NO_ATTEMPT;
    return sent;
  }

  /** Answers the same message once more, on a branch of its own. */
  regenerate(message: BranchMessage): Promise<boolean> {
    return this.#again(() => this.#options.api.regenerate(message.chatId, message.id));
  }

  /** Goes on with an answer that was cut off. */
  continueAnswer(message: BranchMessage): Promise<boolean> {
    return this.#again(() => this.#options.api.continueMessage(message.chatId, message.id));
  }

  /** Stops the answer that is being written; what is there stays. */
  async stop(): Promise<void> {
    const runId = this.#options.model.live.peek()?.runId;
    if (runId !== undefined) await this.#options.api.cancelRun(runId);
  }

  /** Shows a problem with what is about to be sent, or takes it away. */
  setProblem(problem: FreshetError | null): void {
    if (this.#wait.secondsLeft.peek() === 0) this.#problem.value = problem;
  }

  async #again(ask: () => Promise<StartedRun>): Promise<boolean> {
    return !this.#busy() && await this.#start(ask);
  }

  #busy(): boolean {
    return this.#starting.peek() || this.#options.model.live.peek() !== null || this.secondsToWait.peek() > 0;
  }

  async #start(ask: () => Promise<StartedRun>): Promise<boolean> {
    this.#starting.value = true;
    this.#startedAt = this.#options.clock.now();
    this.#problem.value = null;
    try {
      this.#options.model.begin(await ask());
      return true;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#fail(error);
      return false;
    } finally {
      this.#starting.value = false;
    }
  }

  #fail(error: FreshetError): void {
    this.#problem.value = error;
    if (error.code !== "rate_limited") return;
    this.#wait.start(error.retryAfter ?? DEFAULT_WAIT_SECONDS, () => this.#problem.value = null);
  }

  async #chatId(): Promise<string> {
    const { model, api, settings, temporary, onChatMade } = this.#options;
    const chat = model.chat.peek();
    if (chat) return chat.id;
    const made = await api.createChat({ settings: settings(), ...(temporary() ? { temporary: true } : {}) });
    model.chat.value = made;
    onChatMade(made);
    return made.id;
  }

  /** The same message keeps its key until it went through, so that trying again cannot send it twice. */
  #key(chatId: string, body: SendMessageBody): string {
    const of = JSON.stringify([chatId, body.parentId, body.text, body.attachmentIds]);
    if (this.#attempt.of !== of) this.#attempt = { of, key: newId() };
    const { key } = this.#attempt;
    return key;
  }
}
