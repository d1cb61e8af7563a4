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

/** Messages read at a time where a branch leaves the order of time. */
const READ_AHEAD = 8;

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
      throw noSuchMessage();
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
    const path = await this.#pathUpFrom(leafId, limit);
    const parents = path.map(({ parentId }) => keys.branches(this.profileId, this.chatId, parentId));
    const branches = await this.store.getMany(records.branches, parents);
    const messages = path.map((record, i) => withSiblings(record, branches[i]?.value ?? NO_BRANCHES))
      .reverse();
    const first = messages[0];
    return { messages, before: first && first.parentId !== null ? first.id : null };
  }

  /** The records from a message up, newest first, at most `limit`. Throws `not_found`. */
  async #pathUpFrom(leafId: string | null, limit: number): Promise<MessageRecord[]> {
    const path: MessageRecord[] = [];
    const near = new Map<string, MessageRecord>();
    let id = leafId;
    while (id !== null && path.length < limit) {
      // Ids sort by time, so what stands before a message is mostly its branch: one read in place of many.
      if (!near.has(id)) await this.#readUpTo(id, path.length === 0 ? limit : READ_AHEAD, near);
      const record = near.get(id);
      if (!record || record.deletedAt !== undefined) throw noSuchMessage();
      path.push(record);
      id = record.parentId;
    }
    return path;
  }

  async #readUpTo(messageId: string, limit: number, found: Map<string, MessageRecord>): Promise<void> {
    const prefix = keys.messages(this.profileId, this.chatId);
    const selector = { prefix, end: [...prefix, `${messageId}\0`] };
    for await (const { value } of this.store.list(records.message, selector, { limit, reverse: true })) {
      found.set(value.id, value);
    }
  }

  /** The message with its place among its siblings. */
  async branchMessage(record: MessageRecord): Promise<BranchMessage> {
    return withSiblings(record, (await this.branches(record.parentId)).value);
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

function withSiblings({ deletedAt: _, ...message }: MessageRecord, { childIds }: Branches): BranchMessage {
  return { ...message, siblings: { index: childIds.indexOf(message.id), ids: childIds } };
}

function noSuchMessage(): FreshetError {
  return new FreshetError("not_found", "There is no such message in this chat");
}
