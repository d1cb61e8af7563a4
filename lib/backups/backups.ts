import {
  type BackupInfo,
  type BackupSchedule,
  type BackupsView,
  FreshetError,
  type RestoreView,
} from "../shared/mod.ts";
import { type Principal, requireScope } from "../access/mod.ts";
import { type FilesSize, measureFiles, workIn } from "../store/mod.ts";
import { KeptBackups } from "./kept_backups.ts";
import { type MakeOptions, Maker } from "./maker.ts";
import type { BackupsOptions } from "./options.ts";
import { type RestoreChoice, Restores, type RestoreSource } from "./restores.ts";
import { Schedule } from "./schedule.ts";
import { Scheduler } from "./scheduler.ts";

/** Entries that are counted at most before a backup with files. */
const COUNTED_MAX = 500_000;

/** The backups of this instance: made by hand or by the schedule, kept in a folder, and restored into an empty instance. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #schedule: Schedule;
  readonly #kept: KeptBackups;
  readonly #maker: Maker;
  readonly #restores: Restores;
  readonly #scheduler: Scheduler;
  readonly #ending = new AbortController();

  constructor(given: BackupsOptions) {
    const options = { ...given, log: given.log.of("backups") };
    this.#options = options;
    this.#schedule = new Schedule(options);
    this.#kept = new KeptBackups(options, this.#schedule);
    this.#restores = new Restores(options, this.#schedule);
    this.#maker = new Maker({
      ...options,
      schedule: this.#schedule,
      kept: this.#kept,
      refuse: () => this.refuseWhileRestoring(),
    });
    this.#scheduler = new Scheduler({
      ...options,
      schedule: () => this.#schedule.get(),
      make: () => this.#maker.makeScheduled(),
    });
  }

  /** Begins to make scheduled backups. */
  start(): void {
    this.#scheduler.start();
  }

  /** True while a restore writes the store: nobody else may then. */
  get isRestoring(): boolean {
    return this.#restores.isWriting;
  }

  /** Throws `unavailable` while a restore writes: what others wrote meanwhile would be lost, or lie among what is restored. */
  refuseWhileRestoring(): void {
    if (!this.isRestoring) return;
    throw new FreshetError("unavailable", "This Freshet is being restored", { retryAfter: 5 });
  }

  /** Makes a backup if one is due; the schedule does so by itself. */
  look(): Promise<void> {
    return this.#scheduler.look();
  }

  /** All there is to say about backups. */
  async view(principal: Principal): Promise<BackupsView> {
    requireScope(principal, "admin");
    const { store, folder: defaultFolder, passphrase } = this.#options;
    const { since: _, isPaused: _isPaused, ...schedule } = await this.#schedule.get();
    const folder = await this.#schedule.folder();
    const [kept, status, work] = await Promise.all([
      this.#kept.list(folder),
      this.#scheduler.status(),
      workIn(store),
    ]);
    return {
      ...kept,
      schedule,
      status,
      folder: folder.path,
      defaultFolder,
      work,
      keySource: passphrase ? "passphrase" : "file",
      encryptAll: store.encryptAll,
      isMaking: this.#maker.isMaking,
    };
  }

  /** How much the files of a backup would be, counted for at most `ms`. */
  async measureFiles(principal: Principal, ms: number): Promise<FilesSize> {
    requireScope(principal, "admin");
    const source = await this.#schedule.files(await this.#schedule.folder());
    return await measureFiles(this.#options.store, source, { ms, entries: COUNTED_MAX });
  }

  /** Makes a backup now. The same idempotency key gives the same one again. Throws `conflict` while another one is made. */
  async create(
    principal: Principal,
    options: MakeOptions & { idempotencyKey?: string | null } = {},
  ): Promise<BackupInfo> {
    requireScope(principal, "admin");
    return await this.#maker.create(principal, options);
  }

  /** A backup to download. Throws `not_found`. */
  async open(
    principal: Principal,
    id: string,
  ): Promise<{ info: BackupInfo; content: ReadableStream<Uint8Array> }> {
    requireScope(principal, "admin");
    return await this.#kept.open(id);
  }

  /** Deletes a backup. Throws `not_found`. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    await this.#kept.delete(id);
  }

  /** Reads all of a backup and says whether it is whole; one with a password needs that. Throws `not_found`. */
  async check(principal: Principal, id: string, password?: string): Promise<BackupInfo> {
    requireScope(principal, "admin");
    return await this.#kept.check(id, password, this.#ending.signal);
  }

  /** Chooses when backups are made by themselves. Throws `invalid_request` where the folder cannot be written to. */
  async setSchedule(principal: Principal, schedule: BackupSchedule): Promise<BackupSchedule> {
    requireScope(principal, "admin");
    await this.#schedule.set(schedule);
    return schedule;
  }

  /**
   * Restores a backup into this instance, which has to be empty. While it writes, nobody else may. Throws `conflict` where it is
   * not empty, and `invalid_request` where something is wrong with the archive; nothing has changed then.
   */
  async restore(
    principal: Principal,
    source: RestoreSource,
    choice: RestoreChoice = {},
  ): Promise<RestoreView> {
    requireScope(principal, "admin");
    return await this.#restores.restore(source, choice, principal.sessionId);
  }

  /** Ends the schedule and what is under way. */
  async close(): Promise<void> {
    this.#ending.abort(new FreshetError("cancelled", "Freshet is shutting down"));
    await this.#scheduler.close();
    await this.#maker.close();
    await this.#restores.close();
  }

  /** Deletes the folder of backups, of an instance whose data is in memory. */
  async discard(): Promise<void> {
    await Deno.remove(this.#options.folder, { recursive: true }).catch(ignoreAbsence);
  }
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
