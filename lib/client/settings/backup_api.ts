import type {
  BackupFilesSize,
  BackupInfo,
  BackupSchedule,
  BackupsView,
  RestoreView,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";
import { sendFile, type SendOptions } from "./send_file.ts";

/** How an archive is restored. */
export interface RestoreChoice {
  password: string;
  withoutSecrets: boolean;
}

/** What a backup is made with. */
export interface MakeChoice {
  password: string;
  withFiles: boolean;
}

/** The server's endpoints that the page of backups uses. */
export class BackupApi {
  readonly #client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.#client = client;
  }

  view(): Promise<BackupsView> {
    return this.#client.get("/api/backups");
  }

  size(): Promise<BackupFilesSize> {
    return this.#client.get("/api/backups/size");
  }

  create({ password, withFiles }: MakeChoice, key: string): Promise<BackupInfo> {
    return this.#client.post("/api/backups", { withFiles, ...(password === "" ? {} : { password }) }, {
      headers: { "idempotency-key": key },
    });
  }

  delete(id: string): Promise<void> {
    return this.#client.delete(backupPath(id));
  }

  check(id: string): Promise<BackupInfo> {
    return this.#client.post(`${backupPath(id)}/check`, {});
  }

  setSchedule(schedule: BackupSchedule): Promise<BackupSchedule> {
    return this.#client.put("/api/backups/schedule", schedule);
  }

  restoreFile(file: File, choice: RestoreChoice, options: SendOptions): Promise<RestoreView> {
    return sendFile(`/api/restore?${queryOf(choice)}`, file, { ...options, headers: headersOf(choice) });
  }

  restoreKept(id: string, choice: RestoreChoice): Promise<RestoreView> {
    const path = `/api/restore?${queryOf(choice)}&backup=${encodeURIComponent(id)}`;
    return this.#client.post(path, undefined, { headers: headersOf(choice) });
  }
}

/** Where a backup is downloaded. */
export function backupPath(id: string): string {
  return `/api/backups/${encodeURIComponent(id)}`;
}

function queryOf({ withoutSecrets }: RestoreChoice): string {
  return `withoutSecrets=${withoutSecrets ? 1 : 0}`;
}

function headersOf({ password }: RestoreChoice): Record<string, string> {
  return password === "" ? {} : { "x-backup-password": encodeURIComponent(password) };
}
