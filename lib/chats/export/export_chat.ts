import {
  type Chat,
  type ChatExport,
  type ChatFolder,
  type ChatTag,
  FreshetError,
  type Message,
} from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { keys, records, type Store } from "../../store/mod.ts";
import type { Attachments } from "../attachments.ts";
import type { ChatStore } from "../chat_store.ts";
import type { Folders } from "../folders.ts";
import { parentsFirst } from "../parents_first.ts";
import type { Tags } from "../tags.ts";

/** What exports need. */
export interface ExportOptions {
  store: Store;
  chats: ChatStore;
  attachments: Attachments;
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
  options: ExportOptions,
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

async function allLabels(principal: Principal, { folders, tags }: ExportOptions): Promise<Labels> {
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
  options: ExportOptions,
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
