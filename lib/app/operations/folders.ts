import { z } from "zod";
import { UPLOAD_MAX_BYTES } from "../../files/mod.ts";
import { operation } from "../http/operation.ts";
import { eventStream, noContent } from "./common.ts";

const FOLDER = "/api/folders/{id}";
const TRASH = "/api/trash";
const MB = 1024 * 1024;

/** Relative to the folder, with forward slashes; the guard of paths says what is one. */
const path = z.string().max(4_096);
const flag = z.enum(["0", "1"]).exactOptional();
const common = { feature: "files", tag: "Folders", scope: "files" } as const;

const folderSchema = z.object({
  path: z.string().min(1).max(4_096),
  name: z.string().max(100).exactOptional(),
  confirmed: z.boolean().exactOptional(),
}).meta({ id: "FileFolderSpec" });
const moveSchema = z.object({ from: path, to: path, toFolderId: z.string().max(200).exactOptional() })
  .meta({ id: "FileMove" });
const pathSchema = z.object({ path }).meta({ id: "FilePath" });

/** The files in the folders that a person has added, and the trash. */
export const foldersOperations = {
  listFolders: operation({
    ...common,
    method: "GET",
    path: "/api/folders",
    summary: "The folders that were added",
  }),
  addFolder: operation({
    ...common,
    method: "POST",
    path: "/api/folders",
    scope: "admin",
    summary: "Add a folder by its absolute path; never by an API key",
    body: folderSchema,
    success: { status: 201 },
  }),
  removeFolder: operation({
    ...common,
    method: "DELETE",
    path: FOLDER,
    scope: "admin",
    summary: "Take a folder out of the list; its content stays. Never by an API key",
    success: noContent,
  }),
  listEntries: operation({
    ...common,
    method: "GET",
    path: `${FOLDER}/entries`,
    summary: "What is in a folder, or in one below it",
    query: z.object({ path: path.default("") }),
  }),
  deleteEntry: operation({
    ...common,
    method: "DELETE",
    path: `${FOLDER}/entries`,
    summary: "Move a file or folder to the trash",
    query: z.object({ path }),
  }),
  moveEntry: operation({
    ...common,
    method: "POST",
    path: `${FOLDER}/move`,
    summary: "Move a file or folder, or give it another name",
    body: moveSchema,
  }),
  makeFolder: operation({
    ...common,
    method: "POST",
    path: `${FOLDER}/folders`,
    summary: "Make a folder below",
    body: pathSchema,
    success: { status: 201 },
  }),
  readContent: operation({
    ...common,
    method: "GET",
    path: `${FOLDER}/content`,
    summary: "A file's bytes, or a range of them; `inline=1` with the type of an image or audio file",
    query: z.object({ path, inline: flag }),
    success: { mediaType: "application/octet-stream" },
  }),
  writeContent: operation({
    ...common,
    method: "PUT",
    path: `${FOLDER}/content`,
    summary:
      "Write a file, its bytes being the body; `replace=1` over one that is there, with `version` only over that content",
    query: z.object({ path, replace: flag, version: z.string().max(200).exactOptional() }),
    maxBytes: UPLOAD_MAX_BYTES,
    upload: ["application/octet-stream"],
  }),
  previewFile: operation({
    ...common,
    method: "GET",
    path: `${FOLDER}/preview`,
    summary: "What can be shown of a file: its text, or its kind; `documents=0` without the text of a PDF",
    query: z.object({ path, documents: flag }),
  }),
  searchFiles: operation({
    ...common,
    method: "GET",
    path: `${FOLDER}/search`,
    summary: "Search names, with `contents=1` contents too: events `hit`, `progress` and one `end`",
    query: z.object({
      q: z.string().trim().min(1).max(200),
      path: path.default(""),
      contents: flag,
    }),
    success: eventStream,
  }),
  attachFile: operation({
    ...common,
    method: "POST",
    path: `${FOLDER}/attach`,
    summary: "Make an attachment for chats of a file; needs the scope `chat` too",
    body: pathSchema,
    maxBytes: MB,
    success: { status: 201 },
  }),
  listTrash: operation({
    ...common,
    method: "GET",
    path: TRASH,
    summary: "What was deleted and can be brought back, last deleted first",
  }),
  emptyTrash: operation({
    ...common,
    method: "DELETE",
    path: TRASH,
    summary: "Delete all of the trash for good",
    success: noContent,
  }),
  restoreTrashed: operation({
    ...common,
    method: "POST",
    path: `${TRASH}/{id}/restore`,
    summary: "Bring something back to where it was, with another name where that is taken",
  }),
  deleteTrashed: operation({
    ...common,
    method: "DELETE",
    path: `${TRASH}/{id}`,
    summary: "Delete something in the trash for good",
    success: noContent,
  }),
} as const;
