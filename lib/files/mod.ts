/** The files in the folders that a person has added: listing, reading, writing, moving, deleting to a trash, searching. */
import { join } from "node:path";
import type { Clock } from "../host/mod.ts";
import type { Store } from "../store/mod.ts";
import { Files } from "./files.ts";
import { Folders } from "./folders.ts";
import type { ReadDocument } from "./preview.ts";
import { Trash } from "./trash.ts";

export { Files, type FilesOptions, UPLOAD_MAX_BYTES } from "./files.ts";
export { mayRestoreTo } from "./folder_risk.ts";
export { Folders, type FoldersOptions } from "./folders.ts";
export type { ReadDocument } from "./preview.ts";
export { Trash, type TrashOptions } from "./trash.ts";

/** What `createFiles` needs. */
export interface FilesSetup {
  store: Store;
  clock: Clock;
  /** Where Freshet keeps its own data, the trash among it; the trash alone where the data is in memory. */
  directory: string;
  home: string | undefined;
  /** Reads the text of PDF files. */
  readDocument: ReadDocument;
}

/** The files' feature over a store. What was deleted lies in `trash` in its directory, which no added folder gives access to. */
export function createFiles({ store, clock, directory, home, readDocument }: FilesSetup): Files {
  const folders = new Folders({ store, clock, dataFolder: directory, home });
  const trash = new Trash({ store, clock, folders, directory: join(directory, "trash") });
  return new Files({ folders, trash, clock, readDocument });
}
