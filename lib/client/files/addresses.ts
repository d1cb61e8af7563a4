/** Where something of the files is: the addresses of the page, and those of bytes. */

/** What a page of files shows. */
export interface FilesPlace {
  folderId: string;
  /** Relative to the folder; "" is the folder itself. */
  path?: string;
  /** The name of a file in it whose preview is open. */
  show?: string;
  /** Whether a PDF is shown as its text. */
  asText?: boolean;
}

/** The page of a folder. */
export function filesHref({ folderId, path = "", show, asText = false }: FilesPlace): string {
  const query = new URLSearchParams({ folder: folderId });
  if (path !== "") query.set("path", path);
  if (show !== undefined) query.set("show", show);
  if (asText) query.set("text", "1");
  return `/files?${query}`;
}

/** The page of the trash. */
export const TRASH_HREF = "/files?trash=1";

/** A file's bytes: to be saved, or to be shown where its type allows that. */
export function contentHref(folderId: string, path: string, inline = false): string {
  const query = new URLSearchParams({ path, ...(inline ? { inline: "1" } : {}) });
  return `/api/folders/${encodeURIComponent(folderId)}/content?${query}`;
}
