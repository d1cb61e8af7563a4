import type { Clock, Log } from "../host/mod.ts";
import type { FilesTarget, Store } from "../store/mod.ts";

/** What the backups of an instance need. */
export interface BackupsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where backups are kept unless the schedule names another folder. */
  folder: string;
  /** Where the files of folders and of the trash are, and come back to. */
  files: FilesPlaces;
  /** The passphrase of the store, where it has one. */
  passphrase?: string | undefined;
  /** The version of Freshet. */
  version: string;
  /** Tells pages that scheduled backups fail, or work again. */
  onTurn: (state: "raised" | "cleared") => void;
  /** Lets services forget what they knew of the store before; `sessionId` is of who has restored. */
  onRestored: (sessionId: string | undefined) => Promise<void>;
}

/** Where the files of folders and of the trash are, and come back to. */
export interface FilesPlaces extends FilesTarget {
  /** Freshet's own data folder, which is in no backup as files. */
  data: string;
}
