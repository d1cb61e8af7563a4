/** Chats, their message trees and files, and the runs that answer. */
export { ATTACHMENT_MAX_BYTES, Attachments } from "./attachments.ts";
export { Chats, type ChatsOptions } from "./chats.ts";
export { Conversation } from "./conversation.ts";
export {
  chatSettingsSchema,
  createChatSchema,
  sendMessageSchema,
  updateChatSchema,
  updateMessageSchema,
} from "./schemas.ts";
export { chatImportSchema } from "./transfer.ts";
