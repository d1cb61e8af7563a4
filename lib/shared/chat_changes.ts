import type { UpdateChatBody } from "./api.ts";
import type { Chat } from "./chat.ts";

/** A chat after a change that was asked for: as the server makes it, and as a page shows it until then. */
export function changedChat(chat: Chat, changes: UpdateChatBody): Chat {
  const { title, pinned, settings, folderId } = changes;
  const { folderId: oldFolder, tagIds: _, ...rest } = chat;
  const folder = folderId === undefined ? oldFolder : folderId;
  const tagIds = changedTags(chat.tagIds ?? [], changes);
  return {
    ...rest,
    ...(title === undefined ? {} : { title, titleSource: "person" }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(settings === undefined ? {} : { settings }),
    ...(folder ? { folderId: folder } : {}),
    ...(tagIds.length === 0 ? {} : { tagIds }),
  };
}

function changedTags(
  before: readonly string[],
  { tagIds, addTagIds = [], removeTagIds = [] }: UpdateChatBody,
): string[] {
  return [...new Set([...tagIds ?? before, ...addTagIds])].filter((id) => !removeTagIds.includes(id));
}
