import {
  changedChat,
  type Chat,
  type ChatFilter,
  type ChatList,
  type ChatSearchHit,
  type CreateChatBody,
  FreshetError,
  type UpdateChatBody,
} from "../shared/mod.ts";
import { backgroundPrincipal, type Preferences, type Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { Runs } from "../runs/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import type { ToolRegistry } from "../tools/mod.ts";
import { Attachments } from "./attachments.ts";
import { ChatPurge } from "./chat_purge.ts";
import { ChatStore } from "./chat_store.ts";
import { Conversation } from "./conversation.ts";
import { Folders } from "./folders.ts";
import { Messages } from "./messages.ts";
import { searchChats } from "./search.ts";
import { Tags, TAGS_OF_CHAT_MAX } from "./tags.ts";
import { Titles } from "./titles.ts";
import { Transfers } from "./transfers.ts";

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
  readonly messages: Messages;
  readonly transfers: Transfers;
  readonly conversation: Conversation;
  #store: Store;
  #chats: ChatStore;
  #purge: ChatPurge;
  #titles: Titles;
  #stopPurge: () => void;
  #purging: Promise<void> = Promise.resolve();

  constructor(options: ChatsOptions) {
    this.#store = options.store;
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
    const parts = { ...options, chats: this.#chats, attachments: this.attachments };
    this.messages = new Messages(parts);
    this.transfers = new Transfers({ ...parts, folders: this.folders, tags: this.tags });
    this.#purge = new ChatPurge({
      ...parts,
      log: options.log.of("chats"),
      folders: this.folders,
      tags: this.tags,
    });
    this.#stopPurge = options.clock.every(PURGE_EVERY_MS, () => this.start());
  }

  /** Begins what an ended process has left half done, and deletes what is due. It goes on in the background. */
  start(): void {
    this.#purging = this.#purging.then(() => this.purge());
  }

  /** Does the same, and is done with it when this resolves. */
  async purge(): Promise<void> {
    await this.#purge.run();
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
  async update(principal: Principal, chatId: string, changes: UpdateChatBody): Promise<Chat> {
    const { folderId, fromFolderId, tagIds = [], addTagIds = [] } = changes;
    const { chat } = await this.#chats.change(principal, chatId, async (old, { operation }) => {
      if (fromFolderId !== undefined && fromFolderId !== (old.folderId ?? null)) throw movedElsewhere();
      const chat = changedChat(old, changes);
      if (folderId && folderId !== old.folderId) await this.folders.require(principal, operation, folderId);
      await this.tags.require(principal, operation, [...new Set([...tagIds, ...addTagIds])]);
      if ((chat.tagIds?.length ?? 0) > TAGS_OF_CHAT_MAX) throw tooManyTags();
      return { chat, result: undefined };
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

  /** Searches titles and texts, of all chats or of those of a folder or tag. */
  async search(
    principal: Principal,
    query: string,
    signal: AbortSignal,
    filter: ChatFilter = {},
  ): Promise<ChatSearchHit[]> {
    return await searchChats(principal, query, { store: this.#store, chats: this.#chats, signal, filter });
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#stopPurge();
    await this.#purging;
    await this.#titles.close();
  }
}

function movedElsewhere(): FreshetError {
  return new FreshetError("conflict", "The chat was moved elsewhere meanwhile", { field: "fromFolderId" });
}

function tooManyTags(): FreshetError {
  return new FreshetError("invalid_request", `A chat may have at most ${TAGS_OF_CHAT_MAX} tags`, {
    field: "addTagIds",
  });
}
