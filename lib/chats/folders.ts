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
} from "../store/mod.ts";
import type { Owner } from "./chat_lists.ts";
import type { ChatStore } from "./chat_store.ts";
import { DELETED_KEPT_MS, FolderContents } from "./folder_contents.ts";
import { FolderShelves, known, unknown } from "./folder_shelf.ts";

/** Of a profile. */
export const FOLDERS_MAX = 100;

/** Folders for chats: two levels, in an order of the person's. */
export class Folders {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #feed: Feed;
  readonly #shelves: FolderShelves;
  readonly #contents: FolderContents;

  constructor(options: { store: Store; clock: Clock; feed: Feed; chats: ChatStore }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#feed = options.feed;
    this.#shelves = new FolderShelves(options);
    this.#contents = new FolderContents(options);
  }

  /** The folders in their order. */
  async list(owner: Owner): Promise<ChatFolder[]> {
    const { ids, folders } = await this.#shelves.read(owner);
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
    return await this.#shelves.change(owner, async (shelf, operation) => {
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
      this.#shelves.set(owner, operation, folder);
      request.keep(operation, folder.id);
      return view(folder);
    });
  }

  /** Renames, colours, folds or moves a folder. Throws `not_found`. */
  async update(owner: Owner, id: string, changes: UpdateFolderBody): Promise<ChatFolder> {
    return await this.#shelves.change(owner, (shelf, operation) => {
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
      this.#shelves.set(owner, operation, folder);
      return Promise.resolve(view(folder));
    });
  }

  /** Deletes a folder; its chats move out, the folders in it to the top. `restore` brings it back within a week. */
  async delete(owner: Owner, id: string): Promise<void> {
    await this.#shelves.change(owner, (shelf, operation) => {
      const { value: folder } = known(shelf, id);
      const formerIndex = shelf.ids.indexOf(id);
      shelf.ids.splice(formerIndex, 1);
      this.#shelves.set(owner, operation, { ...folder, deletedAt: this.#clock.now(), formerIndex });
      for (const { value: { parentId, ...inner } } of shelf.folders.values()) {
        if (parentId === id) this.#shelves.set(owner, operation, inner);
      }
      return Promise.resolve();
    });
    await this.#contents.moveOut(owner, id);
    this.#moved(owner);
  }

  /** Brings a deleted folder back, with the chats that were in it and are in no other now. Throws `not_found`. */
  async restore(owner: Owner, id: string): Promise<ChatFolder> {
    const { profileId } = owner;
    const folder = await this.#shelves.change(owner, async (shelf, operation) => {
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
      this.#shelves.set(owner, operation, folder);
      return view(folder);
    });
    await this.#contents.moveBack(owner, id);
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

  /** Finishes what processes that ended have left of deleting folders and bringing them back, and deletes for good what is due. */
  async purge(): Promise<void> {
    const all = this.#store.list(records.chatFolder, { prefix: keys.allChatFolders() });
    for await (const stored of all) {
      const { id, deletedAt } = stored.value;
      const owner = { profileId: String(stored.key[1]) };
      if (deletedAt === undefined) {
        if (await this.#contents.moveBack(owner, id)) this.#moved(owner);
        continue;
      }
      await this.#contents.moveOut(owner, id);
      if (deletedAt + DELETED_KEPT_MS > this.#clock.now()) continue;
      await this.#store.kv.atomic().check(stored).delete(stored.key).commit();
    }
  }

  /** A folder as it is stored: it may have been made since its shelf was read. */
  async #made({ profileId }: Owner, id: string): Promise<ChatFolderRecord> {
    const stored = await this.#store.get(records.chatFolder, keys.chatFolder(profileId, id));
    if (!stored || stored.value.deletedAt !== undefined) throw unknown();
    return stored.value;
  }

  #moved({ profileId }: Owner): void {
    this.#feed.publish(profileId, { type: "folders:changed", moved: true });
  }
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
