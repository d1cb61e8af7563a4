import { FreshetError } from "../shared/mod.ts";
import { type ChatFolderRecord, type Feed, keys, records, type Store, type Stored } from "../store/mod.ts";
import type { Owner } from "./chat_lists.ts";

const TRIES = 20;

/** All folders of a profile as they are kept, and in which order. */
export interface Shelf {
  order: Deno.KvEntryMaybe<Uint8Array>;
  ids: string[];
  folders: Map<string, Stored<ChatFolderRecord>>;
}

/** The records of folders with the order in which they stand. */
export class FolderShelves {
  readonly #store: Store;
  readonly #feed: Feed;

  constructor({ store, feed }: { store: Store; feed: Feed }) {
    this.#store = store;
    this.#feed = feed;
  }

  /** The folders that are not deleted. */
  async read({ profileId }: Owner): Promise<Shelf> {
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
  async change<T>(
    owner: Owner,
    change: (shelf: Shelf, operation: Deno.AtomicOperation) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const shelf = await this.read(owner);
      const operation = this.#store.kv.atomic().check(shelf.order);
      const result = await change(shelf, operation);
      operation.set(shelf.order.key, this.#store.encode(records.chatFolderOrder, shelf.ids));
      if (!(await operation.commit()).ok) continue;
      this.#feed.publish(owner.profileId, { type: "folders:changed" });
      return result;
    }
    throw new FreshetError("conflict", "The folders are being changed by others at the same time", {
      retryAfter: 1,
    });
  }

  /** Adds a folder as it is now to a commit. */
  set({ profileId }: Owner, operation: Deno.AtomicOperation, folder: ChatFolderRecord): void {
    operation.set(
      keys.chatFolder(profileId, folder.id),
      this.#store.encode(records.chatFolder, folder),
    );
  }
}

/** A folder of a shelf. Throws `not_found`. */
export function known(shelf: Shelf, id: string): Stored<ChatFolderRecord> {
  const stored = shelf.folders.get(id);
  if (!stored) throw unknown();
  return stored;
}

/** That there is no such folder. */
export function unknown(): FreshetError {
  return new FreshetError("not_found", "There is no such folder");
}
