import type { ChatPageData } from "../shared/mod.ts";
import type { State } from "./state.ts";

/** Folders whose chats come with the page, and how many of each; the browser asks for more. */
const OPEN_FOLDERS_MAX = 10;
const FOLDER_PAGE = 20;

/** Everything that the chat page is rendered from; without an id, for a chat that does not exist yet. Throws `not_found`. */
export async function chatPageData(state: State, chatId?: string): Promise<ChatPageData> {
  const { services, principal, settings, language } = state;
  const { chats, runs, nodes, tools, config } = services;
  const [chat, list, folders, tags, { models, defaultModel }] = await Promise.all([
    chatId === undefined ? null : chats.get(principal, chatId),
    chats.list(principal, undefined, undefined, { folder: "none" }),
    chats.folders.list(principal),
    chats.tags.list(principal),
    nodes.models(principal, settings.defaultModel),
  ]);
  const page = chat ? await chats.messages.page(principal, chat.id) : { messages: [], before: null };
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
    folders,
    folderChats: Object.fromEntries(
      await Promise.all(
        folders.filter(({ collapsed }) => !collapsed).slice(0, OPEN_FOLDERS_MAX).map(async ({ id }) =>
          [id, await chats.list(principal, undefined, FOLDER_PAGE, { folder: id })] as const
        ),
      ),
    ),
    tags,
    models,
    defaultModel,
    tools: tools.list(),
    settings,
    features: config.features,
    canConnect: principal.scopes.has("admin"),
    language,
  };
}
