import { ATTACHMENT_MAX_BYTES } from "../../chats/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const MB = 1024 * 1024;

/** Files given to chats as context. */
export const filesOperations = {
  createAttachment: operation({
    method: "POST",
    feature: "attachments",
    path: "/api/attachments",
    tag: "Files",
    scope: "chat",
    summary: "Upload a file for context, as multipart/form-data with the field `file`",
    maxBytes: ATTACHMENT_MAX_BYTES + MB,
    upload: ["multipart/form-data"],
    success: { status: 201 },
  }),
  getAttachment: operation({
    method: "GET",
    feature: "attachments",
    path: "/api/attachments/{id}",
    tag: "Files",
    scope: "chat",
    summary: "A file's bytes",
    success: { mediaType: "application/octet-stream" },
  }),
  deleteAttachment: operation({
    method: "DELETE",
    feature: "attachments",
    path: "/api/attachments/{id}",
    tag: "Files",
    scope: "chat",
    summary: "Delete a file",
    success: noContent,
  }),
} as const;
