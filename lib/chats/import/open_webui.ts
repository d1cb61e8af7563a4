import { z } from "zod";
import {
  LeftOut,
  leftOutNote,
  looseNumber,
  looseText,
  type SourceChat,
  timeOf,
  titleOf,
  type UnusableChat,
} from "./source_chat.ts";
import { type SourceMessage, type SourceNode, sourceTree } from "./source_tree.ts";

/** Tags, as far as they are texts. */
const looseTexts = z.array(z.unknown()).transform((tags) => tags.filter((tag) => typeof tag === "string"))
  .nullish()
  .catch(null);

const historySchema = z.object({
  currentId: looseText,
  messages: z.record(z.string(), z.unknown()),
});

/** What Open WebUI keeps of a chat, as far as it is used. */
const contentSchema = z.object({
  id: looseText,
  title: looseText,
  system: looseText,
  params: z.object({ system: looseText }).nullish().catch(null),
  timestamp: looseNumber,
  tags: looseTexts,
  history: historySchema.nullish().catch(null),
  /** The active branch, and all there is in old exports. */
  messages: z.array(z.unknown()).nullish().catch(null),
}).refine(({ history, messages }) => history || messages);

const rowSchema = z.object({
  id: looseText,
  title: looseText,
  chat: contentSchema,
  created_at: looseNumber,
  updated_at: looseNumber,
  pinned: z.boolean().nullish().catch(null),
  folder_id: looseText,
  meta: z.object({ tags: looseTexts }).nullish().catch(null),
});

const messageSchema = z.object({
  parentId: looseText,
  role: z.string(),
  content: z.unknown(),
  model: looseText,
  timestamp: looseNumber,
  files: z.array(z.unknown()).nullish().catch(null),
});

const fileSchema = z.object({ type: looseText, name: looseText, content_type: looseText });
const partSchema = z.object({ type: z.string(), text: looseText });

/** What Open WebUI writes into answers around thoughts and calls of tools. */
const DETAILS = /<details type="(reasoning|tool_calls|code_interpreter)"[^>]*>([\s\S]*?)<\/details>\s*/g;
const SYSTEM_PROMPT_MAX_CHARS = 32_000;
const MODEL_MAX_CHARS = 300;

/** Whether something looks like a chat of Open WebUI. */
export function isOpenWebui(value: unknown): boolean {
  return rowOf(value) !== undefined;
}

/** A chat out of one of Open WebUI's export. */
export function openWebuiChat(value: unknown, now: number): SourceChat | UnusableChat {
  const row = rowOf(value);
  const title = titleOf(row?.title ?? row?.chat.title);
  if (!row) return { title, problem: "unknownFormat" };
  const leftOut = new LeftOut();
  const { chat } = row;
  const startedAt = timeOf(row.created_at) ?? timeOf(chat.timestamp) ?? now;
  const nodes = chat.history
    ? treeNodes(chat.history.messages, leftOut)
    : lineNodes(chat.messages ?? [], leftOut);
  const { messages, activeLeafId, detached } = sourceTree(nodes, chat.history?.currentId ?? null, startedAt);
  leftOut.add("detached", detached);
  if (messages.length === 0) return { title, problem: "empty" };
  const systemPrompt = (chat.params?.system ?? chat.system ?? "").slice(0, SYSTEM_PROMPT_MAX_CHARS);
  const sourceId = row.id ?? chat.id ?? `${startedAt}/${messages[0]?.id ?? ""}`;
  return {
    sourceId: `open-webui/${sourceId}`,
    chat: {
      chat: {
        title,
        settings: systemPrompt === "" ? {} : { systemPrompt },
        createdAt: startedAt,
        updatedAt: timeOf(row.updated_at) ?? startedAt,
        activeLeafId,
        ...(row.pinned ? { pinned: true } : {}),
        ...(row.folder_id ? { folder: [folderName(row.folder_id)] } : {}),
        tags: row.meta?.tags ?? chat.tags ?? [],
      },
      messages,
    },
    leftOut: leftOut.counts,
  };
}

/** Exports name folders by their ids only; chats of the same one stay together. */
function folderName(id: string): string {
  return `Open WebUI ${id.slice(0, 8)}`;
}

/** Either a row of the list, or the chat within it alone. */
function rowOf(value: unknown): z.infer<typeof rowSchema> | undefined {
  const row = rowSchema.safeParse(value);
  if (row.success) return row.data;
  const chat = contentSchema.safeParse(value);
  if (!chat.success) return undefined;
  const { id = null, title = null, timestamp: created_at = null } = chat.data;
  return { id, title, created_at, chat: chat.data };
}

function treeNodes(messages: Record<string, unknown>, leftOut: LeftOut): SourceNode[] {
  return Object.entries(messages).flatMap(([id, value]) => nodeOf(id, value, leftOut));
}

function lineNodes(messages: unknown[], leftOut: LeftOut): SourceNode[] {
  const nodes = messages.flatMap((value, i) => nodeOf(`line-${i}`, value, leftOut));
  return nodes.map((node, i) => ({ ...node, parentId: nodes[i - 1]?.id ?? null }));
}

function nodeOf(id: string, value: unknown, leftOut: LeftOut): SourceNode[] {
  const { data } = messageSchema.safeParse(value);
  if (!data) {
    leftOut.add("unreadable");
    return [];
  }
  return [{ id, parentId: data.parentId ?? null, message: messageOf(data, leftOut) }];
}

function messageOf(data: z.infer<typeof messageSchema>, leftOut: LeftOut): SourceMessage | null {
  const { role, model } = data;
  if (role !== "user" && role !== "assistant") return null;
  const createdAt = timeOf(data.timestamp);
  const notes = (data.files ?? []).map((file) => fileNote(file, leftOut));
  const raw = contentOf(data.content, leftOut);
  const { text, reasoning } = role === "assistant"
    ? withoutDetails(raw, leftOut)
    : { text: raw, reasoning: "" };
  return {
    role,
    text: [text.trim(), ...notes].filter(Boolean).join("\n\n"),
    ...(reasoning === "" ? {} : { reasoning }),
    ...(role === "assistant" && model ? { model: model.slice(0, MODEL_MAX_CHARS) } : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function contentOf(content: unknown, leftOut: LeftOut): string {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  const parts = Array.isArray(content) ? content : [content];
  return parts.flatMap((part) => {
    const { data } = partSchema.safeParse(part);
    if (data?.text) return [data.text];
    if (data?.type !== "image_url") {
      leftOut.add("unreadable");
      return [];
    }
    leftOut.add("images");
    return [leftOutNote("Image")];
  }).join("\n\n");
}

function fileNote(file: unknown, leftOut: LeftOut): string {
  const { data } = fileSchema.safeParse(file);
  const isImage = data?.type === "image" || data?.content_type?.startsWith("image/") === true;
  leftOut.add(isImage ? "images" : "files");
  return leftOutNote(isImage ? "Image" : "File", data?.name);
}

function withoutDetails(content: string, leftOut: LeftOut): { text: string; reasoning: string } {
  const thoughts: string[] = [];
  const text = content.replaceAll(DETAILS, (_, type: string, inside: string) => {
    if (type === "reasoning") {
      const thought = unescapeHtml(inside.replace(/<summary>[\s\S]*?<\/summary>/, ""));
      thoughts.push(thought.replaceAll(/^> ?/gm, "").trim());
    } else leftOut.add("toolSteps");
    return "";
  });
  return { text, reasoning: thoughts.join("\n\n") };
}

function unescapeHtml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll(
    "&#x27;",
    "'",
  )
    .replaceAll("&amp;", "&");
}
