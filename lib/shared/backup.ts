/** How often backups are made by themselves. */
export const BACKUP_RHYTHMS = ["off", "hour", "day", "week"] as const;

/** One of `BACKUP_RHYTHMS`. */
export type BackupRhythm = (typeof BACKUP_RHYTHMS)[number];

/** When backups are made by themselves, where, and how many stay. */
export interface BackupSchedule {
  every: BackupRhythm;
  /** Of the server's time: "03:00"; of an hourly one only the minutes count. */
  time: string;
  /** Of a weekly one; 0 is Sunday. */
  weekday: number;
  /** How many scheduled backups stay; the oldest go first. Those made by hand stay until somebody deletes them. */
  keep: number;
  /** An absolute path; "" for `backups` in the data folder. */
  folder: string;
  /** Whether the files of the added folders and of the trash are in them. */
  withFiles: boolean;
}

/** What is kept of backups at most. */
export const BACKUPS_KEPT_MAX = 1_000;

/** What a backup was made for: by hand, by the schedule, or before the store was changed by an upgrade. */
export type BackupOrigin = "manual" | "schedule" | "upgrade";

/** A kept backup. */
export interface BackupInfo {
  /** The name of its file. */
  id: string;
  /** ms since 1970. */
  createdAt: number;
  /** Bytes. */
  size: number;
  origin: BackupOrigin;
  /** What reading all of it came to, the last time; every backup is read when it is made. */
  check: { at: number; problem?: string } | null;
  /** What files are in it, where it was made with them and that is known here. */
  files?: BackupFiles;
}

/** What may be said of a file that is not in a backup, or was written to while it was read. */
export const BACKUP_FILE_NOTES = [
  "link",
  "special",
  "unreadable",
  "name",
  "gone",
  "freshet",
  "changed",
] as const;

/** One of `BACKUP_FILE_NOTES`. */
export type BackupFileNote = (typeof BACKUP_FILE_NOTES)[number];

/** The files of the added folders and of the trash in a backup. */
export interface BackupFiles {
  files: number;
  bytes: number;
  /** Links, devices and what could not be read: they are not in it. */
  leftOut: number;
  /** Files that were written to while they were read, each time. */
  changed: number;
  /** The first of both, where that was just found. */
  named: { path: string; why: string }[];
}

/** `GET /api/backups/size`. */
export interface BackupFilesSize {
  /** Added folders that are there. */
  folders: number;
  files: number;
  bytes: number;
  /** Whether there is more: counting ended at its limit. */
  isPartial: boolean;
}

/** How the scheduled backups go. */
export interface BackupStatus {
  /** ms since 1970; null while there is none. */
  lastAt: number | null;
  /** Why the latest try failed, and when. */
  problem: { at: number; message: string } | null;
  /** When the next one is due. */
  nextAt: number | null;
  /** Whether none is made, since the schedule came with a restored backup and names a folder of the Freshet it is of. */
  isPaused: boolean;
}

/** What opens the keys of model servers in a backup without a password. */
export type BackupKeySource = "file" | "passphrase";

/** `GET /api/backups`. */
export interface BackupsView {
  backups: BackupInfo[];
  schedule: BackupSchedule;
  status: BackupStatus;
  /** Where backups are kept. */
  folder: string;
  /** Where they are kept unless the schedule names another folder. */
  defaultFolder: string;
  /** Why they cannot be listed. */
  folderProblem?: string;
  /** What is in the way of a restore, as kinds of records; empty where one is possible. */
  work: string[];
  keySource: BackupKeySource;
  /** Whether all of the store is encrypted, and so every backup. */
  encryptAll: boolean;
  /** Whether a backup is being made. */
  isMaking: boolean;
}

/** What a restore came to. */
export interface RestoreView {
  /** Records and blobs, by entity. */
  counts: Record<string, number>;
  /** Keys of model servers that were left out. */
  secretsLeftOut: number;
  /** Where the backup has files of folders. */
  files?: {
    files: number;
    bytes: number;
    /** Where folders are now, and where they were when that is elsewhere. */
    folders: { path: string; before?: string }[];
    /** What this system cannot have under its name. */
    leftOut: number;
    /** The first of them. */
    named: { path: string; why: string }[];
  };
}
