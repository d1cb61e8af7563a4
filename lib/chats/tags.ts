import { type Chat, type ChatTag, FreshetError, newId } from "../shared/mod.ts";
import { type Feed, keys, records, type Store, type Stored } from "../store/mod.ts";
import type { Owner } from "./chat_lists.ts";
import type { ChatStore } from "./chat_store.ts";

/** Of a profile. */
export const TAGS_MAX = 300;
/** Of a chat: each is two entries in lists, which move with every message. */
export const TAGS_OF_CHAT_MAX = 10;
const TRIES = 20;
const AT_ONCE = 20;

/** Tags for chats. Chats name them by their ids, so that a new name is one write. */
export class Tags {
  readonly #store: Store;
  readonly #feed: Feed;
  readonly #chats: ChatStore;

  constructor(options: { store: Store; feed: Feed; chats: ChatStore }) {
    this.#store = options.store;
    this.#feed = options.feed;
    this.#chats = options.chats;
  }

  /** The tags by name. */
  async list({ profileId }: Owner): Promise<ChatTag[]> {
    const tags: ChatTag[] = [];
    const all = this.#store.list(records.chatTag, { prefix: keys.chatTags(profileId) });
    for await (const { value } of all) tags.push(value);
    return tags.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The tag of a name, which is made where there is none; the case of letters makes no difference. */
  async create(owner: Owner, name: string): Promise<ChatTag> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const nameKey = keys.chatTagName(owner.profileId, folded(name));
      const named = await this.#store.kv.get<string>(nameKey);
      if (named.value !== null) {
        const there = await this.#find(owner, named.value);
        if (there) return there.value;
        await this.#takeOffAll(owner, named.value);
      }
      if ((await this.list(owner)).length >= TAGS_MAX) {
        throw new FreshetError("invalid_request", `There may be at most ${TAGS_MAX} tags`);
      }
      const tag: ChatTag = { id: newId(), name };
      const { ok } = await this.#store.kv.atomic().check(named).set(nameKey, tag.id)
        .set(keys.chatTag(owner.profileId, tag.id), this.#store.encode(records.chatTag, tag)).commit();
      if (!ok) continue;
      this.#changed(owner);
      return tag;
    }
    throw busy();
  }

  /** Gives a tag another name, everywhere. Throws `not_found`, and `conflict` where another tag has that name. */
  async rename(owner: Owner, id: string, name: string): Promise<ChatTag> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const stored = await this.#get(owner, id);
      const oldKey = keys.chatTagName(owner.profileId, folded(stored.value.name));
      const newKey = keys.chatTagName(owner.profileId, folded(name));
      const taken = await this.#store.kv.get<string>(newKey);
      if (taken.value !== null && taken.value !== id) {
        if (await this.#find(owner, taken.value)) {
          throw new FreshetError("conflict", "There is a tag of this name already", { field: "name" });
        }
        await this.#takeOffAll(owner, taken.value);
      }
      const tag: ChatTag = { id, name };
      const { ok } = await this.#store.kv.atomic().check(stored).check(taken).delete(oldKey).set(newKey, id)
        .set(stored.key, this.#store.encode(records.chatTag, tag)).commit();
      if (!ok) continue;
      this.#changed(owner);
      return tag;
    }
    throw busy();
  }

  /** Deletes a tag and takes it off all chats. Its name goes last: while it leads to no tag, chats may have that still. */
  async delete(owner: Owner, id: string): Promise<void> {
    const nameKey = await this.#remove(owner, id);
    await this.#takeOffAll(owner, id);
    await this.#forget(nameKey, id);
    this.#changed(owner);
  }

  /** Takes off what deleted tags of a process that ended before have left on chats. */
  async purge(): Promise<void> {
    for await (const { key, value: id } of this.#store.kv.list<string>({ prefix: keys.allChatTagNames() })) {
      const owner = { profileId: String(key[1]) };
      if (await this.#find(owner, id)) continue;
      await this.#takeOffAll(owner, id);
      await this.#forget(key, id);
    }
  }

  /** Adds to a commit that the tags are there. Throws `invalid_request` where one is not. */
  async require(
    { profileId }: Owner,
    operation: Deno.AtomicOperation,
    ids: readonly string[],
  ): Promise<void> {
    const found = await this.#store.getMany(records.chatTag, ids.map((id) => keys.chatTag(profileId, id)));
    for (const stored of found) {
      if (!stored) throw new FreshetError("invalid_request", "There is no such tag", { field: "tagIds" });
      operation.check({ key: stored.key, versionstamp: stored.versionstamp });
    }
  }

  /** The ids of tags by their names, which are made where they are missing, as far as there may be more. */
  async named(owner: Owner, names: readonly string[]): Promise<string[]> {
    const ids = new Set<string>();
    for (const name of names.slice(0, TAGS_OF_CHAT_MAX)) {
      try {
        ids.add((await this.create(owner, name)).id);
      } catch (error) {
        if (!(error instanceof FreshetError) || error.code !== "invalid_request") throw error;
      }
    }
    return [...ids];
  }

  /** Where its name leads to it still. */
  async #remove(owner: Owner, id: string): Promise<Deno.KvKey> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const stored = await this.#get(owner, id);
      const { ok } = await this.#store.kv.atomic().check(stored).delete(stored.key).commit();
      if (ok) return keys.chatTagName(owner.profileId, folded(stored.value.name));
    }
    throw busy();
  }

  /** A new tag may have taken the name. */
  async #forget(nameKey: Deno.KvKey, id: string): Promise<void> {
    const named = await this.#store.kv.get<string>(nameKey);
    if (named.value === id) await this.#store.kv.atomic().check(named).delete(nameKey).commit();
  }

  async #takeOffAll(owner: Owner, id: string): Promise<void> {
    let batch: Promise<void>[] = [];
    const tagged = this.#store.kv.list<string>({ prefix: keys.chatList(owner.profileId, "", id) });
    for await (const { value } of tagged) {
      if (batch.push(this.#takeOff(owner, value, id)) < AT_ONCE) continue;
      await Promise.all(batch);
      batch = [];
    }
    await Promise.all(batch);
  }

  async #takeOff(owner: Owner, chatId: string, tagId: string): Promise<void> {
    try {
      await this.#chats.change(owner, chatId, (chat) => {
        return Promise.resolve({
          chat: withTags(chat, (chat.tagIds ?? []).filter((id) => id !== tagId)),
          result: undefined,
        });
      }, { quiet: true });
    } catch (error) {
      if (!(error instanceof FreshetError) || error.code !== "not_found") throw error;
    }
  }

  async #get(owner: Owner, id: string): Promise<Stored<ChatTag>> {
    const stored = await this.#find(owner, id);
    if (!stored) throw new FreshetError("not_found", "There is no such tag");
    return stored;
  }

  #find({ profileId }: Owner, id: string): Promise<Stored<ChatTag> | null> {
    return this.#store.get(records.chatTag, keys.chatTag(profileId, id));
  }

  #changed({ profileId }: Owner): void {
    this.#feed.publish(profileId, { type: "tags:changed" });
  }
}

/** A chat with other tags; none of them leaves no list. */
export function withTags({ tagIds: _, ...chat }: Chat, tagIds: readonly string[]): Chat {
  return tagIds.length > 0 ? { ...chat, tagIds: [...tagIds] } : chat;
}

/** Names that differ in case only are the same. */
function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function busy(): FreshetError {
  return new FreshetError("conflict", "The tags are being changed by others at the same time", {
    retryAfter: 1,
  });
}
