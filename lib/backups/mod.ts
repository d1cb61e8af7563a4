/** Backups of the whole instance: made, kept, checked, scheduled and restored. */
export { BackupFolder, removeIfThere, UPLOAD_PREFIX } from "./backup_folder.ts";
export { Backups, type BackupsOptions, type RestoreSource } from "./backups.ts";
export { DEFAULT_SCHEDULE } from "./records.ts";
