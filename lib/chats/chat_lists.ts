import type { Chat, ChatFilter } from "../shared/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Principal } from "../access/mod.ts";

/** Whose chats. */
export type Owner = Pick<Principal, "profileId">;

/** In place of a folder's id, for the chats in none. */
const NO_FOLDER = "-";
/** Deno KV takes 100 checks in a commit. */
const BATCH = 100;

/** Where a chat is listed: among all, in its folder (or among those in none), at each of its tags, and at these within the folder. */
export function placesOf({ profileId }: Owner, chat: Chat): Deno.KvKey[] {
  const { id, pinned, updatedAt, folderId = NO_FOLDER, tagIds = [] } = chat;
  const entry = (folder: string, tag: string) =>
    keys.chatListEntry(profileId, folder, tag, pinned, updatedAt, id);
  return [
    keys.chatOrder(profileId, pinned, updatedAt, id),
    entry(folderId, ""),
    ...tagIds.flatMap((tag) => [entry("", tag), entry(folderId, tag)]),
  ];
}

/** The beginning of the keys of a list. */
export function listOf({ profileId }: Owner, { folder, tag }: ChatFilter): Deno.KvKey {
  if (folder === undefined && tag === undefined) return keys.chatOrders(profileId);
  return keys.chatList(profileId, folder === "none" ? NO_FOLDER : folder ?? "", tag ?? "");
}

/** Lists what was made before there were folders. */
export class ChatLists {
  readonly #store: Store;
  readonly #made = new Map<string, Promise<void>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Puts the chats of before into the list of those in no folder, once for a profile. */
  make(owner: Owner): Promise<void> {
    const { profileId } = owner;
    const making = this.#made.get(profileId) ?? this.#make(owner);
    this.#made.set(profileId, making);
    making.catch(() => this.#made.delete(profileId));
    return making;
  }

  /** Looks again, at the next call, whether they are there. */
  forget(): void {
    this.#made.clear();
  }

  async #make(owner: Owner): Promise<void> {
    const { kv } = this.#store;
    const mark = keys.chatListsMade(owner.profileId);
    if ((await kv.get(mark)).versionstamp !== null) return;
    let ids: string[] = [];
    for await (const { value } of kv.list<string>({ prefix: keys.chatOrders(owner.profileId) })) {
      if (ids.push(value) < BATCH) continue;
      await this.#add(owner, ids);
      ids = [];
    }
    await this.#add(owner, ids);
    await kv.set(mark, true);
  }

  /** Adds chats in one commit, those that change meanwhile each in its own: they must not be listed as they were. */
  async #add(owner: Owner, ids: string[]): Promise<void> {
    const found = await this.#store.getMany(
      records.chat,
      ids.map((id) => keys.chat(owner.profileId, id)),
    );
    const operation = this.#store.kv.atomic();
    for (const stored of found) {
      if (!stored || stored.value.deletedAt !== undefined || stored.value.temporary) continue;
      operation.check(stored);
      for (const key of placesOf(owner, stored.value)) operation.set(key, stored.value.id);
    }
    if ((await operation.commit()).ok) return;
    const halves = ids.length > 1 ? [ids.slice(0, ids.length / 2), ids.slice(ids.length / 2)] : [ids];
    for (const half of halves) await this.#add(owner, half);
  }
}
