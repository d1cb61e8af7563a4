import { z } from "zod";
import { FOLDER_COLORS } from "../shared/mod.ts";
import { TAGS_OF_CHAT_MAX } from "./tags.ts";

const id = z.string().regex(/^[0-9a-z]{26}$/, "is not an id of Freshet");

/** What would break a line or turn the direction of a text around it. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const fit = (max: number) =>
  z.string().trim().min(1).max(max).refine((text) => !UNFIT.test(text), {
    message: "has characters that are no text",
  });
const FOLDER_NAME_MAX = 60;
const TAG_NAME_MAX = 40;

/** The name of a folder or tag out of something else; undefined where nothing is left of it. */
export function fitName(text: string, of: "folder" | "tag"): string | undefined {
  const max = of === "folder" ? FOLDER_NAME_MAX : TAG_NAME_MAX;
  const fitting = text.toWellFormed().replaceAll(new RegExp(UNFIT, "gu"), " ").replaceAll(/\s+/g, " ").trim();
  return fitting.slice(0, max).toWellFormed().trim() || undefined;
}

const tagIds = z.array(id).max(TAGS_OF_CHAT_MAX).refine((ids) => new Set(ids).size === ids.length, {
  message: "names a tag twice",
});

/** How the answers of a chat are made. */
export const chatSettingsSchema = z.object({
  model: z.string().max(300).exactOptional(),
  nodeId: z.string().max(100).exactOptional(),
  localOnly: z.boolean().exactOptional(),
  systemPrompt: z.string().max(32_000).exactOptional(),
  tools: z.array(z.string().max(100)).max(50).exactOptional(),
  temperature: z.number().min(0).max(2).exactOptional(),
  topP: z.number().min(0).max(1).exactOptional(),
  maxTokens: z.int().min(0).max(1_000_000).exactOptional(),
  stop: z.array(z.string().min(1).max(200)).max(8).exactOptional(),
  seed: z.int().exactOptional(),
  presencePenalty: z.number().min(-2).max(2).exactOptional(),
  frequencyPenalty: z.number().min(-2).max(2).exactOptional(),
  reasoning: z.enum(["off", "low", "medium", "high"]).exactOptional(),
  contextLength: z.int().min(256).max(10_000_000).exactOptional(),
  keepAlive: z.union([z.string().max(20), z.number()]).exactOptional(),
}).meta({ id: "ChatSettings" });

/** `POST /api/chat/sessions`. */
export const createChatSchema = z.object({
  title: z.string().trim().max(300).exactOptional(),
  temporary: z.boolean().exactOptional(),
  settings: chatSettingsSchema.exactOptional(),
  folderId: id.exactOptional(),
  tagIds: tagIds.exactOptional(),
}).meta({ id: "CreateChat" });

/** `PATCH /api/chat/sessions/:id`. */
export const updateChatSchema = z.object({
  title: z.string().trim().min(1).max(300).exactOptional(),
  pinned: z.boolean().exactOptional(),
  settings: chatSettingsSchema.exactOptional(),
  folderId: id.nullable().exactOptional(),
  fromFolderId: id.nullable().exactOptional(),
  tagIds: tagIds.exactOptional(),
  addTagIds: tagIds.exactOptional(),
  removeTagIds: tagIds.exactOptional(),
}).meta({ id: "UpdateChat" });

/** Which chats: of a folder ("none" for those in none), of a tag, or of both. */
export const chatFilterSchema = z.object({
  folder: z.union([z.literal("none"), id]).exactOptional(),
  tag: id.exactOptional(),
});

/** `POST /api/chat/folders`. */
export const createFolderSchema = z.object({
  name: fit(FOLDER_NAME_MAX),
  color: z.enum(FOLDER_COLORS).exactOptional(),
  parentId: id.exactOptional(),
}).meta({ id: "CreateChatFolder" });

/** `PATCH /api/chat/folders/:id`. */
export const updateFolderSchema = z.object({
  name: fit(FOLDER_NAME_MAX).exactOptional(),
  color: z.enum(FOLDER_COLORS).exactOptional(),
  collapsed: z.boolean().exactOptional(),
  parentId: id.nullable().exactOptional(),
  before: id.nullable().exactOptional(),
}).meta({ id: "UpdateChatFolder" });

/** `POST /api/chat/tags` and `PATCH /api/chat/tags/:id`. */
export const tagSchema = z.object({ name: fit(TAG_NAME_MAX) }).meta({ id: "ChatTagName" });

/** `POST /api/chat/sessions/:id/messages`. */
export const sendMessageSchema = z.object({
  text: z.string().max(2_000_000),
  parentId: id.nullable().exactOptional(),
  attachmentIds: z.array(id).max(20).exactOptional(),
  settings: chatSettingsSchema.exactOptional(),
}).refine(({ text, attachmentIds }) => text.trim() !== "" || (attachmentIds?.length ?? 0) > 0, {
  message: "needs a text or a file",
  path: ["text"],
}).meta({ id: "SendMessage" });

/** `PATCH /api/chat/sessions/:id/messages/:messageId`. */
export const updateMessageSchema = z.object({
  text: z.string().max(2_000_000),
}).meta({ id: "UpdateMessage" });
