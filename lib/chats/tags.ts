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
        throw new FreshetError("conflict", "There is a tag of this name already", { field: "name" });
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

  /** Deletes a tag and takes it off all chats. */
  async delete(owner: Owner, id: string): Promise<void> {
    const { profileId } = owner;
    for (let attempt = 0;; attempt++) {
      const stored = await this.#get(owner, id);
      const operation = this.#store.kv.atomic().check(stored).delete(stored.key)
        .delete(keys.chatTagName(profileId, folded(stored.value.name)));
      if ((await operation.commit()).ok) break;
      if (attempt === TRIES) throw busy();
    }
    let batch: Promise<void>[] = [];
    for await (const { value } of this.#store.kv.list<string>({ prefix: keys.chatList(profileId, "", id) })) {
      if (batch.push(this.#takeOff(owner, value, id)) < AT_ONCE) continue;
      await Promise.all(batch);
      batch = [];
    }
    await Promise.all(batch);
    this.#changed(owner);
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
