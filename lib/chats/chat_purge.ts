import type { Log } from "../host/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Attachments } from "./attachments.ts";
import type { ChatStore } from "./chat_store.ts";
import type { Folders } from "./folders.ts";
import type { Tags } from "./tags.ts";

/** What is purged, and whose unfinished work is done. */
export interface ChatPurgeOptions {
  store: Store;
  log: Log;
  chats: ChatStore;
  folders: Folders;
  tags: Tags;
  attachments: Attachments;
}

/** Deletes for good what is due, and finishes what processes that ended have left half done. */
export class ChatPurge {
  readonly #options: ChatPurgeOptions;

  constructor(options: ChatPurgeOptions) {
    this.#options = options;
  }

  /** What cannot be done now is tried again the next time and keeps nothing else from it. */
  async run(): Promise<void> {
    const { store, log, chats, folders, tags, attachments } = this.#options;
    const attempt = async (what: () => Promise<void>) => {
      try {
        await what();
      } catch (error) {
        log.error("Cannot delete what is due; trying again", { error });
      }
    };
    await attempt(async () => {
      for await (const { key, profileId, chatId } of chats.due()) {
        await attempt(async () => {
          if (await this.#chat(profileId, chatId)) await store.kv.delete(key);
        });
      }
    });
    await attempt(() => folders.purge());
    await attempt(() => tags.purge());
    await attempt(() => attachments.purge());
  }

  /** False where the chat has changed meanwhile, to be looked at again later. */
  async #chat(profileId: string, chatId: string): Promise<boolean> {
    const { store, attachments } = this.#options;
    const stored = await store.get(records.chat, keys.chat(profileId, chatId));
    if (stored) {
      if (stored.value.deletedAt === undefined && !stored.value.temporary) return true;
      // The chat goes first, so that nobody brings back one that is half deleted.
      const gone = await store.kv.atomic().check(stored).delete(stored.key).commit();
      if (!gone.ok) return false;
    }
    const messages = keys.messages(profileId, chatId);
    for await (const { value } of store.list(records.message, { prefix: messages })) {
      for (const { id } of value.attachments ?? []) await attachments.release(profileId, id, chatId);
    }
    await store.deleteBelow(messages);
    await store.deleteBelow(keys.allBranches(profileId, chatId));
    return true;
  }
}
