import { type BranchMessage, FreshetError, type Message, type MessagePage } from "../shared/mod.ts";
import {
  type Branches,
  keys,
  type MessageRecord,
  records,
  type Store,
  type Stored,
  type Transaction,
} from "../store/mod.ts";

/** Messages of a page where the caller does not say. */
export const PAGE_SIZE = 50;

const NO_BRANCHES: Branches = { childIds: [], activeId: null };

/** The message tree of one chat. Pages walk up from a leaf, so opening a chat costs the same whatever its length. */
export class MessageTree {
  readonly store: Store;
  readonly profileId: string;
  readonly chatId: string;

  constructor(store: Store, profileId: string, chatId: string) {
    this.store = store;
    this.profileId = profileId;
    this.chatId = chatId;
  }

  /** One message. Throws `not_found`, for deleted ones too. */
  async get(messageId: string): Promise<Stored<MessageRecord>> {
    const stored = await this.find(messageId);
    if (!stored || stored.value.deletedAt !== undefined) {
      throw new FreshetError("not_found", "There is no such message in this chat");
    }
    return stored;
  }

  /** One message, deleted or not, or null. */
  async find(messageId: string): Promise<Stored<MessageRecord> | null> {
    return await this.store.get(records.message, keys.message(this.profileId, this.chatId, messageId));
  }

  /** The children of a message, or of the chat for null, with the version to check. */
  async branches(
    parentId: string | null,
  ): Promise<{ key: Deno.KvKey; value: Branches; versionstamp: string | null }> {
    const key = keys.branches(this.profileId, this.chatId, parentId);
    const stored = await this.store.get(records.branches, key);
    return stored ?? { key, value: NO_BRANCHES, versionstamp: null };
  }

  /** The messages from `leafId` up, oldest first, at most `limit`. */
  async pageUpFrom(leafId: string | null, limit: number): Promise<MessagePage> {
    const messages: BranchMessage[] = [];
    let id = leafId;
    while (id !== null && messages.length < limit) {
      const message = await this.branchMessage((await this.get(id)).value);
      messages.push(message);
      id = message.parentId;
    }
    return { messages: messages.reverse(), before: id === null ? null : messages[0]?.id ?? null };
  }

  /** The message with its place among its siblings. */
  async branchMessage(record: MessageRecord): Promise<BranchMessage> {
    const { deletedAt: _, ...message } = record;
    const { childIds } = (await this.branches(message.parentId)).value;
    return { ...message, siblings: { index: childIds.indexOf(message.id), ids: childIds } };
  }

  /** Walks from a message to the root. */
  async *upFrom(messageId: string | null): AsyncGenerator<Message, void, undefined> {
    let id = messageId;
    while (id !== null) {
      const { deletedAt: _, ...message } = (await this.get(id)).value;
      yield message;
      id = message.parentId;
    }
  }

  /**
   * Whether the message is part of the tree: a message below a deleted one is not, though its record is there. What the active
   * leaf stands on is, so that adding to the end of a chat costs the same whatever its length.
   */
  async isAttached(messageId: string | null, activeLeafId: string | null): Promise<boolean> {
    let id = messageId;
    while (id !== null && id !== activeLeafId) {
      const stored = await this.find(id);
      if (!stored || stored.value.deletedAt !== undefined) return false;
      id = stored.value.parentId;
    }
    return true;
  }

  /** Throws `not_found` for a message that is not part of the tree any more. */
  async requireAttached(messageId: string | null, activeLeafId: string | null): Promise<void> {
    if (await this.isAttached(messageId, activeLeafId)) return;
    throw new FreshetError("not_found", "This message was deleted", {
      hint: "Load the chat again to see what there is",
    });
  }

  /** The leaf that is reached by following the branches that were active last. */
  async leafBelow(messageId: string | null): Promise<string | null> {
    let id = messageId;
    for (;;) {
      const { childIds, activeId } = (await this.branches(id)).value;
      const next = activeId !== null && childIds.includes(activeId) ? activeId : childIds.at(-1);
      if (next === undefined) return id;
      id = next;
    }
  }

  /** Whether `messageId` is `ancestorId` or stands below it. */
  async isWithin(messageId: string | null, ancestorId: string): Promise<boolean> {
    for await (const { id } of this.upFrom(messageId)) if (id === ancestorId) return true;
    return false;
  }

  /** Adds to a commit that `childId` becomes the active child of `parentId`, as a new one or an old. */
  async activate(operation: Deno.AtomicOperation, parentId: string | null, childId: string): Promise<void> {
    const { key, value, versionstamp } = await this.branches(parentId);
    const childIds = value.childIds.includes(childId) ? value.childIds : [...value.childIds, childId].sort();
    operation
      .check({ key, versionstamp })
      .set(key, this.store.encode(records.branches, { childIds, activeId: childId }));
  }

  /** Adds to a commit that `childId` is no child of `parentId` any more. */
  async detach(operation: Deno.AtomicOperation, parentId: string | null, childId: string): Promise<void> {
    const { key, value, versionstamp } = await this.branches(parentId);
    const childIds = value.childIds.filter((id) => id !== childId);
    const activeId = value.activeId === childId ? childIds.at(-1) ?? null : value.activeId;
    operation.check({ key, versionstamp }).set(
      key,
      this.store.encode(records.branches, { childIds, activeId }),
    );
  }

  /** Adds a message to a commit. */
  async write(transaction: Transaction, message: MessageRecord): Promise<void> {
    const key = keys.message(this.profileId, this.chatId, message.id);
    await transaction.set(records.message, key, message);
  }
}
