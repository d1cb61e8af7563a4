import { type Chat, FreshetError } from "../shared/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Owner } from "./chat_lists.ts";
import type { ChatStore } from "./chat_store.ts";

/** A deleted folder can be brought back for as long as a deleted chat. */
export const DELETED_KEPT_MS = 7 * 24 * 60 * 60_000;
/** Chats that move at the same time. */
const AT_ONCE = 20;

/** The chats of folders that are deleted and brought back. Both go on where they were cut off. */
export class FolderContents {
  readonly #store: Store;
  readonly #chats: ChatStore;

  constructor({ store, chats }: { store: Store; chats: ChatStore }) {
    this.#store = store;
    this.#chats = chats;
  }

  /** Moves the chats of a deleted folder out, unless it is brought back meanwhile; nothing can move in any more. */
  async moveOut(owner: Owner, id: string): Promise<void> {
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

  /** Moves the chats back that were in a folder when it was deleted and are in none now; how many that were is returned. */
  async moveBack({ profileId }: Owner, id: string): Promise<number> {
    let moved = 0;
    const formers = this.#store.kv.list({ prefix: keys.chatFolderFormers(profileId, id) });
    await inBatches(formers, async ({ key }) => {
      const isThere = await this.#quietly({ profileId }, String(key.at(-1)), async (chat, operation) => {
        const folder = await this.#store.get(records.chatFolder, keys.chatFolder(profileId, id));
        if (!folder || folder.value.deletedAt !== undefined) return chat;
        operation.check(folder).delete(key);
        return { folderId: id, ...chat };
      });
      if (isThere) moved++;
      // A deleted chat that is brought back later stands where it stood then.
      else await this.#store.kv.delete(key);
    });
    return moved;
  }

  /** Changes a chat that may be deleted meanwhile, without telling of it; false where it is. */
  async #quietly(
    owner: Owner,
    chatId: string,
    change: (
      chat: Chat,
      operation: Deno.AtomicOperation,
    ) => Promise<Chat>,
  ): Promise<boolean> {
    try {
      await this.#chats.change(owner, chatId, async (chat, { operation }) => {
        return { chat: await change(chat, operation), result: undefined };
      }, { quiet: true });
      return true;
    } catch (error) {
      if (!(error instanceof FreshetError) || error.code !== "not_found") throw error;
      return false;
    }
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
