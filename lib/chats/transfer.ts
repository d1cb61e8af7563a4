import { createHash } from "node:crypto";
import { z } from "zod";
import {
  type Chat,
  type ChatExport,
  type ChatFolder,
  type ChatTag,
  FreshetError,
  idOf,
  type Message,
  newId,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { BulkWriter, type Feed, keys, type MessageRecord, records, type Store } from "../store/mod.ts";
import type { Attachments } from "./attachments.ts";
import type { ChatStore } from "./chat_store.ts";
import type { Folders } from "./folders.ts";
import { chatSettingsSchema, fitName } from "./schemas.ts";
import type { Tags } from "./tags.ts";
import { MessageTree } from "./tree.ts";

const MESSAGES_MAX = 100_000;
/** Their ids have to fit into one record. */
const SIBLINGS_MAX = 1_000;
/** Of one message: more nodes never go on with an answer. */
const CONTINUATIONS_MAX = 100;
/** What is left of an import that was cut off is deleted after this time. */
const UNFINISHED_KEPT_MS = 60 * 60_000;

/** ms since 1970, as far as they can be shown and sorted. */
const time = z.number().min(0).max(99_999_999_999_999);

const usageSchema = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  totalTokens: z.number(),
  reasoningTokens: z.number().exactOptional(),
  cachedTokens: z.number().exactOptional(),
  estimated: z.boolean(),
});

const importedMessageSchema = z.object({
  id: z.string().min(1).max(100),
  parentId: z.string().max(100).nullable(),
  role: z.enum(["user", "assistant"]),
  status: z.enum(["complete", "streaming", "cancelled", "failed", "interrupted"]),
  text: z.string(),
  reasoning: z.string().exactOptional(),
  model: z.string().max(300).exactOptional(),
  nodeName: z.string().max(300).exactOptional(),
  continuations: z.array(z.object({ nodeName: z.string().max(300), at: z.int().min(0) })).max(
    CONTINUATIONS_MAX,
  )
    .exactOptional(),
  usage: usageSchema.exactOptional(),
  finishReason: z.enum(["stop", "length", "tool_calls", "content_filter"]).exactOptional(),
  createdAt: time,
});

/** The JSON of an exported chat, as far as an import takes it. Unknown fields are left out. */
export const chatImportSchema = z.object({
  format: z.literal("freshet-chat"),
  version: z.literal(1),
  chat: z.object({
    pinned: z.boolean().exactOptional(),
    folder: z.array(z.string().max(1_000)).max(2).exactOptional(),
    tags: z.array(z.string().max(1_000)).max(100).exactOptional(),
    title: z.string().max(300),
    settings: chatSettingsSchema,
    createdAt: time,
    updatedAt: time,
    activeLeafId: z.string().nullable(),
  }),
  messages: z.array(importedMessageSchema).max(MESSAGES_MAX),
}).meta({ id: "ChatImport", description: "A chat as exported by Freshet" });

/** A message as an import takes it. */
export type ImportedMessage = z.infer<typeof importedMessageSchema>;

/** A chat as an import takes it. */
export interface ImportedChat {
  chat: Pick<Chat, "title" | "settings" | "createdAt" | "updatedAt" | "activeLeafId"> & {
    pinned?: boolean;
    folder?: string[];
    tags?: string[];
  };
  messages: ImportedMessage[];
}

/** What transfers need. */
export interface TransferOptions {
  store: Store;
  chats: ChatStore;
  attachments: Attachments;
  feed: Feed;
  folders: Folders;
  tags: Tags;
}

/** All folders and tags of a profile. */
interface Labels {
  folders: readonly ChatFolder[];
  tags: readonly ChatTag[];
}

/** A chat with every branch. Of many, the labels are read once. */
export async function exportChat(
  principal: Principal,
  chatId: string,
  options: TransferOptions,
  labels?: Labels,
): Promise<ChatExport> {
  const { store, chats, attachments } = options;
  const { value: chat } = await chats.get(principal, chatId);
  const messages: Message[] = [];
  const prefix = keys.messages(principal.profileId, chatId);
  for await (const { value } of store.list(records.message, { prefix })) {
    if (value.deletedAt === undefined) messages.push(value);
  }
  // What stands below a deleted message is deleted with it.
  const kept = new Set(parentsFirst(messages).map(({ id }) => id));
  const attached = messages.filter(({ id }) => kept.has(id));
  const files = attached.flatMap((message) => message.attachments ?? []);
  const texts = await Promise.all(files.map(async (file) => {
    const text = await attachments.text(principal, file.id);
    return { ...file, ...(text === null ? {} : { text }) };
  }));
  const { title, settings, createdAt, updatedAt, activeLeafId } = chat;
  return {
    format: "freshet-chat",
    version: 1,
    exportedAt: Date.now(),
    chat: {
      id: chatId,
      title,
      settings,
      createdAt,
      updatedAt,
      activeLeafId,
      ...(chat.pinned ? { pinned: true } : {}),
      ...labelNames(chat, labels ?? await allLabels(principal, options)),
    },
    messages: attached,
    attachments: texts,
  };
}

async function allLabels(principal: Principal, { folders, tags }: TransferOptions): Promise<Labels> {
  return { folders: await folders.list(principal), tags: await tags.list(principal) };
}

/** The names of a chat's folders and tags. */
function labelNames(
  { folderId, tagIds = [] }: Chat,
  { folders, tags }: Labels,
): { folder?: string[]; tags?: string[] } {
  const inner = folders.find(({ id }) => id === folderId);
  const outer = folders.find(({ id }) => id === inner?.parentId);
  const folder = [outer, inner].flatMap((folder) => folder ? [folder.name] : []);
  const names = tags.filter(({ id }) => tagIds.includes(id)).map(({ name }) => name);
  return { ...(folder.length > 0 ? { folder } : {}), ...(names.length > 0 ? { tags: names } : {}) };
}

/** All chats as a JSON list, one after another; a chat that is deleted meanwhile is left out. */
export async function* exportChats(
  principal: Principal,
  options: TransferOptions,
): AsyncGenerator<string, void, undefined> {
  const labels = await allLabels(principal, options);
  let before = "[\n";
  for await (const { id } of options.chats.all(principal)) {
    const exported = await exportChat(principal, id, options, labels).catch(absent);
    if (exported === null) continue;
    yield before + JSON.stringify(exported);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

function absent(error: unknown): null {
  if (error instanceof FreshetError && error.code === "not_found") return null;
  throw error;
}

/** The active branch as Markdown. */
export async function exportMarkdown(
  principal: Principal,
  chatId: string,
  options: TransferOptions,
): Promise<string> {
  const { value: chat } = await options.chats.get(principal, chatId);
  const tree = new MessageTree(options.store, principal.profileId, chatId);
  const parts: string[] = [];
  for await (const message of tree.upFrom(chat.activeLeafId)) {
    const who = message.role === "user" ? "You" : message.model ?? "Model";
    const files = (message.attachments ?? []).map(({ name }) => `*Attached: ${name}*\n\n`).join("");
    parts.push(`## ${who} (${new Date(message.createdAt).toISOString()})\n\n${files}${message.text}\n`);
  }
  return `# ${chat.title}\n\n${parts.reverse().join("\n")}`;
}

/**
 * Makes a chat out of an exported one. Its ids are new, unless `chatId` says which id it is to have: then those of its messages
 * follow from theirs, so that two imports at the same time write the same. Throws `invalid_request` where its tree makes no sense.
 */
export async function importChat(
  principal: Principal,
  imported: ImportedChat,
  { store, chats, feed, folders, tags }: TransferOptions,
  chatId?: string,
): Promise<Chat> {
  const sorted = treeOf(imported.messages);
  const ids = new Map(sorted.map((message) => [message.id, messageIdOf(message, chatId)]));
  const { title, settings, createdAt, updatedAt, activeLeafId, pinned = false } = imported.chat;
  const operation = store.kv.atomic();
  const names = (imported.chat.folder ?? []).flatMap((name) => fitName(name, "folder") ?? []);
  const folderId = await folders.named(principal, names);
  const tagIds = await tags.named(
    principal,
    (imported.chat.tags ?? []).flatMap((name) => fitName(name, "tag") ?? []),
  );
  const chat = chats.add(principal, operation, {
    ...(folderId === undefined ? {} : { folderId }),
    ...(tagIds.length === 0 ? {} : { tagIds }),
    ...(chatId === undefined ? {} : { id: chatId }),
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
  const purge = keys.chatPurge(Date.now() + UNFINISHED_KEPT_MS, principal.profileId, chat.id);
  await store.kv.set(purge, true);
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
      chatId: chat.id,
      status: status === "streaming" ? "interrupted" : status,
    } as MessageRecord;
    const key = keys.message(principal.profileId, chat.id, id);
    await writer.set(key, (await store.encodeNew(records.message, key, message)).bytes);
  }
  for (const [parentId, childIds] of children) {
    const key = keys.branches(principal.profileId, chat.id, parentId);
    const branches = { childIds, activeId: childIds.at(-1) ?? null };
    await writer.set(key, store.encode(records.branches, branches));
  }
  await writer.flush();
  // The chat is listed only when all of it is there.
  const { ok } = await operation.check({ key: keys.chat(principal.profileId, chat.id), versionstamp: null })
    .delete(purge).commit();
  if (!ok) return (await chats.get(principal, chat.id)).value;
  feed.publish(principal.profileId, { type: "chat:changed", chat });
  return chat;
}

/** Of an id, or of what comes from the chat's and its own before. */
function messageIdOf({ id, createdAt }: ImportedMessage, chatId: string | undefined): string {
  if (chatId === undefined) return newId();
  return idOf(Math.floor(createdAt), createHash("sha256").update(`${chatId}/${id}`).digest());
}

interface Linked {
  id: string;
  parentId: string | null;
}

/** The messages that can be reached from the beginning, every parent before its children. Their ids have to be unique. */
function parentsFirst<T extends Linked>(messages: T[]): T[] {
  const byParent = Map.groupBy(messages, ({ parentId }) => parentId);
  const sorted: T[] = [...byParent.get(null) ?? []];
  for (let i = 0; i < sorted.length; i++) {
    for (const child of byParent.get(sorted[i]?.id ?? "") ?? []) sorted.push(child);
  }
  return sorted;
}

/** The messages, every parent before its children. Throws `invalid_request` where they form no tree, or too wide a one. */
function treeOf<T extends Linked>(messages: T[]): T[] {
  const refuse = () => {
    return new FreshetError("invalid_request", "Cannot import the chat: its messages do not form a tree", {
      field: "messages",
      hint: `Every message follows another one of the chat, and at most ${SIBLINGS_MAX} follow the same one`,
    });
  };
  if (new Set(messages.map(({ id }) => id)).size < messages.length) throw refuse();
  const families = Map.groupBy(messages, ({ parentId }) => parentId);
  if (families.values().some(({ length }) => length > SIBLINGS_MAX)) throw refuse();
  const sorted = parentsFirst(messages);
  if (sorted.length < messages.length) throw refuse();
  return sorted;
}
