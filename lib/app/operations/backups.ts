import { z } from "zod";
import { BACKUP_RHYTHMS, BACKUPS_KEPT_MAX } from "../../shared/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { noContent } from "./common.ts";

const common = { tag: "Backups", scope: "admin" } as const;

/** Of a form without a script, whose file comes in one piece. */
const FORM_MAX_BYTES = 128 * 1024 * 1024;

const passwordSchema = z.strictObject({ password: z.string().min(1).max(1_000).exactOptional() }).meta({
  id: "BackupPassword",
  description: "With a password all of the archive is encrypted with it, and opens in any Freshet",
});

const createSchema = passwordSchema.extend({ withFiles: z.boolean().exactOptional() }).meta({
  id: "BackupOptions",
  description: "`withFiles` takes the files of the added folders and of the trash along",
});

/** When backups are made by themselves. */
export const backupScheduleSchema = z.strictObject({
  every: z.enum(BACKUP_RHYTHMS),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "The time has to be like 03:00"),
  weekday: z.int().min(0).max(6),
  keep: z.int().min(1).max(BACKUPS_KEPT_MAX),
  folder: z.string().trim().max(1_000),
  withFiles: z.boolean().default(false),
}).meta({ id: "BackupSchedule", description: "An empty folder is `backups` in the data folder" });

/** Backups of the whole instance. */
export const backupsOperations = {
  listBackups: operation({
    ...common,
    method: "GET",
    path: "/api/backups",
    summary: "Kept backups, their schedule, and whether a restore is possible",
  }),
  createBackup: operation({
    ...common,
    method: "POST",
    path: "/api/backups",
    summary: "Make a backup of everything now; takes an Idempotency-Key",
    body: createSchema,
    success: { status: 201 },
  }),
  backupFilesSize: operation({
    ...common,
    method: "GET",
    path: "/api/backups/size",
    summary: "How much the files of the added folders and of the trash are, counted for at most five seconds",
  }),
  downloadBackup: operation({
    ...common,
    method: "GET",
    path: "/api/backups/{id}",
    summary: "The archive",
    success: { mediaType: "application/zip", description: "A file" },
  }),
  deleteBackup: operation({
    ...common,
    method: "DELETE",
    path: "/api/backups/{id}",
    summary: "Delete a backup",
    success: noContent,
  }),
  checkBackup: operation({
    ...common,
    method: "POST",
    path: "/api/backups/{id}/check",
    summary: "Read all of a backup and compare it with its list of contents",
    body: passwordSchema,
  }),
  backupSchedule: operation({
    ...common,
    method: "GET",
    path: "/api/backups/schedule",
    summary: "When backups are made by themselves",
  }),
  setBackupSchedule: operation({
    ...common,
    method: "PUT",
    path: "/api/backups/schedule",
    summary: "Choose when backups are made by themselves, where, and how many stay",
    body: backupScheduleSchema,
  }),
  restoreBackup: operation({
    ...common,
    method: "POST",
    path: "/api/restore",
    summary:
      "Restore an archive, the request's body, or a kept backup into this instance, which has to be empty; its password comes percent-encoded in the header X-Backup-Password",
    query: queryOf({
      backup: z.string().max(100).exactOptional(),
      withoutSecrets: z.enum(["0", "1"]).default("0"),
    }),
    maxBytes: FORM_MAX_BYTES,
    upload: ["application/octet-stream", "multipart/form-data"],
  }),
} as const;
