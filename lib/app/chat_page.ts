import type { ChatPageData } from "../shared/mod.ts";
import type { State } from "./state.ts";

/** Everything that the chat page is rendered from; without an id, for a chat that does not exist yet. Throws `not_found`. */
export async function chatPageData(state: State, chatId?: string): Promise<ChatPageData> {
  const { services, principal, settings, language } = state;
  const { chats, runs, nodes, tools, config } = services;
  const [chat, list, { models, defaultModel }] = await Promise.all([
    chatId === undefined ? null : chats.get(principal, chatId),
    chats.list(principal),
    nodes.models(principal, settings.defaultModel),
  ]);
  const page = chat ? await chats.page(principal, chat.id) : { messages: [], before: null };
  const last = page.messages.at(-1);
  const running = last?.status === "streaming" && last.runId
    ? await runs.snapshot(principal, last.runId)
    : null;
  return {
    profileId: principal.profileId,
    chat,
    page,
    running,
    chats: list,
    models,
    defaultModel,
    tools: tools.list(),
    settings,
    features: config.features,
    language,
  };
}
