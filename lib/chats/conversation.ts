import {
  type Chat,
  FreshetError,
  type Message,
  newId,
  type RunState,
  type SendMessageBody,
  type StartedRun,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { PreparedRun, RunOf, Runs } from "../runs/mod.ts";
import { type Feed, keys, type MessageRecord, type Transaction } from "../store/mod.ts";
import type { ChatStore } from "./chat_store.ts";
import { generate, type GenerationOptions } from "./generation.ts";
import { withState } from "./message_state.ts";
import { fallbackTitle } from "./titles.ts";
import { MessageTree } from "./tree.ts";

const IDEMPOTENCY_KEPT_MS = 24 * 60 * 60_000;
const IDEMPOTENCY_KEY_MAX = 200;
/** Seconds after which a message may be sent again that came before the answer above it was whole. */
const BUSY_SECONDS = 1;

/** What conversations need. */
export interface ConversationOptions extends GenerationOptions {
  feed: Feed;
  chats: ChatStore;
  runs: Runs;
}

/** An answer that is about to be written. */
interface PreparedAnswer {
  user?: Message;
  assistant: Message;
  run: PreparedRun;
  /** True where the message says something already, which its run begins with. */
  isContinued?: boolean;
}

/** Messages and the runs that answer them. The person's message and the run are committed together, before any model is asked. */
export class Conversation {
  #options: ConversationOptions;

  constructor(options: ConversationOptions) {
    this.#options = options;
    options.runs.handle("chat", {
      finish: (run, state, transaction) => this.#finish(run, state, transaction),
      ended: (run, state) => {
        const { profileId, id: runId, subject: { chatId } } = run;
        options.feed.publish(profileId, { type: "messages:changed", chatId, runId });
        this.onEnded(run, state);
      },
    });
  }

  /** Told when an answer ended; set by whoever gives chats their titles. */
  onEnded: (run: RunOf<"chat">, state: RunState) => void = () => {};

  /**
   * Adds the person's message below `parentId` (the active leaf where absent) and starts its answer. The same idempotency key
   * gives the same messages again. Throws `conflict` while the message above is still being written.
   */
  async send(
    principal: Principal,
    chatId: string,
    body: SendMessageBody,
    idempotencyKey: string | null,
  ): Promise<StartedRun> {
    const { store, attachments } = this.#options;
    if (idempotencyKey && idempotencyKey.length > IDEMPOTENCY_KEY_MAX) {
      throw new FreshetError(
        "invalid_request",
        `An idempotency key has at most ${IDEMPOTENCY_KEY_MAX} characters`,
      );
    }
    const repeated = idempotencyKey ? await this.#repeated(principal, chatId, idempotencyKey) : null;
    if (repeated) return repeated;
    const files = await attachments.getAll(principal, body.attachmentIds ?? []);
    const tree = new MessageTree(store, principal.profileId, chatId);
    return await this.#start(principal, chatId, async (chat, transaction) => {
      const { operation } = transaction;
      if (idempotencyKey) {
        const key = idempotencyKeyOf(principal, chatId, idempotencyKey);
        // Of two requests with one key at the same time, the slower stops here and answers what the faster has made.
        if ((await store.kv.get(key)).versionstamp !== null) {
          throw new FreshetError("conflict", "This message was sent already");
        }
        operation.check({ key, versionstamp: null });
      }
      const parentId = body.parentId === undefined ? chat.activeLeafId : body.parentId;
      if (parentId !== null) refuseStreaming((await tree.get(parentId)).value);
      await tree.requireAttached(parentId, chat.activeLeafId);
      const now = this.#options.clock.now();
      const user: Message = {
        id: newId(),
        chatId,
        parentId,
        role: "user",
        ...(idempotencyKey ? { key: idempotencyKey } : {}),
        status: "complete",
        text: body.text,
        ...(files.length > 0 ? { attachments: files } : {}),
        createdAt: now,
      };
      await tree.activate(operation, parentId, user.id);
      await tree.write(transaction, user);
      attachments.use(principal, operation, files, chatId);
      const prepared = await this.#prepare(principal, tree, transaction, user.id);
      if (idempotencyKey) {
        const key = idempotencyKeyOf(principal, chatId, idempotencyKey);
        operation.set(key, { user: user.id, assistant: prepared.assistant.id }, {
          expireIn: IDEMPOTENCY_KEPT_MS,
        });
      }
      const title = chat.messageCount === 0 && chat.title === "" ? fallbackTitle(body.text) : chat.title;
      const settings = body.settings ?? chat.settings;
      return {
        chat: { ...chat, title, settings, messageCount: chat.messageCount + 2 },
        prepared: { ...prepared, user },
      };
    }).catch(async (error) => {
      const made = idempotencyKey ? await this.#repeated(principal, chatId, idempotencyKey) : null;
      if (made) return made;
      throw error;
    });
  }

  /** Answers the same message again, as a new branch. */
  async regenerate(principal: Principal, chatId: string, messageId: string): Promise<StartedRun> {
    const tree = new MessageTree(this.#options.store, principal.profileId, chatId);
    return await this.#start(principal, chatId, async (chat, transaction) => {
      const { value: message } = await tree.get(messageId);
      refuseStreaming(message);
      await tree.requireAttached(messageId, chat.activeLeafId);
      const userId = message.role === "user" ? message.id : message.parentId;
      if (userId === null) throw new FreshetError("conflict", "There is no message to answer above this one");
      const prepared = await this.#prepare(principal, tree, transaction, userId);
      return { chat: { ...chat, messageCount: chat.messageCount + 1 }, prepared };
    });
  }

  /** Goes on with an answer that was stopped or cut, in the same message. */
  async continue(principal: Principal, chatId: string, messageId: string): Promise<StartedRun> {
    const tree = new MessageTree(this.#options.store, principal.profileId, chatId);
    return await this.#start(principal, chatId, async (chat, transaction) => {
      const { operation } = transaction;
      const stored = await tree.get(messageId);
      const { status, role, deletedAt: _, error: _error, ...rest } = stored.value;
      if (role !== "assistant" || status === "streaming") {
        throw new FreshetError("conflict", "Only an answer that has ended can be continued");
      }
      await tree.requireAttached(messageId, chat.activeLeafId);
      const run = this.#options.runs.prepare(principal, { type: "chat", chatId, messageId }, operation);
      const assistant: Message = { ...rest, role, status: "streaming", runId: run.info.id };
      operation.check(stored);
      await tree.write(transaction, assistant);
      return {
        chat: { ...chat, activeLeafId: messageId },
        prepared: { assistant, run, isContinued: true },
      };
    });
  }

  async #start(
    principal: Principal,
    chatId: string,
    prepare: (
      chat: Chat,
      transaction: Transaction,
    ) => Promise<{ chat: Chat; prepared: PreparedAnswer }>,
  ): Promise<StartedRun> {
    const { chats, clock, feed, store } = this.#options;
    const { chat, result, versionstamp } = await chats.change(principal, chatId, async (old, transaction) => {
      const { chat, prepared } = await prepare(old, transaction);
      return {
        chat: { ...chat, activeLeafId: prepared.assistant.id, updatedAt: clock.now() },
        result: prepared,
      };
    });
    const { assistant, run, user, isContinued = false } = result;
    run.launch(
      versionstamp,
      (signal) => generate({ principal, chat, assistant, isContinued }, this.#options, signal),
    );
    feed.publish(principal.profileId, { type: "messages:changed", chatId, runId: run.info.id });
    const tree = new MessageTree(store, principal.profileId, chatId);
    return {
      chat,
      ...(user ? { user: await tree.branchMessage(user) } : {}),
      assistant: await tree.branchMessage(assistant),
      run: run.info,
    };
  }

  async #prepare(
    principal: Principal,
    tree: MessageTree,
    transaction: Transaction,
    userId: string,
  ): Promise<PreparedAnswer> {
    const messageId = newId();
    const subject = { type: "chat" as const, chatId: tree.chatId, messageId };
    const run = this.#options.runs.prepare(principal, subject, transaction.operation);
    const assistant: Message = {
      id: messageId,
      chatId: tree.chatId,
      parentId: userId,
      role: "assistant",
      status: "streaming",
      text: "",
      runId: run.info.id,
      createdAt: this.#options.clock.now(),
    };
    await tree.activate(transaction.operation, userId, messageId);
    await tree.write(transaction, assistant);
    return { assistant, run };
  }

  /** Writes what the run has made of its message, in the commit that ends the run. */
  async #finish(run: RunOf<"chat">, state: RunState, transaction: Transaction): Promise<void> {
    const tree = new MessageTree(this.#options.store, run.profileId, run.subject.chatId);
    const stored = await tree.find(run.subject.messageId);
    // The chat was deleted for good meanwhile: there is nothing to write to.
    if (!stored) return;
    transaction.operation.check(stored);
    await tree.write(transaction, withState(stored.value, state));
  }

  async #repeated(principal: Principal, chatId: string, idempotencyKey: string): Promise<StartedRun | null> {
    const { store, chats } = this.#options;
    const key = idempotencyKeyOf(principal, chatId, idempotencyKey);
    const { value } = await store.kv.get<{ user: string; assistant: string }>(key);
    if (!value) return null;
    const tree = new MessageTree(store, principal.profileId, chatId);
    const [chat, user, assistant] = await Promise.all([
      chats.get(principal, chatId),
      tree.get(value.user),
      tree.get(value.assistant),
    ]);
    const { runId = "", status, createdAt } = assistant.value;
    const subject = { type: "chat" as const, chatId, messageId: assistant.value.id };
    return {
      chat: chat.value,
      user: await tree.branchMessage(user.value),
      assistant: await tree.branchMessage(assistant.value),
      run: { id: runId, subject, status: status === "streaming" ? "running" : status, startedAt: createdAt },
    };
  }
}

function idempotencyKeyOf({ profileId }: Principal, chatId: string, key: string): Deno.KvKey {
  return keys.idempotency(profileId, `${chatId}/${key}`);
}

function refuseStreaming(message: MessageRecord): void {
  if (message.status !== "streaming") return;
  throw new FreshetError("conflict", "The answer above is still being written", {
    hint: "Wait for it or stop it",
    retryAfter: BUSY_SECONDS,
  });
}
