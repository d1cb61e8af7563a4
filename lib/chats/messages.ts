import { type BranchMessage, FreshetError, type MessagePage } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import type { ChatStore } from "./chat_store.ts";
import { MessageTree, PAGE_SIZE } from "./tree.ts";

/** The messages of chats: read by pages, rewritten, deleted, brought back. New ones come through `Conversation`. */
export class Messages {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #feed: Feed;
  readonly #chats: ChatStore;

  constructor(options: { store: Store; clock: Clock; feed: Feed; chats: ChatStore }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#feed = options.feed;
    this.#chats = options.chats;
  }

  /** A page of the active branch: its end, or what comes above the message `before`. */
  async page(principal: Principal, chatId: string, before?: string, limit = PAGE_SIZE): Promise<MessagePage> {
    const { value: chat } = await this.#chats.get(principal, chatId);
    const tree = this.#tree(principal, chatId);
    const leafId = before === undefined ? chat.activeLeafId : (await tree.get(before)).value.parentId;
    return await tree.pageUpFrom(leafId, limit);
  }

  /** Makes the branch through a message the active one, and returns its end. */
  async select(principal: Principal, chatId: string, messageId: string): Promise<MessagePage> {
    const tree = this.#tree(principal, chatId);
    const { value: message } = await tree.get(messageId);
    await this.#chats.change(principal, chatId, async (chat, { operation }) => {
      await tree.requireAttached(messageId, chat.activeLeafId);
      await tree.activate(operation, message.parentId, messageId);
      return { chat: { ...chat, activeLeafId: await tree.leafBelow(messageId) }, result: undefined };
    });
    this.#feed.publish(principal.profileId, { type: "messages:changed", chatId });
    return await this.page(principal, chatId);
  }

  /** One message with its place among its siblings. Throws `not_found`. */
  async get(principal: Principal, chatId: string, messageId: string): Promise<BranchMessage> {
    await this.#chats.get(principal, chatId);
    const tree = this.#tree(principal, chatId);
    return await tree.branchMessage((await tree.get(messageId)).value);
  }

  /** Rewrites a message's text in its place, without asking a model. To be answered anew, an edit is sent as a message. */
  async update(
    principal: Principal,
    chatId: string,
    messageId: string,
    text: string,
  ): Promise<BranchMessage> {
    const tree = this.#tree(principal, chatId);
    await this.#chats.change(principal, chatId, async (chat, transaction) => {
      const stored = await tree.get(messageId);
      if (stored.value.status === "streaming") {
        throw new FreshetError("conflict", "This answer is still being written");
      }
      transaction.operation.check(stored);
      await tree.write(transaction, { ...stored.value, text });
      return { chat, result: undefined };
    });
    this.#feed.publish(principal.profileId, { type: "messages:changed", chatId });
    return await this.get(principal, chatId, messageId);
  }

  /** Takes a message, with all below it, out of the tree; `restore` puts it back. */
  async delete(principal: Principal, chatId: string, messageId: string): Promise<void> {
    const tree = this.#tree(principal, chatId);
    await this.#chats.change(principal, chatId, async (chat, transaction) => {
      const { operation } = transaction;
      const stored = await tree.get(messageId);
      const { value: message } = stored;
      if (message.status === "streaming") {
        throw new FreshetError("conflict", "This answer is still being written");
      }
      operation.check(stored);
      await tree.write(transaction, { ...message, deletedAt: this.#clock.now() });
      await tree.detach(operation, message.parentId, messageId);
      if (!await tree.isWithin(chat.activeLeafId, messageId)) return { chat, result: undefined };
      const siblings = (await tree.branches(message.parentId)).value.childIds.filter((id) =>
        id !== messageId
      );
      const next = siblings.at(-1);
      const activeLeafId = next === undefined ? message.parentId : await tree.leafBelow(next);
      return { chat: { ...chat, activeLeafId }, result: undefined };
    });
    this.#feed.publish(principal.profileId, { type: "messages:changed", chatId });
  }

  /** Puts a deleted message back and makes its branch the active one, unless it stands below one that is deleted still. */
  async restore(principal: Principal, chatId: string, messageId: string): Promise<MessagePage> {
    const tree = this.#tree(principal, chatId);
    await this.#chats.change(principal, chatId, async (chat, transaction) => {
      const { operation } = transaction;
      const stored = await tree.find(messageId);
      if (!stored) throw new FreshetError("not_found", "There is no such message in this chat");
      const { deletedAt: _, ...message } = stored.value;
      operation.check(stored);
      await tree.write(transaction, message);
      await tree.activate(operation, message.parentId, messageId);
      if (!await tree.isAttached(message.parentId, chat.activeLeafId)) return { chat, result: undefined };
      return { chat: { ...chat, activeLeafId: await tree.leafBelow(messageId) }, result: undefined };
    });
    this.#feed.publish(principal.profileId, { type: "messages:changed", chatId });
    return await this.page(principal, chatId);
  }

  #tree(principal: Principal, chatId: string): MessageTree {
    return new MessageTree(this.#store, principal.profileId, chatId);
  }
}
