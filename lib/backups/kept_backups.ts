import { type BackupFiles, type BackupInfo, type BackupsView, FreshetError } from "../shared/mod.ts";
import { Archive, keys, LAYOUT, type Manifest } from "../store/mod.ts";
import type { BackupFolder } from "./backup_folder.ts";
import type { BackupsOptions } from "./options.ts";
import type { CheckRecord } from "./records.ts";
import type { Schedule } from "./schedule.ts";

/** The backups in the folder. */
export class KeptBackups {
  readonly #options: Pick<BackupsOptions, "store" | "clock" | "passphrase">;
  readonly #schedule: Schedule;

  constructor(options: Pick<BackupsOptions, "store" | "clock" | "passphrase">, schedule: Schedule) {
    this.#options = options;
    this.#schedule = schedule;
  }

  /** What is there, newest first, or why it cannot be listed. */
  async list(folder: BackupFolder): Promise<Pick<BackupsView, "backups" | "folderProblem">> {
    try {
      const found = await folder.list();
      const backups = await Promise.all(
        found.map(async (info) => ({ ...info, ...await this.#known(info.id) })),
      );
      return { backups };
    } catch (error) {
      // A disk that is not there must not take the page away on which another folder is chosen.
      return { backups: [], folderProblem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A backup to download. Throws `not_found`. */
  async open(id: string): Promise<{ info: BackupInfo; content: ReadableStream<Uint8Array> }> {
    const { path, info } = await (await this.#schedule.folder()).find(id);
    const file = await Deno.open(path);
    return { info: { ...info, ...await this.#known(id) }, content: file.readable };
  }

  /** Deletes a backup. Throws `not_found`. */
  async delete(id: string): Promise<void> {
    const { path } = await (await this.#schedule.folder()).find(id);
    await Deno.remove(path);
    await this.#options.store.kv.delete(keys.backupCheck(id));
  }

  /** Reads all of a backup. Throws `not_found`, and `invalid_request` where its password is missing or wrong. */
  async check(id: string, password: string | undefined, signal: AbortSignal): Promise<BackupInfo> {
    const { store, clock, passphrase } = this.#options;
    const { path, info } = await (await this.#schedule.folder()).find(id);
    const check: CheckRecord = { at: clock.now() };
    let files: BackupFiles | undefined;
    try {
      const options = { cipher: store.cipher, password, passphrase, layout: LAYOUT };
      using archive = await Archive.open(path, options);
      files = filesOf(archive.manifest);
      await archive.verify(signal);
    } catch (error) {
      if (!(error instanceof FreshetError) || error.field === "password") throw error;
      check.problem = error.message;
    }
    await this.remember(id, check, files);
    return { ...info, check, ...(files ? { files } : {}) };
  }

  /** Keeps what reading a backup came to; the names of files are in the archive alone. */
  async remember(id: string, check: CheckRecord, files: BackupFiles | undefined): Promise<void> {
    const record: CheckRecord = files ? { ...check, files: { ...files, named: [] } } : check;
    await this.#options.store.kv.set(keys.backupCheck(id), record);
  }

  async #known(id: string): Promise<Pick<BackupInfo, "check" | "files">> {
    const { value } = await this.#options.store.kv.get<CheckRecord>(keys.backupCheck(id));
    if (!value) return { check: null };
    const { files, ...check } = value;
    return { check, ...(files ? { files } : {}) };
  }
}

/** What files are in an archive; undefined where it was made without. */
export function filesOf({ trees }: Manifest): BackupFiles | undefined {
  if (!trees) return undefined;
  const files: BackupFiles = { files: 0, bytes: 0, leftOut: 0, changed: 0, named: [] };
  for (const tree of trees) {
    files.files += tree.files;
    files.bytes += tree.bytes;
    files.leftOut += tree.leftOut;
    files.changed += tree.changed;
    files.named.push(...tree.named);
  }
  return files;
}
