/** Backups: everything in the store as one archive, and back. */
export { Archive, type OpenOptions } from "./archive.ts";
export { digestStore, type EntityDigest } from "./digest.ts";
export { ENTITIES, type EntityRule, KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
export type { ArchiveHeader, Manifest } from "./format.ts";
export { restore, type RestoreInput, type ResumedRestore, resumeRestore } from "./restore.ts";
export { refuseUnlessEmpty, type RestoreReport, workIn } from "./restore_archive.ts";
export { type DatabaseCopyOptions, isSnapshot, openCopy, type Snapshot } from "./snapshot.ts";
export { type BackupOptions, type MadeBackup, takeBackup } from "./take_backup.ts";
