import { type Chat, type CreateChatBody, FreshetError, type StartedRun } from "../../shared/mod.ts";
import type { ChatApi } from "../chat_api.ts";
import type { UnsentMessage } from "./unsent_message.ts";

/**
 * Sends a message, after making its chat where there is none yet. Harmless to repeat with the same message: the server knows
 * both by their keys.
 */
export async function postUnsent(
  { id, chatId, chatKey = id, temporary, folderId, body }: UnsentMessage,
  api: ChatApi,
  onChatMade: (chat: Chat) => void,
): Promise<StartedRun> {
  let openId = chatId;
  if (openId === undefined) {
    const { settings = {} } = body;
    const place = { ...(temporary ? { temporary } : {}), ...(folderId ? { folderId } : {}) };
    const chat = await createChat({ settings, ...place }, api, chatKey);
    onChatMade(chat);
    openId = chat.id;
  }
  return await api.sendMessage(openId, body, id);
}

/** In no folder where its own was deleted meanwhile: what was written is not refused for that. */
async function createChat(body: CreateChatBody, api: ChatApi, key: string): Promise<Chat> {
  try {
    return await api.createChat(body, key);
  } catch (error) {
    if (!(error instanceof FreshetError) || error.field !== "folderId") throw error;
    const { folderId: _, ...rest } = body;
    return await api.createChat(rest, key);
  }
}
