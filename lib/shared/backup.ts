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
}

/** How the scheduled backups go. */
export interface BackupStatus {
  /** ms since 1970; null while there is none. */
  lastAt: number | null;
  /** Why the latest try failed, and when. */
  problem: { at: number; message: string } | null;
  /** When the next one is due. */
  nextAt: number | null;
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
}
