import { z } from "zod";

const id = z.string().regex(/^[0-9a-z]{26}$/, "is not an id of Freshet");

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
}).meta({ id: "CreateChat" });

/** `PATCH /api/chat/sessions/:id`. */
export const updateChatSchema = z.object({
  title: z.string().trim().min(1).max(300).exactOptional(),
  pinned: z.boolean().exactOptional(),
  settings: chatSettingsSchema.exactOptional(),
}).meta({ id: "UpdateChat" });

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
