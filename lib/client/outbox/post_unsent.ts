import type { Chat, StartedRun } from "../../shared/mod.ts";
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
    const chat = await api.createChat({ settings, ...place }, chatKey);
    onChatMade(chat);
    openId = chat.id;
  }
  return await api.sendMessage(openId, body, id);
}
