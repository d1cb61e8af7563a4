/** Chats, their message trees and files, and the runs that answer. */
export { ATTACHMENT_MAX_BYTES, Attachments } from "./attachments.ts";
export { Chats, type ChatsOptions } from "./chats.ts";
export { Conversation } from "./conversation.ts";
export { Folders, FOLDERS_MAX } from "./folders.ts";
export { Tags, TAGS_MAX, TAGS_OF_CHAT_MAX } from "./tags.ts";
export {
  chatFilterSchema,
  chatSettingsSchema,
  createChatSchema,
  createFolderSchema,
  sendMessageSchema,
  tagSchema,
  updateChatSchema,
  updateFolderSchema,
  updateMessageSchema,
} from "./schemas.ts";
export { chatImportSchema } from "./import/imported_chat.ts";
