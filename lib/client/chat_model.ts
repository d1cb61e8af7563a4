import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BranchMessage, Chat, MessagePage, RunSnapshot, RunState, StartedRun } from "../shared/mod.ts";
import type { AnswerText } from "./answer_text.ts";
import { type Branch, isJoined, withEarlierPage, withLastPage, withMessage, withTurn } from "./branch.ts";
import type { ChatApi } from "./chat_api.ts";
import type { Clock } from "./clock.ts";
import { LiveAnswer } from "./live_answer.ts";
import { RunSubscription } from "./run_subscription.ts";

/** What a `ChatModel` needs. */
export interface ChatModelOptions {
  chat: Chat | null;
  page: MessagePage;
  running: RunSnapshot | null;
  api: ChatApi;
  clock: Clock;
  /** Whether text is to be smoothed. */
  smooth: () => boolean;
}

/** The open chat: its active branch as far as it is loaded, and the answer that is being written. */
export class ChatModel {
  readonly chat: Signal<Chat | null>;
  readonly #branch: Signal<Branch>;
  readonly #live = signal<LiveAnswer | null>(null);
  readonly #loadingEarlier = signal(false);
  readonly #options: ChatModelOptions;
  readonly #written = new Map<string, AnswerText>();
  #subscription: RunSubscription | undefined;
  #listening = false;
  /** Counts what decides the branch, so that a page that was asked for before does not undo it. */
  #changes = 0;

  constructor(options: ChatModelOptions) {
    this.#options = options;
    this.chat = signal(options.chat);
    this.#branch = signal({ messages: options.page.messages, before: options.page.before });
    if (options.running) this.#follow(options.running.run.id, options.running.state);
  }

  get branch(): ReadonlySignal<Branch> {
    return this.#branch;
  }

  /** The answer that is being written now. */
  get live(): ReadonlySignal<LiveAnswer | null> {
    return this.#live;
  }

  get loadingEarlier(): ReadonlySignal<boolean> {
    return this.#loadingEarlier;
  }

  /** The blocks of an answer that was written before our eyes: shown as they are, not rendered anew. */
  writtenText(messageId: string): AnswerText | undefined {
    return this.#written.get(messageId);
  }

  /** Keeps a connection to the run only while the page is awake. */
  listen(awake: boolean): void {
    this.#listening = awake;
    if (awake) this.#subscription?.start(this.#live.peek()?.state.peek().seq ?? 0);
    else this.#subscription?.pause();
  }

  /** Shows a turn that was just started. */
  begin(started: StartedRun): void {
    this.#changes++;
    this.chat.value = started.chat;
    if (this.#live.peek()?.runId === started.run.id) return;
    const turn = started.user ? [started.user, started.assistant] : [started.assistant];
    const joins = isJoined(this.#branch.peek(), turn);
    this.#branch.value = withTurn(this.#branch.peek(), turn);
    this.#written.delete(started.assistant.id);
    this.#follow(started.run.id);
    // What lies between was sent by another tab.
    if (!joins) this.reload().catch((error) => reportError(error));
  }

  /** Shows the active branch as the server has it, and follows the run that writes it. */
  async showPage(page: MessagePage): Promise<void> {
    this.#changes++;
    this.#branch.value = withLastPage(this.#branch.peek(), page);
    const last = page.messages.at(-1);
    const runId = last?.status === "streaming" ? last.runId : undefined;
    const live = this.#live.peek();
    if (live && live.runId !== runId) this.#letGo();
    if (runId === undefined || this.#live.peek()) return;
    const { state } = await this.#options.api.run(runId);
    if (!this.#live.peek() && this.#lastMessage()?.runId === runId) this.#follow(runId, state);
  }

  /** Fetches the active branch again. */
  async reload(): Promise<void> {
    const id = this.chat.peek()?.id;
    if (id === undefined) return;
    const change = ++this.#changes;
    const page = await this.#options.api.messages(id);
    if (this.chat.peek()?.id === id && change === this.#changes) await this.showPage(page);
  }

  /** Loads the page above what is loaded; false where there is none. */
  async loadEarlier(limit?: number): Promise<boolean> {
    const id = this.chat.peek()?.id;
    const { before } = this.#branch.peek();
    if (id === undefined || before === null || this.#loadingEarlier.peek()) return false;
    this.#loadingEarlier.value = true;
    try {
      const page = await this.#options.api.messages(id, limit ? { before, limit } : { before });
      if (this.chat.peek()?.id !== id || this.#branch.peek().before !== before) return false;
      this.#branch.value = withEarlierPage(this.#branch.peek(), page);
      return page.messages.length > 0;
    } finally {
      this.#loadingEarlier.value = false;
    }
  }

  /** Leaves the chat for one yet to be made. */
  reset(): void {
    this.#letGo();
    this.#written.clear();
    this.chat.value = null;
    this.#branch.value = { messages: [], before: null };
  }

  retryNow(): void {
    this.#subscription?.retryNow();
  }

  #lastMessage(): BranchMessage | undefined {
    return this.#branch.peek().messages.at(-1);
  }

  #follow(runId: string, state?: RunState): void {
    const message = this.#lastMessage();
    if (!message) return;
    const { api, clock, smooth } = this.#options;
    this.#letGo();
    const live = new LiveAnswer({ runId, message, clock, smooth, ...(state ? { state } : {}) });
    this.#live.value = live;
    this.#subscription = new RunSubscription({
      runId,
      api,
      clock,
      onEvent: (event) => this.#take(live, () => live.apply(event)),
      onSnapshot: (snapshot) => this.#take(live, () => live.catchUp(snapshot.state)),
      onGone: () => this.#lost(live),
    });
    if (this.#listening) this.#subscription.start(live.state.peek().seq);
  }

  #take(live: LiveAnswer, apply: () => void): void {
    if (this.#live.peek() !== live) return;
    try {
      apply();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Events are missing: the snapshot has them all.
      this.#options.api.run(live.runId).then(
        (snapshot) => this.#take(live, () => live.catchUp(snapshot.state)),
        () => this.#lost(live),
      );
      return;
    }
    if (live.status.peek() !== "running") live.finish((message) => this.#end(live, message));
  }

  #end(live: LiveAnswer, message: BranchMessage): void {
    if (this.#live.peek() !== live) return;
    this.#written.set(message.id, live.text);
    batch(() => {
      this.#letGo();
      this.#branch.value = withMessage(this.#branch.peek(), message);
    });
  }

  #lost(live: LiveAnswer): void {
    if (this.#live.peek() !== live) return;
    this.#letGo();
    this.reload().catch((error) => reportError(error));
  }

  #letGo(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
    this.#live.peek()?.drop();
    this.#live.value = null;
  }
}
