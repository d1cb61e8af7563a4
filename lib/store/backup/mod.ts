/** Backups: everything in the store as one archive, and back. */
export { Archive, type OpenOptions } from "./archive.ts";
export { digestStore } from "./digest.ts";
export type { EntityDigest } from "./digest_value.ts";
export { ENTITIES, type EntityRule, KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
export type { ArchiveHeader, Manifest } from "./format.ts";
export { restore, type RestoreInput, type ResumedRestore, resumeRestore } from "./restore.ts";
export { refuseUnlessEmpty, type RestoreReport, workIn } from "./restore_archive.ts";
export { type DatabaseCopyOptions, isSnapshot, openCopy, type Snapshot } from "./snapshot.ts";
export { type BackupOptions, type MadeBackup, takeBackup } from "./take_backup.ts";
export { type FilesSize, measureFiles } from "./files/measure.ts";
export type { FilesReport } from "./files/restore_trees.ts";
export type { FilesTarget } from "./files/tree_plan.ts";
export type { FilesSource } from "./files/trees.ts";
