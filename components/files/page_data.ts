import type { ErrorBody, FileEntry, FileFolder, FilePreview, TrashedFile } from "../../lib/shared/mod.ts";

/** What the page of files is rendered from. */
export interface FilesPageData {
  folders: FileFolder[];
  /** The folder that is shown, with as much of it as fits into a page; null where there is none, or the trash is shown. */
  shown: { folderId: string; path: string; entries: FileEntry[]; total: number; from: number } | null;
  preview: FilePreview | null;
  /** Null where it is not shown. */
  trash: TrashedFile[] | null;
  /** The path of a folder as it was posted, and what is wrong with it. */
  add: { path: string; problem: ErrorBody | null };
  /** Why there is nothing to show. */
  problem: ErrorBody | null;
  /** Whether folders may be added and removed. */
  canManage: boolean;
  canChat: boolean;
}

/** Entries in one page without a script, and in the first rendering with one. */
export const PAGE_SIZE = 200;
