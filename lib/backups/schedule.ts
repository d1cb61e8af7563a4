import type { BackupSchedule } from "../shared/mod.ts";
import { type FilesSource, keys, type Store } from "../store/mod.ts";
import { BackupFolder } from "./backup_folder.ts";
import type { BackupsOptions } from "./options.ts";
import { DEFAULT_SCHEDULE, SCHEDULE, type ScheduleRecord } from "./records.ts";

/** The schedule as it is kept, and what follows from it: the folder of backups, and the files that may be taken along. */
export class Schedule {
  readonly #options: Pick<BackupsOptions, "store" | "clock" | "folder" | "files">;

  constructor(options: Pick<BackupsOptions, "store" | "clock" | "folder" | "files">) {
    this.#options = options;
  }

  async get(): Promise<ScheduleRecord> {
    const stored = await this.#options.store.get(SCHEDULE, keys.backupSchedule());
    return { ...DEFAULT_SCHEDULE, since: 0, ...stored?.value };
  }

  /** Keeps another one, which is not paused any more. Throws `invalid_request` where its folder cannot be written to. */
  async set(schedule: BackupSchedule): Promise<void> {
    const { store, clock } = this.#options;
    await this.#folderOf(schedule).prepare();
    const before = await this.get();
    const isSameTime = before.every === schedule.every && before.time === schedule.time &&
      before.weekday === schedule.weekday && !before.isPaused;
    const record: ScheduleRecord = { ...schedule, since: isSameTime ? before.since : clock.now() };
    await store.kv.set(keys.backupSchedule(), store.encode(SCHEDULE, record));
  }

  /** Where backups are kept: of a schedule that is paused, not in its folder, which is another Freshet's. */
  async folder(): Promise<BackupFolder> {
    return this.#folderOf(await this.get());
  }

  /** The files that a backup in this folder may take along. */
  async files({ path }: BackupFolder): Promise<FilesSource> {
    const { files: { trash, data }, folder } = this.#options;
    const closed = await Promise.all([data, path, folder].map(resolved));
    return { trash, closed };
  }

  #folderOf({ folder, isPaused }: BackupSchedule & { isPaused?: boolean }): BackupFolder {
    return new BackupFolder(folder === "" || isPaused ? this.#options.folder : folder);
  }
}

/**
 * Pauses a restored schedule that names a folder: the Freshet that the backup is of may keep its own there, and each of them
 * would remove those of the other.
 */
export async function pauseForeignSchedule(store: Store): Promise<void> {
  const stored = await store.get(SCHEDULE, keys.backupSchedule());
  if (!stored || stored.value.folder === "") return;
  const paused: ScheduleRecord = { ...stored.value, isPaused: true };
  await store.kv.set(stored.key, store.encode(SCHEDULE, paused));
}

/** As it is where it cannot be reached: the page on which another one is chosen asks too. */
async function resolved(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Error) return path;
    throw error;
  }
}
