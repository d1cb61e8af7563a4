import { z } from "zod";
import { chatImportSchema, createChatSchema, updateChatSchema } from "../../chats/mod.ts";
import { operation } from "../http/operation.ts";
import { eventStream, noContent, SESSIONS } from "./common.ts";

const MB = 1024 * 1024;

/** Chats, their export and search. */
export const chatsOperations = {
  simpleChat: operation({
    method: "POST",
    path: "/api/chat",
    tag: "Chat",
    scope: "chat",
    asksModel: true,
    summary: 'Ask one question; the answer streams as `data: {"token": …}`',
    body: z.object({
      userMessage: z.string().min(1).max(1_000_000),
      model: z.string().max(300).exactOptional(),
    }).meta({ id: "SimpleChat" }),
    success: eventStream,
  }),
  listChats: operation({
    method: "GET",
    path: SESSIONS,
    tag: "Chats",
    scope: "chat",
    summary: "List chats, pinned ones first, then newest first",
    query: z.object({
      cursor: z.string().max(500).exactOptional(),
      limit: z.coerce.number().int().min(1).max(200).exactOptional(),
    }),
  }),
  createChat: operation({
    method: "POST",
    path: SESSIONS,
    tag: "Chats",
    scope: "chat",
    summary: "Make a chat; `Idempotency-Key` makes a repeat harmless",
    body: createChatSchema,
    success: { status: 201 },
  }),
  getChat: operation({
    method: "GET",
    path: `${SESSIONS}/{id}`,
    tag: "Chats",
    scope: "chat",
    summary: "One chat",
  }),
  updateChat: operation({
    method: "PATCH",
    path: `${SESSIONS}/{id}`,
    tag: "Chats",
    scope: "chat",
    summary: "Rename, pin, or change the settings",
    body: updateChatSchema,
  }),
  deleteChat: operation({
    method: "DELETE",
    path: `${SESSIONS}/{id}`,
    tag: "Chats",
    scope: "chat",
    summary: "Delete a chat; it can be restored for a week",
    success: noContent,
  }),
  restoreChat: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/restore`,
    tag: "Chats",
    scope: "chat",
    summary: "Bring a deleted chat back",
  }),
  exportChat: operation({
    method: "GET",
    path: `${SESSIONS}/{id}/export`,
    tag: "Chats",
    scope: "chat",
    summary: "A chat as JSON (every branch), as Markdown or as one HTML file to share (the active branch)",
    query: z.object({ format: z.enum(["json", "markdown", "html"]).default("json") }),
  }),
  importChat: operation({
    method: "POST",
    path: "/api/chat/import",
    tag: "Chats",
    scope: "chat",
    summary: "Make a chat out of an exported one",
    body: chatImportSchema,
    maxBytes: 64 * MB,
    success: { status: 201 },
  }),
  importChats: operation({
    method: "POST",
    path: "/api/chat/imports",
    tag: "Chats",
    scope: "chat",
    summary:
      "Import the chats of an export of ChatGPT, Open WebUI or Freshet, each only once: JSON or ZIP as the body, or as a form's `file`",
    maxBytes: 128 * MB,
  }),
  exportChats: operation({
    method: "GET",
    path: "/api/chat/export",
    tag: "Chats",
    scope: "chat",
    summary: "All chats as one JSON list, which an import reads again",
  }),
  searchChats: operation({
    method: "GET",
    path: "/api/chat/search",
    tag: "Chats",
    scope: "chat",
    summary: "Search titles and texts",
    query: z.object({ q: z.string().max(500) }),
  }),
} as const;
