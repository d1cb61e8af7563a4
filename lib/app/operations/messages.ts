import { z } from "zod";
import { sendMessageSchema, updateMessageSchema } from "../../chats/mod.ts";
import { operation } from "../http/operation.ts";
import { accepted, noContent, SESSIONS } from "./common.ts";

/** Messages and the answers to them. */
export const messagesOperations = {
  listMessages: operation({
    method: "GET",
    path: `${SESSIONS}/{id}/messages`,
    tag: "Messages",
    scope: "chat",
    summary: "A page of the active branch, from its end or from above a message",
    query: z.object({
      before: z.string().max(100).exactOptional(),
      limit: z.coerce.number().int().min(1).max(200).exactOptional(),
    }),
  }),
  sendMessage: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/messages`,
    tag: "Messages",
    scope: "chat",
    summary: "Add a message and start its answer; `Idempotency-Key` makes a repeat harmless",
    body: sendMessageSchema,
    success: accepted,
  }),
  getMessage: operation({
    method: "GET",
    path: `${SESSIONS}/{id}/messages/{messageId}`,
    tag: "Messages",
    scope: "chat",
    summary: "One message with its place among its siblings",
  }),
  updateMessage: operation({
    method: "PATCH",
    path: `${SESSIONS}/{id}/messages/{messageId}`,
    tag: "Messages",
    scope: "chat",
    summary: "Rewrite a message's text in its place",
    body: updateMessageSchema,
  }),
  deleteMessage: operation({
    method: "DELETE",
    path: `${SESSIONS}/{id}/messages/{messageId}`,
    tag: "Messages",
    scope: "chat",
    summary: "Delete a message with all below it; it can be restored",
    success: noContent,
  }),
  restoreMessage: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/messages/{messageId}/restore`,
    tag: "Messages",
    scope: "chat",
    summary: "Bring a deleted message back",
  }),
  selectMessage: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/messages/{messageId}/select`,
    tag: "Messages",
    scope: "chat",
    summary: "Make the branch through a message the active one",
  }),
  regenerateMessage: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/messages/{messageId}/regenerate`,
    tag: "Messages",
    scope: "chat",
    summary: "Answer again, as a new branch",
    success: accepted,
  }),
  continueMessage: operation({
    method: "POST",
    path: `${SESSIONS}/{id}/messages/{messageId}/continue`,
    tag: "Messages",
    scope: "chat",
    summary: "Go on with an answer that was stopped or cut",
    success: accepted,
  }),
} as const;
