import {
  type ChatFolder,
  type CreateFolderBody,
  FreshetError,
  newId,
  type UpdateFolderBody,
} from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";
import {
  type ChatFolderRecord,
  type Feed,
  IdempotentRequest,
  keys,
  records,
  type Store,
  type Stored,
} from "../store/mod.ts";
import type { Owner } from "./chat_lists.ts";
import type { ChatStore } from "./chat_store.ts";

/** Of a profile. */
export const FOLDERS_MAX = 100;
/** A deleted folder can be brought back for as long as a deleted chat. */
const DELETED_KEPT_MS = 7 * 24 * 60 * 60_000;
const TRIES = 20;
/** Chats that move at the same time. */
const AT_ONCE = 20;

/** All folders of a profile as they are kept, and in which order. */
interface Shelf {
  order: Deno.KvEntryMaybe<Uint8Array>;
  ids: string[];
  folders: Map<string, Stored<ChatFolderRecord>>;
}

/** Folders for chats: two levels, in an order of the person's. */
export class Folders {
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

  /** The folders in their order. */
  async list(owner: Owner): Promise<ChatFolder[]> {
    const { ids, folders } = await this.#shelf(owner);
    return ids.flatMap((id) => {
      const stored = folders.get(id);
      return stored ? [view(stored.value)] : [];
    });
  }

  /** Makes a folder at the end, or finds the one that the same idempotency key made before. */
  async create(
    owner: Owner,
    { name, color = "gray", parentId }: CreateFolderBody,
    idempotencyKey: string | null = null,
  ): Promise<ChatFolder> {
    const request = new IdempotentRequest<string>(
      this.#store,
      owner.profileId,
      "chat-folders",
      idempotencyKey,
    );
    return await this.#change(owner, async (shelf, operation) => {
      const before = await request.result();
      if (before !== null) return view(await this.#made(owner, before));
      if (shelf.ids.length >= FOLDERS_MAX) {
        throw new FreshetError("invalid_request", `There may be at most ${FOLDERS_MAX} folders`);
      }
      if (parentId !== undefined) refuseDeep(known(shelf, parentId).value);
      const folder: ChatFolderRecord = {
        id: newId(),
        name,
        color,
        ...(parentId === undefined ? {} : { parentId }),
        collapsed: false,
        createdAt: this.#clock.now(),
      };
      shelf.ids.push(folder.id);
      this.#set(owner, operation, folder);
      request.keep(operation, folder.id);
      return view(folder);
    });
  }

  /** Renames, colours, folds or moves a folder. Throws `not_found`. */
  async update(owner: Owner, id: string, changes: UpdateFolderBody): Promise<ChatFolder> {
    return await this.#change(owner, (shelf, operation) => {
      const { value: old } = known(shelf, id);
      const { parentId: oldParent, ...rest } = old;
      const parentId = changes.parentId === undefined ? oldParent : changes.parentId ?? undefined;
      if (parentId !== undefined && parentId !== oldParent) {
        refuseDeep(known(shelf, parentId).value);
        const holdsOthers = shelf.folders.values().some(({ value }) => value.parentId === id);
        if (parentId === id || holdsOthers) throw tooDeep();
      }
      const folder: ChatFolderRecord = {
        ...rest,
        name: changes.name ?? old.name,
        color: changes.color ?? old.color,
        collapsed: changes.collapsed ?? old.collapsed,
        ...(parentId === undefined ? {} : { parentId }),
      };
      if (changes.before !== undefined && changes.before !== id) {
        if (changes.before !== null) known(shelf, changes.before);
        shelf.ids.splice(shelf.ids.indexOf(id), 1);
        const at = changes.before === null ? shelf.ids.length : shelf.ids.indexOf(changes.before);
        shelf.ids.splice(at, 0, id);
      }
      this.#set(owner, operation, folder);
      return Promise.resolve(view(folder));
    });
  }

  /** Deletes a folder; its chats move out, the folders in it to the top. `restore` brings it back within a week. */
  async delete(owner: Owner, id: string): Promise<void> {
    await this.#change(owner, (shelf, operation) => {
      const { value: folder } = known(shelf, id);
      const formerIndex = shelf.ids.indexOf(id);
      shelf.ids.splice(formerIndex, 1);
      this.#set(owner, operation, { ...folder, deletedAt: this.#clock.now(), formerIndex });
      for (const { value: { parentId, ...inner } } of shelf.folders.values()) {
        if (parentId === id) this.#set(owner, operation, inner);
      }
      return Promise.resolve();
    });
    await this.#empty(owner, id);
    this.#moved(owner);
  }

  /** Brings a deleted folder back, with the chats that were in it and are in no other now. Throws `not_found`. */
  async restore(owner: Owner, id: string): Promise<ChatFolder> {
    const { profileId } = owner;
    const folder = await this.#change(owner, async (shelf, operation) => {
      const there = shelf.folders.get(id);
      if (there) return view(there.value);
      const stored = await this.#store.get(records.chatFolder, keys.chatFolder(profileId, id));
      if (!stored) throw unknown();
      operation.check(stored);
      const { deletedAt: _, formerIndex = shelf.ids.length, parentId, ...rest } = stored.value;
      const parent = parentId === undefined ? undefined : shelf.folders.get(parentId)?.value;
      const isInside = parent !== undefined && parent.parentId === undefined;
      const folder: ChatFolderRecord = { ...rest, ...(isInside ? { parentId: parent.id } : {}) };
      shelf.ids.splice(formerIndex, 0, id);
      this.#set(owner, operation, folder);
      return view(folder);
    });
    const formers = this.#store.kv.list({ prefix: keys.chatFolderFormers(profileId, id) });
    await inBatches(formers, async ({ key }) => {
      await this.#quietly(owner, String(key.at(-1)), async (chat, operation) => {
        operation.delete(key);
        if (chat.folderId !== undefined) return chat;
        await this.require(owner, operation, id);
        return { ...chat, folderId: id };
      });
    });
    this.#moved(owner);
    return folder;
  }

  /** Adds to a commit that the folder is there. Throws `invalid_request` where it is not. */
  async require(owner: Owner, operation: Deno.AtomicOperation, id: string): Promise<void> {
    const stored = await this.#store.get(records.chatFolder, keys.chatFolder(owner.profileId, id));
    if (!stored || stored.value.deletedAt !== undefined) {
      throw new FreshetError("invalid_request", "There is no such folder", { field: "folderId" });
    }
    operation.check(stored);
  }

  /** The id of the folder with these names, the outer one first, which is made where it is missing; undefined where there may be no more. */
  async named(owner: Owner, names: readonly string[]): Promise<string | undefined> {
    let parentId: string | undefined;
    for (const name of names.slice(0, 2)) {
      const folders = await this.list(owner);
      const found = folders.find((folder) => folder.name === name && folder.parentId === parentId);
      if (!found && folders.length >= FOLDERS_MAX) return parentId;
      const body: CreateFolderBody = { name, ...(parentId === undefined ? {} : { parentId }) };
      parentId = (found ?? await this.create(owner, body)).id;
    }
    return parentId;
  }

  /** Empties deleted folders whose process ended before, and deletes for good what is due. */
  async purge(): Promise<void> {
    const all = this.#store.list(records.chatFolder, { prefix: keys.allChatFolders() });
    for await (const stored of all) {
      const { id, deletedAt } = stored.value;
      if (deletedAt === undefined) continue;
      await this.#empty({ profileId: String(stored.key[1]) }, id);
      if (deletedAt + DELETED_KEPT_MS > this.#clock.now()) continue;
      await this.#store.kv.atomic().check(stored).delete(stored.key).commit();
    }
  }

  /** Moves the chats of a deleted folder out, unless it is brought back meanwhile; nothing can move in any more. */
  async #empty(owner: Owner, id: string): Promise<void> {
    const { profileId } = owner;
    const key = keys.chatFolder(profileId, id);
    const inside = this.#store.kv.list<string>({ prefix: keys.chatList(profileId, id, "") });
    await inBatches(inside, async ({ value: chatId }) => {
      await this.#quietly(owner, chatId, async (chat, operation) => {
        const folder = await this.#store.get(records.chatFolder, key);
        if (chat.folderId !== id || (folder && folder.value.deletedAt === undefined)) return chat;
        operation.check(folder ?? { key, versionstamp: null });
        const { folderId: _, ...outside } = chat;
        const former = keys.chatFolderFormer(profileId, id, chatId);
        operation.set(former, true, { expireIn: DELETED_KEPT_MS });
        return outside;
      });
    });
  }

  /** Changes a chat that may be deleted meanwhile, without telling of it. */
  async #quietly(
    owner: Owner,
    chatId: string,
    change: (
      chat: Parameters<Parameters<ChatStore["change"]>[2]>[0],
      operation: Deno.AtomicOperation,
    ) => Promise<Parameters<Parameters<ChatStore["change"]>[2]>[0]>,
  ): Promise<void> {
    try {
      await this.#chats.change(owner, chatId, async (chat, { operation }) => {
        return { chat: await change(chat, operation), result: undefined };
      }, { quiet: true });
    } catch (error) {
      if (!(error instanceof FreshetError) || error.code !== "not_found") throw error;
    }
  }

  async #shelf({ profileId }: Owner): Promise<Shelf> {
    const order = await this.#store.kv.get<Uint8Array>(keys.chatFolderOrder(profileId));
    const ids = order.value ? this.#store.codec.decode(records.chatFolderOrder, order.value) : [];
    const folders = new Map<string, Stored<ChatFolderRecord>>();
    for await (
      const stored of this.#store.list(records.chatFolder, { prefix: keys.chatFolders(profileId) })
    ) {
      if (stored.value.deletedAt === undefined) folders.set(stored.value.id, stored);
    }
    return { order, ids, folders };
  }

  /** Every change writes the order, so that of two at the same time one is tried again on what the other left. */
  async #change<T>(
    owner: Owner,
    change: (shelf: Shelf, operation: Deno.AtomicOperation) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const shelf = await this.#shelf(owner);
      const operation = this.#store.kv.atomic().check(shelf.order);
      const result = await change(shelf, operation);
      operation.set(shelf.order.key, this.#store.encode(records.chatFolderOrder, shelf.ids));
      if (!(await operation.commit()).ok) continue;
      this.#changed(owner);
      return result;
    }
    throw new FreshetError("conflict", "The folders are being changed by others at the same time", {
      retryAfter: 1,
    });
  }

  /** A folder as it is stored: it may have been made since its shelf was read. */
  async #made({ profileId }: Owner, id: string): Promise<ChatFolderRecord> {
    const stored = await this.#store.get(records.chatFolder, keys.chatFolder(profileId, id));
    if (!stored || stored.value.deletedAt !== undefined) throw unknown();
    return stored.value;
  }

  #set({ profileId }: Owner, operation: Deno.AtomicOperation, folder: ChatFolderRecord): void {
    operation.set(
      keys.chatFolder(profileId, folder.id),
      this.#store.encode(records.chatFolder, folder),
    );
  }

  #changed({ profileId }: Owner): void {
    this.#feed.publish(profileId, { type: "folders:changed" });
  }

  #moved({ profileId }: Owner): void {
    this.#feed.publish(profileId, { type: "folders:changed", moved: true });
  }
}

/** Does something for all of a list, several at a time. */
async function inBatches<T>(list: AsyncIterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  let batch: T[] = [];
  for await (const item of list) {
    if (batch.push(item) < AT_ONCE) continue;
    await Promise.all(batch.map(work));
    batch = [];
  }
  await Promise.all(batch.map(work));
}

function known(shelf: Shelf, id: string): Stored<ChatFolderRecord> {
  const stored = shelf.folders.get(id);
  if (!stored) throw unknown();
  return stored;
}

function unknown(): FreshetError {
  return new FreshetError("not_found", "There is no such folder");
}

function refuseDeep(parent: ChatFolderRecord): void {
  if (parent.parentId !== undefined) throw tooDeep();
}

function tooDeep(): FreshetError {
  return new FreshetError("invalid_request", "A folder within a folder holds chats only", {
    field: "parentId",
  });
}

function view({ id, name, color, parentId, collapsed }: ChatFolderRecord): ChatFolder {
  return { id, name, color, ...(parentId === undefined ? {} : { parentId }), collapsed };
}
