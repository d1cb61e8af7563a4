import type { FileFolder, TrashedFile } from "../shared/mod.ts";
import { recordType } from "../store/mod.ts";

/** Kinds of records of the files' feature, with their current schema numbers. */
export const fileRecords = {
  folder: recordType<Omit<FileFolder, "isThere">>("file folder"),
  trashed: recordType<TrashedFile>("trashed file"),
} as const;
