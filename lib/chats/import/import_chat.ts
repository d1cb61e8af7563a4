import { createHash } from "node:crypto";
import { type Chat, FreshetError, idOf, newId } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { BulkWriter, type Feed, keys, type MessageRecord, records, type Store } from "../../store/mod.ts";
import type { ChatStore } from "../chat_store.ts";
import type { Folders } from "../folders.ts";
import { fitName } from "../schemas.ts";
import type { Tags } from "../tags.ts";
import type { ImportedChat, ImportedMessage } from "./imported_chat.ts";
import { treeOf } from "./message_order.ts";

/** What is left of an import that was cut off is deleted after this time. */
const UNFINISHED_KEPT_MS = 60 * 60_000;
/** How often a chat is put into folders and tags that others delete or change meanwhile. */
const TRIES = 20;

/** What imports need. */
export interface ImportChatOptions {
  store: Store;
  chats: ChatStore;
  feed: Feed;
  folders: Folders;
  tags: Tags;
}

/**
 * Makes a chat out of an exported one. Its ids are new, unless `chatId` says which id it is to have: then those of its messages
 * follow from theirs, so that two imports at the same time write the same. Throws `invalid_request` where its tree makes no sense.
 */
export async function importChat(
  principal: Principal,
  imported: ImportedChat,
  options: ImportChatOptions,
  chatId?: string,
): Promise<Chat> {
  const { store, chats, feed } = options;
  const { profileId } = principal;
  const id = chatId ?? newId();
  const sorted = treeOf(imported.messages);
  const ids = new Map(sorted.map((message) => [message.id, messageIdOf(message, chatId)]));
  const purge = keys.chatPurge(Date.now() + UNFINISHED_KEPT_MS, profileId, id);
  await store.kv.set(purge, true);
  await writeMessages(store, { profileId, chatId: id }, sorted, ids);
  const { title, settings, createdAt, updatedAt, activeLeafId, pinned = false } = imported.chat;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const operation = store.kv.atomic().check({ key: keys.chat(profileId, id), versionstamp: null });
    const labels = await requireLabels(principal, operation, imported.chat, options);
    if (labels === null) continue;
    const chat = chats.add(principal, operation, {
      ...labels,
      id,
      pinned,
      title,
      titleSource: "person",
      temporary: false,
      settings,
      createdAt,
      updatedAt,
      activeLeafId: ids.get(activeLeafId ?? "") ?? ids.get(sorted.at(-1)?.id ?? "") ?? null,
      messageCount: sorted.length,
    });
    // The chat is listed only when all of it is there.
    if ((await operation.delete(purge).commit()).ok) {
      feed.publish(profileId, { type: "chat:changed", chat });
      return chat;
    }
    const there = await chats.find(principal, id);
    if (there) return (await chats.get(principal, id)).value;
  }
  throw new FreshetError("conflict", "The folders and tags are being changed by others at the same time", {
    retryAfter: 1,
  });
}

/** The folder and tags of a chat by their names, made where they are missing, and that they are there at its commit; null where one was deleted meanwhile. */
async function requireLabels(
  principal: Principal,
  operation: Deno.AtomicOperation,
  chat: ImportedChat["chat"],
  { folders, tags }: ImportChatOptions,
): Promise<Pick<Chat, "folderId" | "tagIds"> | null> {
  const fitting = (names: string[] | undefined, of: "folder" | "tag") =>
    (names ?? []).flatMap((name) => fitName(name, of) ?? []);
  try {
    const folderId = await folders.named(principal, fitting(chat.folder, "folder"));
    if (folderId !== undefined) await folders.require(principal, operation, folderId);
    const tagIds = await tags.named(principal, fitting(chat.tags, "tag"));
    await tags.require(principal, operation, tagIds);
    return { ...(folderId === undefined ? {} : { folderId }), ...(tagIds.length === 0 ? {} : { tagIds }) };
  } catch (error) {
    const isGone = error instanceof FreshetError &&
      (error.code === "invalid_request" || error.code === "not_found");
    if (isGone) return null;
    throw error;
  }
}

/** Writes messages with their branches. */
async function writeMessages(
  store: Store,
  { profileId, chatId }: { profileId: string; chatId: string },
  sorted: readonly ImportedMessage[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const writer = new BulkWriter(store.kv);
  const children = new Map<string | null, string[]>();
  for (const { id: oldId, parentId: oldParent, status, ...fields } of sorted) {
    const id = ids.get(oldId) ?? newId();
    const parentId = oldParent === null ? null : ids.get(oldParent) ?? null;
    const siblings = children.get(parentId);
    if (siblings) siblings.push(id);
    else children.set(parentId, [id]);
    const message = {
      ...fields,
      id,
      parentId,
      chatId,
      status: status === "streaming" ? "interrupted" : status,
    } as MessageRecord;
    const key = keys.message(profileId, chatId, id);
    await writer.set(key, (await store.encodeNew(records.message, key, message)).bytes);
  }
  for (const [parentId, childIds] of children) {
    const key = keys.branches(profileId, chatId, parentId);
    const branches = { childIds, activeId: childIds.at(-1) ?? null };
    await writer.set(key, store.encode(records.branches, branches));
  }
  await writer.flush();
}

/** Of an id, or of what comes from the chat's and its own before. */
function messageIdOf({ id, createdAt }: ImportedMessage, chatId: string | undefined): string {
  if (chatId === undefined) return newId();
  return idOf(Math.floor(createdAt), createHash("sha256").update(`${chatId}/${id}`).digest());
}
