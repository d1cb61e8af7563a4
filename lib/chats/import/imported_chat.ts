import { z } from "zod";
import type { Chat } from "../../shared/mod.ts";
import { chatSettingsSchema } from "../schemas.ts";

const MESSAGES_MAX = 100_000;
/** Of one message: more nodes never go on with an answer. */
const CONTINUATIONS_MAX = 100;
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
