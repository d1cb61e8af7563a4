import type { BackupFiles, BackupSchedule } from "../shared/mod.ts";
import { recordType } from "../store/mod.ts";

/** The schedule, with the time from which on it counts. */
export interface ScheduleRecord extends BackupSchedule {
  /** ms since 1970. */
  since: number;
  /** It was restored with a folder that is another Freshet's: nothing is made until somebody saves it. */
  isPaused?: boolean;
}

/** How the scheduled backups went. */
export interface StateRecord {
  /** ms since 1970. */
  lastAt: number | null;
  problem: { at: number; message: string } | null;
}

/** What a check came to. */
export interface CheckRecord {
  /** ms since 1970. */
  at: number;
  problem?: string;
  /** What files are in it, without names. */
  files?: BackupFiles;
}

/** The schedule is a record, since it is in backups. */
export const SCHEDULE = recordType<ScheduleRecord>("schedule of backups");

/** Until somebody chooses otherwise. */
export const DEFAULT_SCHEDULE: BackupSchedule = {
  every: "off",
  time: "03:00",
  weekday: 1,
  keep: 7,
  folder: "",
  withFiles: false,
};
