/** Backups of the whole instance: made, kept, checked, scheduled and restored. */
export { BackupFolder, removeIfThere, UPLOAD_PREFIX } from "./backup_folder.ts";
export { Backups } from "./backups.ts";
export type { MakeOptions } from "./maker.ts";
export type { BackupsOptions, FilesPlaces } from "./options.ts";
export { DEFAULT_SCHEDULE } from "./records.ts";
export type { RestoreChoice, RestoreSource } from "./restores.ts";
export { pauseForeignSchedule, Schedule } from "./schedule.ts";
