import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type Attachment,
  type BranchMessage,
  type Chat,
  type ChatSettings,
  FreshetError,
  newId,
  type ProfileEvent,
  type SendMessageBody,
  type StartedRun,
} from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { ChatModel } from "./chat_model.ts";
import type { Clock } from "./clock.ts";
import { Countdown } from "./countdown.ts";
import type { ChosenFile } from "./file_list.ts";
import { exclusively } from "./outbox/exclusively.ts";
import type { Outbox } from "./outbox/outbox.ts";
import { postUnsent } from "./outbox/post_unsent.ts";
import { heals, isRefusal } from "./outbox/refusal.ts";
import type { UnsentMessage } from "./outbox/unsent_message.ts";

/** What `Turns` needs. */
export interface TurnsOptions {
  model: ChatModel;
  api: ChatApi;
  clock: Clock;
  settings: () => ChatSettings;
  /** Of a chat made by its first message: whether it is a temporary one, and its folder. */
  newChat: () => Pick<UnsentMessage, "temporary" | "folderId">;
  outbox: Outbox;
  /** Whether the connection is known to be lost. */
  isLost: () => boolean;
  /** A chat was made by its first message; `isOpen` where that is the one shown. */
  onChatMade(chat: Chat, isOpen: boolean): void;
  /** A message waits in the outbox; `wasTried` where it was tried just now. */
  onWaiting(wasTried: boolean): void;
}

type MessagesChanged = Extract<ProfileEvent, { type: "messages:changed" }>;

/** Where the server does not say how long to wait. */
const DEFAULT_WAIT_SECONDS = 10;

/** Starts and stops answers: sending, editing, regenerating, continuing. One at a time. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #pending = signal<UnsentMessage | null>(null);
  readonly #starting = signal(false);
  readonly #problem = signal<FreshetError | null>(null);
  readonly #wait: Countdown;
  /** What happened elsewhere while we asked for an answer. */
  #heard: MessagesChanged[] = [];
  #startedAt = 0;
  /** The idempotency key of the chat that the next message makes, while none is open. */
  readonly newChatKey: Signal<string> = signal("");

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#wait = new Countdown(options.clock);
  }

  /** The message on its way to the open chat, shown already. */
  get pending(): ReadonlySignal<UnsentMessage | null> {
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

  /** The chat that is shown: its id, or the key of the one yet to be made. */
  get lane(): string {
    return this.#options.model.chat.value?.id ?? this.newChatKey.value;
  }

  /** Whether the open chat can take no message now. */
  get busy(): boolean {
    return this.#starting.value || this.#options.model.live.value !== null || this.secondsToWait.value > 0;
  }

  /** Whether a message may be written behind an answer of which nothing is heard now. */
  get queues(): boolean {
    return this.#options.model.live.value !== null && this.#options.isLost();
  }

  /** Begins a chat yet to be made, or goes back to one that waits in the outbox. */
  beginChat(key: string = newId(this.#options.clock.now())): void {
    this.newChatKey.value = key;
    this.#pending.value = null;
  }

  /**
   * Sends a message, or leaves it to the outbox where there is no connection or another one waits; false where the server
   * refused it. With a `parentId` it starts a branch below that message.
   */
  async send(text: string, files: readonly ChosenFile[] = [], parentId?: string | null): Promise<boolean> {
    const { queues } = this;
    if (this.busy && !queues) return false;
    const { outbox, onWaiting } = this.#options;
    const message = this.#write(text, files.flatMap((file) => file.attachment ?? []), parentId);
    if (queues || outbox.of(this.lane).length > 0) {
      outbox.put({ ...message, waiting: true });
      onWaiting(false);
      return true;
    }
    outbox.put(message);
    const error = await this.submit(message);
    if (!error) return true;
    if (!isRefusal(error)) {
      onWaiting(true);
      return true;
    }
    outbox.remove(message.id);
    this.#fail(error);
    return false;
  }

  /** Whether a message is one of the chat that is shown. */
  isShown({ chatId, chatKey }: UnsentMessage): boolean {
    return (chatId ?? chatKey) === this.lane;
  }

  /** Sends a message of the outbox; where that fails, it stays there and why is returned. */
  async submit(message: UnsentMessage): Promise<FreshetError | null> {
    const { model } = this.#options;
    const isOpen = this.isShown(message);
    if (isOpen) this.#pending.value = message;
    return await this.#attempt(
      isOpen,
      () => exclusively(message.id, () => this.#post(message)),
      (started) => {
        // Where another tab was faster, the chat has what it sent.
        if (started && started.chat.id !== model.chat.peek()?.id) return;
        if (started?.run.status === "running") model.begin(started);
        else model.reload().catch(reportUnlessKnown);
      },
    );
  }

  /** Takes a message back from the outbox; false where it is being sent right now, by whatever tab, or is gone. */
  async take(message: UnsentMessage): Promise<boolean> {
    const { outbox } = this.#options;
    const wasThere = await exclusively(message.id, () => {
      const isThere = outbox.isThere(message.id);
      outbox.remove(message.id);
      return Promise.resolve(isThere);
    });
    return wasThere ?? false;
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

  /** Hears of messages that changed: those of the open chat are fetched, unless they are of the answer that we asked for. */
  hear(event: MessagesChanged): void {
    this.#heard.push(event);
    if (!this.#starting.peek()) this.#fetchHeard();
  }

  /** Shows a problem with what is about to be sent, or takes it away. */
  setProblem(problem: FreshetError | null): void {
    if (this.#wait.secondsLeft.peek() === 0) this.#problem.value = problem;
  }

  async #again(ask: () => Promise<StartedRun>): Promise<boolean> {
    if (this.busy) return false;
    const error = await this.#attempt(true, ask, (started) => this.#options.model.begin(started));
    if (error) this.#fail(error);
    return !error;
  }

  #write(text: string, attachments: readonly Attachment[], parentId?: string | null): UnsentMessage {
    const { model, clock, settings, newChat } = this.#options;
    const body: SendMessageBody = { text, settings: settings() };
    if (parentId !== undefined) body.parentId = parentId;
    if (attachments.length > 0) body.attachmentIds = attachments.map(({ id }) => id);
    const chatId = model.chat.peek()?.id;
    if (this.newChatKey.peek() === "") this.beginChat();
    return {
      id: newId(clock.now()),
      ...(chatId === undefined ? { chatKey: this.newChatKey.peek(), ...newChat() } : { chatId }),
      body,
      ...(attachments.length > 0 ? { attachments } : {}),
    };
  }

  /** Asks for an answer; of the open chat, one at a time. */
  async #attempt<T>(
    isOpen: boolean,
    ask: () => Promise<T>,
    onStarted: (started: T) => void,
  ): Promise<FreshetError | null> {
    if (isOpen) {
      this.#starting.value = true;
      this.#startedAt = this.#options.clock.now();
      this.#problem.value = null;
    }
    const ended = (show: () => void) =>
      batch(() => {
        if (isOpen) this.#pending.value = null;
        if (isOpen) this.#starting.value = false;
        show();
        if (isOpen) this.#fetchHeard();
      });
    try {
      const started = await ask();
      ended(() => onStarted(started));
      return null;
    } catch (error) {
      ended(() => {});
      if (!(error instanceof FreshetError)) throw error;
      return error;
    }
  }

  #fetchHeard(): void {
    const { model } = this.#options;
    const isMissed = this.#heard.some(({ chatId, runId }) =>
      chatId === model.chat.peek()?.id && (runId === undefined || runId !== model.live.peek()?.runId)
    );
    this.#heard = [];
    if (isMissed) model.reload().catch(reportUnlessKnown);
  }

  /** Null where another tab was faster. */
  async #post(message: UnsentMessage): Promise<StartedRun | null> {
    const { outbox, api, clock } = this.#options;
    if (!outbox.isThere(message.id)) return null;
    const { error: _, ...trying } = { ...message, triedAt: message.triedAt ?? clock.now() };
    outbox.put(trying);
    try {
      const started = await postUnsent(trying, api, (chat) => this.#chatMade(trying, chat));
      outbox.remove(message.id);
      return started;
    } catch (error) {
      const kept = outbox.get(message.id);
      const told = error instanceof FreshetError && !heals(error) ? { error: error.toBody() } : {};
      if (kept && outbox.isThere(kept.id)) outbox.put({ ...kept, ...told, waiting: true });
      throw error;
    }
  }

  #fail(error: FreshetError): void {
    this.#problem.value = error;
    if (error.code !== "rate_limited") return;
    this.#wait.start(error.retryAfter ?? DEFAULT_WAIT_SECONDS, () => this.#problem.value = null);
  }

  #chatMade({ chatKey = "" }: UnsentMessage, chat: Chat): void {
    const { model, outbox, onChatMade } = this.#options;
    const isOpen = model.chat.peek() === null && this.newChatKey.peek() === chatKey;
    batch(() => {
      if (isOpen) model.chat.value = chat;
      for (const message of outbox.of(chatKey)) outbox.put({ ...message, chatId: chat.id });
    });
    onChatMade(chat, isOpen);
  }
}

function reportUnlessKnown(error: unknown): void {
  if (!(error instanceof FreshetError)) reportError(error);
}
