import { z } from "zod";
import { type Chat, type ChatExport, FreshetError, type Message, newId } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Feed, MessageRecord } from "../store/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Attachments } from "./attachments.ts";
import type { ChatStore } from "./chat_store.ts";
import { chatSettingsSchema } from "./schemas.ts";
import { MessageTree } from "./tree.ts";

const MESSAGES_MAX = 100_000;
const MESSAGES_PER_COMMIT = 40;

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
  usage: usageSchema.exactOptional(),
  finishReason: z.enum(["stop", "length", "tool_calls", "content_filter"]).exactOptional(),
  createdAt: z.number(),
});

/** The JSON of an exported chat, as far as an import takes it. Unknown fields are left out. */
export const chatImportSchema = z.object({
  format: z.literal("freshet-chat"),
  version: z.literal(1),
  chat: z.object({
    title: z.string().max(300),
    settings: chatSettingsSchema,
    createdAt: z.number(),
    updatedAt: z.number(),
    activeLeafId: z.string().nullable(),
  }),
  messages: z.array(importedMessageSchema).max(MESSAGES_MAX),
}).meta({ id: "ChatImport", description: "A chat as exported by Freshet" });

/** What transfers need. */
export interface TransferOptions {
  store: Store;
  chats: ChatStore;
  attachments: Attachments;
  feed: Feed;
}

/** A chat with every branch. */
export async function exportChat(
  principal: Principal,
  chatId: string,
  { store, chats, attachments }: TransferOptions,
): Promise<ChatExport> {
  const { value: chat } = await chats.get(principal, chatId);
  const messages: Message[] = [];
  const prefix = keys.messages(principal.profileId, chatId);
  for await (const { value } of store.list(records.message, { prefix })) {
    if (value.deletedAt === undefined) messages.push(value);
  }
  const files = messages.flatMap((message) => message.attachments ?? []);
  const texts = await Promise.all(files.map(async (file) => {
    const text = await attachments.text(principal, file.id);
    return { ...file, ...(text === null ? {} : { text }) };
  }));
  const { title, settings, createdAt, updatedAt, activeLeafId } = chat;
  return {
    format: "freshet-chat",
    version: 1,
    exportedAt: Date.now(),
    chat: { title, settings, createdAt, updatedAt, activeLeafId },
    messages,
    attachments: texts,
  };
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
    parts.unshift(`## ${who} (${new Date(message.createdAt).toISOString()})\n\n${files}${message.text}\n`);
  }
  return `# ${chat.title}\n\n${parts.join("\n")}`;
}

/** Makes a chat out of an exported one, with ids of its own. Throws `invalid_request` where its tree makes no sense. */
export async function importChat(
  principal: Principal,
  imported: z.infer<typeof chatImportSchema>,
  { store, chats, feed }: TransferOptions,
): Promise<Chat> {
  const ids = new Map(imported.messages.map(({ id }) => [id, newId()]));
  const sorted = parentsFirst(imported.messages);
  const { title, settings, createdAt, updatedAt, activeLeafId } = imported.chat;
  const operation = store.kv.atomic();
  const chat = chats.add(principal, operation, {
    title,
    titleSource: "person",
    temporary: false,
    settings,
    createdAt,
    updatedAt,
    activeLeafId: ids.get(activeLeafId ?? "") ?? ids.get(sorted.at(-1)?.id ?? "") ?? null,
    messageCount: sorted.length,
  });
  const tree = new MessageTree(store, principal.profileId, chat.id);
  const children = new Map<string | null, string[]>();
  for (let i = 0; i < sorted.length; i += MESSAGES_PER_COMMIT) {
    const batch = store.kv.atomic();
    for (
      const { id: oldId, parentId: oldParent, status, ...fields } of sorted.slice(i, i + MESSAGES_PER_COMMIT)
    ) {
      const id = ids.get(oldId) ?? newId();
      const parentId = oldParent === null ? null : ids.get(oldParent) ?? null;
      children.set(parentId, [...children.get(parentId) ?? [], id]);
      const message = {
        ...fields,
        id,
        parentId,
        chatId: chat.id,
        status: status === "streaming" ? "interrupted" : status,
      };
      await tree.write(batch, message as MessageRecord);
    }
    await batch.commit();
  }
  await writeBranches(tree, children);
  // The chat is listed only when all of it is there.
  await operation.commit();
  feed.publish(principal.profileId, { type: "chat:changed", chat });
  return chat;
}

async function writeBranches(tree: MessageTree, children: Map<string | null, string[]>): Promise<void> {
  let operation = tree.store.kv.atomic();
  let count = 0;
  for (const [parentId, childIds] of children) {
    const key = keys.branches(tree.profileId, tree.chatId, parentId);
    operation.set(key, tree.store.encode(records.branches, { childIds, activeId: childIds.at(-1) ?? null }));
    if (++count % 500 > 0) continue;
    await operation.commit();
    operation = tree.store.kv.atomic();
  }
  await operation.commit();
}

/** Messages in an order in which every parent comes before its children. */
function parentsFirst<T extends { id: string; parentId: string | null }>(messages: T[]): T[] {
  const byParent = Map.groupBy(messages, ({ parentId }) => parentId);
  const sorted: T[] = [...byParent.get(null) ?? []];
  for (let i = 0; i < sorted.length; i++) sorted.push(...byParent.get(sorted[i]?.id ?? "") ?? []);
  const isWhole = sorted.length === messages.length &&
    new Set(messages.map(({ id }) => id)).size === messages.length;
  if (isWhole) return sorted;
  throw new FreshetError("invalid_request", "Cannot import the chat: its messages do not form a tree", {
    field: "messages",
  });
}
