import { type Chat, type ChatFilter, type ChatList, FreshetError, newId } from "../shared/mod.ts";
import {
  type Feed,
  IdempotentRequest,
  keys,
  records,
  type Store,
  type Stored,
  type Transaction,
} from "../store/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { ChatLists, listOf, type Owner, placesOf } from "./chat_lists.ts";

/** Deleted chats can be brought back for a week; temporary ones live for a day. */
const DELETED_KEPT_MS = 7 * 24 * 60 * 60_000;
const TEMPORARY_KEPT_MS = 24 * 60 * 60_000;
const LIST_SIZE = 50;
const TRIES = 20;

/** Changes a chat and adds to its commit what belongs to the change. Called again when somebody else was faster. */
export type ChatChange<T> = (chat: Chat, transaction: Transaction) => Promise<{ chat: Chat; result: T }>;

/** The records of chats with the order in which they are listed. */
export class ChatStore {
  #store: Store;
  #clock: Clock;
  #feed: Feed;
  #lists: ChatLists;

  constructor(options: { store: Store; clock: Clock; feed: Feed }) {
    this.#store = options.store;
    this.#lists = new ChatLists(options.store);
    this.#clock = options.clock;
    this.#feed = options.feed;
  }

  /** Makes a chat, or finds the one that the same idempotency key made before. */
  async create(
    principal: Principal,
    fields: Pick<Chat, "title" | "titleSource" | "temporary" | "settings"> & Partial<Chat>,
    idempotencyKey: string | null,
    prepare: (operation: Deno.AtomicOperation) => Promise<void> = () => Promise.resolve(),
  ): Promise<Chat> {
    const request = new IdempotentRequest<string>(
      this.#store,
      principal.profileId,
      "chats",
      idempotencyKey,
    );
    const before = await request.result();
    if (before !== null) return (await this.get(principal, before)).value;
    const operation = this.#store.kv.atomic();
    await prepare(operation);
    const chat = this.add(principal, operation, fields);
    request.keep(operation, chat.id);
    if ((await operation.commit()).ok) {
      this.changed(principal, chat);
      return chat;
    }
    // Of two requests with one key at the same time, the slower answers what the faster has made.
    const made = await request.result();
    if (made !== null) return (await this.get(principal, made)).value;
    throw new FreshetError("conflict", "The chat could not be made; try again", { retryAfter: 1 });
  }

  /** Adds a new chat to a commit. */
  add(
    principal: Principal,
    operation: Deno.AtomicOperation,
    fields: Pick<Chat, "title" | "titleSource" | "temporary" | "settings"> & Partial<Chat>,
  ): Chat {
    const now = this.#clock.now();
    const chat: Chat = {
      id: newId(),
      pinned: false,
      activeLeafId: null,
      messageCount: 0,
      createdAt: now,
      updatedAt: now,
      ...fields,
    };
    operation.set(keys.chat(principal.profileId, chat.id), this.#store.encode(records.chat, chat));
    if (chat.temporary) {
      operation.set(keys.chatPurge(now + TEMPORARY_KEPT_MS, principal.profileId, chat.id), true);
    } else for (const key of placesOf(principal, chat)) operation.set(key, chat.id);
    return chat;
  }

  /** One chat. Throws `not_found`, also for deleted ones and those of other profiles. */
  async get(principal: Owner, chatId: string): Promise<Stored<Chat>> {
    const stored = await this.find(principal, chatId);
    if (!stored || stored.value.deletedAt !== undefined) {
      throw new FreshetError("not_found", "There is no such chat");
    }
    return stored;
  }

  /** One chat, deleted or not, or null. */
  async find(principal: Owner, chatId: string): Promise<Stored<Chat> | null> {
    return await this.#store.get(records.chat, keys.chat(principal.profileId, chatId));
  }

  /** Looks again whether the chats of before there were folders are listed. */
  forget(): void {
    this.#lists.forget();
  }

  /** A page of a list: pinned ones first, then newest first. Throws `invalid_request` for a cursor that is none. */
  async list(
    principal: Owner,
    cursor: string | undefined,
    limit = LIST_SIZE,
    filter: ChatFilter = {},
  ): Promise<ChatList> {
    if (filter.folder === "none") await this.#lists.make(principal);
    const selector = { prefix: listOf(principal, filter) };
    const order = this.#store.kv.list<string>(selector, { limit, ...(cursor ? { cursor } : {}) });
    const ids: string[] = [];
    try {
      for await (const { value } of order) ids.push(value);
    } catch (cause) {
      if (!(cause instanceof TypeError) || !cursor) throw cause;
      throw new FreshetError("invalid_request", "This is no cursor of a list of chats", {
        field: "cursor",
        cause,
      });
    }
    const found = await this.#store.getMany(
      records.chat,
      ids.map((id) => keys.chat(principal.profileId, id)),
    );
    const chats = found.flatMap((stored) => stored ? [stored.value] : []);
    return { chats, cursor: ids.length === limit ? order.cursor : null };
  }

  /** All chats of a list in its order. */
  async *all(principal: Principal, filter: ChatFilter = {}): AsyncGenerator<Chat, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.list(principal, cursor, undefined, filter);
      yield* page.chats;
      cursor = page.cursor ?? undefined;
    } while (cursor);
  }

  /** Changes a chat in one commit, trying again when another change came between. Throws `not_found`. */
  async change<T>(
    principal: Owner,
    chatId: string,
    change: ChatChange<T>,
    options: { deleted?: boolean; quiet?: boolean } = {},
  ): Promise<{ chat: Chat; result: T; versionstamp: string }> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const stored = options.deleted ? await this.find(principal, chatId) : await this.get(principal, chatId);
      if (!stored) throw new FreshetError("not_found", "There is no such chat");
      await using transaction = this.#store.transaction();
      const { operation } = transaction;
      operation.check(stored);
      const { chat, result } = await change(stored.value, transaction);
      operation.set(stored.key, this.#store.encode(records.chat, chat));
      this.#reorder(principal, operation, stored.value, chat);
      const commit = await transaction.commit();
      if (!commit.ok) continue;
      if (!options.quiet) this.changed(principal, chat);
      return { chat, result, versionstamp: commit.versionstamp };
    }
    throw new FreshetError("conflict", "The chat is being changed by others at the same time", {
      retryAfter: 1,
    });
  }

  /** Marks a chat as deleted; it can be brought back for a week. */
  async delete(principal: Principal, chatId: string): Promise<void> {
    await this.change(principal, chatId, (chat, { operation }) => {
      const now = this.#clock.now();
      operation.set(keys.chatPurge(now + DELETED_KEPT_MS, principal.profileId, chatId), true);
      return Promise.resolve({ chat: { ...chat, deletedAt: now }, result: undefined });
    });
  }

  /** Brings a deleted chat back. */
  async restore(principal: Principal, chatId: string): Promise<Chat> {
    const { chat } = await this.change(principal, chatId, async (deleted, { operation }) => {
      const { deletedAt, ...chat } = deleted;
      if (deletedAt !== undefined) {
        operation.delete(keys.chatPurge(deletedAt + DELETED_KEPT_MS, principal.profileId, chatId));
      }
      return { chat: await this.#withoutDeleted(principal, operation, chat), result: undefined };
    }, { deleted: true });
    return chat;
  }

  /** A chat without a folder or tags that have been deleted since. */
  async #withoutDeleted(
    { profileId }: Owner,
    operation: Deno.AtomicOperation,
    { folderId, tagIds = [], ...chat }: Chat,
  ): Promise<Chat> {
    const tags = await this.#store.getMany(records.chatTag, tagIds.map((id) => keys.chatTag(profileId, id)));
    const kept = tagIds.filter((_, i) => tags[i]);
    for (const tag of tags) if (tag) operation.check(tag);
    const tagged: Chat = kept.length > 0 ? { ...chat, tagIds: kept } : chat;
    if (folderId === undefined) return tagged;
    const key = keys.chatFolder(profileId, folderId);
    const folder = await this.#store.get(records.chatFolder, key);
    operation.check(folder ?? { key, versionstamp: null });
    return folder && folder.value.deletedAt === undefined ? { ...tagged, folderId } : tagged;
  }

  /** The chats that are due to be deleted for good. */
  async *due(): AsyncGenerator<{ key: Deno.KvKey; profileId: string; chatId: string }, void, undefined> {
    for await (const { key } of this.#store.kv.list({ prefix: keys.chatPurges() })) {
      const [, dueAt, profileId, chatId] = key.map(String);
      if (Number(dueAt) > this.#clock.now() || !profileId || !chatId) return;
      yield { key, profileId, chatId };
    }
  }

  /** Tells the open pages. */
  changed(principal: Owner, chat: Chat): void {
    if (chat.deletedAt !== undefined) {
      this.#feed.publish(principal.profileId, { type: "chat:deleted", chatId: chat.id });
    } else this.#feed.publish(principal.profileId, { type: "chat:changed", chat });
  }

  #reorder(principal: Owner, operation: Deno.AtomicOperation, before: Chat, after: Chat): void {
    if (after.temporary) return;
    for (const key of placesOf(principal, before)) operation.delete(key);
    if (after.deletedAt !== undefined) return;
    for (const key of placesOf(principal, after)) operation.set(key, after.id);
  }
}
