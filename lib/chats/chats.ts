import {
  type BranchMessage,
  type Chat,
  type ChatExport,
  type ChatFilter,
  type ChatImportReport,
  type ChatList,
  type ChatSearchHit,
  type CreateChatBody,
  FreshetError,
  type MessagePage,
  type UpdateChatBody,
} from "../shared/mod.ts";
import type { Language } from "../shared/texts/mod.ts";
import { backgroundPrincipal, type Preferences, type Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { Runs } from "../runs/mod.ts";
import { type Feed, keys, records, type Store } from "../store/mod.ts";
import type { ToolRegistry } from "../tools/mod.ts";
import { Attachments } from "./attachments.ts";
import { ChatStore } from "./chat_store.ts";
import { Conversation } from "./conversation.ts";
import { Folders } from "./folders.ts";
import { importChats } from "./import/import_chats.ts";
import { searchChats } from "./search.ts";
import { shareHtml } from "./share/share_html.ts";
import { Tags, withTags } from "./tags.ts";
import { Titles } from "./titles.ts";
import {
  exportChat,
  exportChats,
  exportMarkdown,
  importChat,
  type ImportedChat,
  type TransferOptions,
} from "./transfer.ts";
import { MessageTree, PAGE_SIZE } from "./tree.ts";

const PURGE_EVERY_MS = 10 * 60_000;

/** What chats need. */
export interface ChatsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  nodes: Nodes;
  runs: Runs;
  tools: ToolRegistry;
  preferences: Preferences;
}

/** Chats and their message trees. */
export class Chats {
  readonly attachments: Attachments;
  readonly folders: Folders;
  readonly tags: Tags;
  readonly conversation: Conversation;
  #store: Store;
  #feed: Feed;
  #log: Log;
  #clock: Clock;
  #chats: ChatStore;
  #titles: Titles;
  #stopPurge: () => void;
  #purging: Promise<void> = Promise.resolve();

  constructor(options: ChatsOptions) {
    this.#store = options.store;
    this.#feed = options.feed;
    this.#log = options.log.of("chats");
    this.#clock = options.clock;
    this.#chats = new ChatStore(options);
    this.attachments = new Attachments(options);
    this.folders = new Folders({ ...options, chats: this.#chats });
    this.tags = new Tags({ ...options, chats: this.#chats });
    this.#titles = new Titles({ ...options, chats: this.#chats });
    this.conversation = new Conversation({ ...options, chats: this.#chats, attachments: this.attachments });
    this.conversation.onEnded = (run, state) => {
      const { chatId, messageId } = run.subject;
      const principal = backgroundPrincipal(run.profileId, run.keyId);
      if (state.status === "complete") this.#titles.name(principal, chatId, messageId);
    };
    this.#stopPurge = options.clock.every(PURGE_EVERY_MS, () => {
      this.#purging = this.#purging.then(() => this.purge());
    });
  }

  /** Makes an empty chat. The same idempotency key gives the same chat again; `not_found` where it was deleted since. */
  async create(
    principal: Principal,
    { title, temporary = false, settings = {}, folderId, tagIds = [] }: CreateChatBody,
    idempotencyKey: string | null = null,
  ): Promise<Chat> {
    const titleSource = title ? "person" : "auto";
    const fields = {
      title: title ?? "",
      titleSource,
      temporary,
      settings,
      ...(folderId === undefined ? {} : { folderId }),
      ...(tagIds.length === 0 ? {} : { tagIds }),
    } as const;
    return await this.#chats.create(principal, fields, idempotencyKey, async (operation) => {
      if (folderId !== undefined) await this.folders.require(principal, operation, folderId);
      await this.tags.require(principal, operation, tagIds);
    });
  }

  /** One chat. Throws `not_found`. */
  async get(principal: Principal, chatId: string): Promise<Chat> {
    return (await this.#chats.get(principal, chatId)).value;
  }

  /** Drops what was known of the store, as when another one was restored into it. */
  forget(): void {
    this.#chats.forget();
  }

  /** A page of the list of all chats, or of those of a folder or tag: pinned ones first, then newest first. */
  async list(principal: Principal, cursor?: string, limit?: number, filter?: ChatFilter): Promise<ChatList> {
    return await this.#chats.list(principal, cursor, limit, filter);
  }

  /** Renames, pins, moves, tags, or changes the settings of a chat. */
  async update(
    principal: Principal,
    chatId: string,
    { title, pinned, settings, folderId, tagIds }: UpdateChatBody,
  ): Promise<Chat> {
    const { chat } = await this.#chats.change(principal, chatId, async (old, { operation }) => {
      const { folderId: oldFolder, ...rest } = old;
      const folder = folderId === undefined ? oldFolder : folderId;
      if (folder && folder !== oldFolder) await this.folders.require(principal, operation, folder);
      const chat: Chat = {
        ...rest,
        pinned: pinned ?? old.pinned,
        settings: settings ?? old.settings,
        ...(folder ? { folderId: folder } : {}),
      };
      if (title !== undefined) Object.assign(chat, { title, titleSource: "person" });
      if (tagIds === undefined) return { chat, result: undefined };
      await this.tags.require(principal, operation, tagIds);
      return { chat: withTags(chat, tagIds), result: undefined };
    });
    return chat;
  }

  /** Deletes a chat; `restore` brings it back within a week. */
  async delete(principal: Principal, chatId: string): Promise<void> {
    await this.#chats.delete(principal, chatId);
  }

  /** Brings a deleted chat back. */
  async restore(principal: Principal, chatId: string): Promise<Chat> {
    return await this.#chats.restore(principal, chatId);
  }

  /** A page of the active branch: its end, or what comes above the message `before`. */
  async page(principal: Principal, chatId: string, before?: string, limit = PAGE_SIZE): Promise<MessagePage> {
    const chat = await this.get(principal, chatId);
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
  async message(principal: Principal, chatId: string, messageId: string): Promise<BranchMessage> {
    await this.get(principal, chatId);
    const tree = this.#tree(principal, chatId);
    return await tree.branchMessage((await tree.get(messageId)).value);
  }

  /** Rewrites a message's text in its place, without asking a model. To be answered anew, an edit is sent as a message. */
  async updateMessage(
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
    return await this.message(principal, chatId, messageId);
  }

  /** Takes a message, with all below it, out of the tree; `restoreMessage` puts it back. */
  async deleteMessage(principal: Principal, chatId: string, messageId: string): Promise<void> {
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
  async restoreMessage(principal: Principal, chatId: string, messageId: string): Promise<MessagePage> {
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

  /** Searches titles and texts, of all chats or of those of a folder or tag. */
  async search(
    principal: Principal,
    query: string,
    signal: AbortSignal,
    filter: ChatFilter = {},
  ): Promise<ChatSearchHit[]> {
    return await searchChats(principal, query, { store: this.#store, chats: this.#chats, signal, filter });
  }

  /** A chat with every branch, as JSON. */
  async exportJson(principal: Principal, chatId: string): Promise<ChatExport> {
    return await exportChat(principal, chatId, this.#transfer());
  }

  /** The active branch of a chat, as Markdown. */
  async exportMarkdown(principal: Principal, chatId: string): Promise<string> {
    return await exportMarkdown(principal, chatId, this.#transfer());
  }

  /** The active branch of a chat as one HTML file to share, in parts. Throws `not_found` at once. */
  async exportHtml(
    principal: Principal,
    chatId: string,
    language: Language,
  ): Promise<AsyncGenerator<string, void, undefined>> {
    const chat = await this.get(principal, chatId);
    const messages = await Array.fromAsync(this.#tree(principal, chatId).upFrom(chat.activeLeafId));
    const { attachments } = this;
    return shareHtml({ chat, messages: messages.reverse(), principal, attachments, language });
  }

  /** Makes a chat out of an exported one. */
  async import(principal: Principal, imported: ImportedChat): Promise<Chat> {
    return await importChat(principal, imported, this.#transfer());
  }

  /** Imports the chats of an export of ChatGPT, Open WebUI or Freshet (JSON or ZIP), each only once. */
  async importAll(principal: Principal, body: AsyncIterable<Uint8Array>): Promise<ChatImportReport> {
    return await importChats(principal, body, { ...this.#transfer(), clock: this.#clock });
  }

  /** All chats as one JSON list that `importAll` reads, chat by chat. */
  async *exportAll(principal: Principal): AsyncGenerator<string, void, undefined> {
    yield* exportChats(principal, this.#transfer());
  }

  /** Deletes for good what is due. What cannot be deleted now is tried again later and keeps nothing else from it. */
  async purge(): Promise<void> {
    const attempt = async (what: () => Promise<void>) => {
      try {
        await what();
      } catch (error) {
        this.#log.error("Cannot delete what is due; trying again", { error });
      }
    };
    await attempt(async () => {
      for await (const { key, profileId, chatId } of this.#chats.due()) {
        await attempt(async () => {
          if (await this.#purgeChat(profileId, chatId)) await this.#store.kv.delete(key);
        });
      }
    });
    await attempt(() => this.folders.purge());
    await attempt(() => this.tags.purge());
    await attempt(() => this.attachments.purge());
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#stopPurge();
    await this.#purging;
    await this.#titles.close();
  }

  /** False where the chat has changed meanwhile, to be looked at again later. */
  async #purgeChat(profileId: string, chatId: string): Promise<boolean> {
    const stored = await this.#store.get(records.chat, keys.chat(profileId, chatId));
    if (stored) {
      if (stored.value.deletedAt === undefined && !stored.value.temporary) return true;
      // The chat goes first, so that nobody brings back one that is half deleted.
      const gone = await this.#store.kv.atomic().check(stored).delete(stored.key).commit();
      if (!gone.ok) return false;
    }
    const messages = keys.messages(profileId, chatId);
    for await (const { value } of this.#store.list(records.message, { prefix: messages })) {
      for (const { id } of value.attachments ?? []) await this.attachments.release(profileId, id, chatId);
    }
    await this.#store.deleteBelow(messages);
    await this.#store.deleteBelow(keys.allBranches(profileId, chatId));
    return true;
  }

  #tree(principal: Principal, chatId: string): MessageTree {
    return new MessageTree(this.#store, principal.profileId, chatId);
  }

  #transfer(): TransferOptions {
    return {
      store: this.#store,
      chats: this.#chats,
      attachments: this.attachments,
      feed: this.#feed,
      folders: this.folders,
      tags: this.tags,
    };
  }
}
