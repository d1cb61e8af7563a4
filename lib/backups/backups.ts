import { basename, join } from "node:path";
import {
  type BackupInfo,
  type BackupKeySource,
  type BackupOrigin,
  type BackupSchedule,
  type BackupsView,
  FreshetError,
  newId,
  type RestoreView,
} from "../shared/mod.ts";
import { type Principal, requireScope } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import {
  Archive,
  IdempotentRequest,
  keys,
  LAYOUT,
  restore,
  type Store,
  takeBackup,
  workIn,
} from "../store/mod.ts";
import { BackupFolder, removeIfThere, UPLOAD_PREFIX } from "./backup_folder.ts";
import { type CheckRecord, DEFAULT_SCHEDULE, SCHEDULE, type ScheduleRecord } from "./records.ts";
import { Scheduler } from "./scheduler.ts";

/** What the backups of an instance need. */
export interface BackupsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where backups are kept unless the schedule names another folder. */
  folder: string;
  /** The passphrase of the store, where it has one. */
  passphrase?: string | undefined;
  /** The version of Freshet. */
  version: string;
  /** Tells pages that scheduled backups fail, or work again. */
  onTurn: (state: "raised" | "cleared") => void;
  /** Lets services forget what they knew of the store before. */
  onRestored: () => Promise<void>;
}

/** Where a restore gets its archive from. */
export type RestoreSource = { upload: AsyncIterable<Uint8Array> } | { backupId: string };

/** The backups of this instance: made by hand or by the schedule, kept in a folder, and restored into an empty instance. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #log: Log;
  readonly #scheduler: Scheduler;
  readonly #ending = new AbortController();
  /** Those that are under way, by their idempotency keys. */
  readonly #requests = new Map<string, Promise<BackupInfo>>();
  #making: Promise<unknown> = Promise.resolve();
  #isMaking = false;
  #isRestoring = false;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#log = options.log.of("backups");
    this.#scheduler = new Scheduler({
      ...options,
      schedule: () => this.#schedule(),
      make: () => this.#makeScheduled(),
    });
  }

  /** Begins to make scheduled backups. */
  start(): void {
    this.#scheduler.start();
  }

  /** True while a restore writes: nobody else may then. */
  get isRestoring(): boolean {
    return this.#isRestoring;
  }

  /** Throws `unavailable` while a restore writes: what others wrote meanwhile would be lost, or lie among what is restored. */
  refuseWhileRestoring(): void {
    if (!this.#isRestoring) return;
    throw new FreshetError("unavailable", "This Freshet is being restored", { retryAfter: 5 });
  }

  /** Makes a backup if one is due; the schedule does so by itself. */
  look(): Promise<void> {
    return this.#scheduler.look();
  }

  /** All there is to say about backups. */
  async view(principal: Principal): Promise<BackupsView> {
    requireScope(principal, "admin");
    const { store } = this.#options;
    const { since: _, ...schedule } = await this.#schedule();
    const folder = this.#folderOf(schedule);
    const [kept, status, work] = await Promise.all([
      this.#list(folder),
      this.#scheduler.status(),
      workIn(store),
    ]);
    return {
      ...kept,
      schedule,
      status,
      folder: folder.path,
      defaultFolder: this.#options.folder,
      work,
      keySource: this.#keySource,
      encryptAll: store.encryptAll,
      isMaking: this.#isMaking,
    };
  }

  /** Makes a backup now. The same idempotency key gives the same one again. Throws `conflict` while another one is made. */
  async create(
    principal: Principal,
    options: { password?: string | undefined; idempotencyKey?: string | null } = {},
  ): Promise<BackupInfo> {
    requireScope(principal, "admin");
    const { idempotencyKey = null, password } = options;
    const name = `${principal.profileId}/${idempotencyKey}`;
    const underWay = idempotencyKey === null ? undefined : this.#requests.get(name);
    if (underWay) return await underWay;
    const request = this.#createOnce(principal, password, idempotencyKey);
    this.#requests.set(name, request);
    try {
      return await request;
    } finally {
      this.#requests.delete(name);
    }
  }

  /** A backup to download. Throws `not_found`. */
  async open(
    principal: Principal,
    id: string,
  ): Promise<{ info: BackupInfo; content: ReadableStream<Uint8Array> }> {
    requireScope(principal, "admin");
    const { path, info } = await (await this.#folder()).find(id);
    const file = await Deno.open(path);
    return { info: { ...info, check: await this.#checkOf(id) }, content: file.readable };
  }

  /** Deletes a backup. Throws `not_found`. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const { path } = await (await this.#folder()).find(id);
    await Deno.remove(path);
    await this.#options.store.kv.delete(keys.backupCheck(id));
  }

  /** Reads all of a backup and says whether it is whole; one with a password needs that. Throws `not_found`. */
  async check(principal: Principal, id: string, password?: string): Promise<BackupInfo> {
    requireScope(principal, "admin");
    const { store, clock, passphrase } = this.#options;
    const { path, info } = await (await this.#folder()).find(id);
    const check: CheckRecord = { at: clock.now() };
    try {
      using archive = await Archive.open(path, {
        cipher: store.cipher,
        password,
        passphrase,
        layout: LAYOUT,
      });
      await archive.verify(this.#ending.signal);
    } catch (error) {
      if (!(error instanceof FreshetError) || error.field === "password") throw error;
      check.problem = error.message;
    }
    await store.kv.set(keys.backupCheck(id), check);
    return { ...info, check };
  }

  /** Chooses when backups are made by themselves. Throws `invalid_request` where the folder cannot be written to. */
  async setSchedule(principal: Principal, schedule: BackupSchedule): Promise<BackupSchedule> {
    requireScope(principal, "admin");
    const { store, clock } = this.#options;
    await this.#folderOf(schedule).prepare();
    const before = await this.#schedule();
    const isSameTime = before.every === schedule.every && before.time === schedule.time &&
      before.weekday === schedule.weekday;
    const record: ScheduleRecord = { ...schedule, since: isSameTime ? before.since : clock.now() };
    await store.kv.set(keys.backupSchedule(), store.encode(SCHEDULE, record));
    return schedule;
  }

  /**
   * Restores a backup into this instance, which has to be empty. While it writes, nobody else may. Throws `conflict` where it is
   * not empty, and `invalid_request` where something is wrong with the archive; nothing has changed then.
   */
  async restore(
    principal: Principal,
    source: RestoreSource,
    options: { password?: string | undefined; withoutSecrets?: boolean } = {},
  ): Promise<RestoreView> {
    requireScope(principal, "admin");
    if (this.#isRestoring) throw new FreshetError("conflict", "Cannot restore: another restore is under way");
    // Before anything is waited for: a second restore would take this one for one that was cut off, and empty the store.
    this.#isRestoring = true;
    const { store, clock, passphrase, onRestored } = this.#options;
    let upload: string | undefined;
    try {
      const folder = await this.#folder();
      await folder.prepare();
      if ("upload" in source) upload = join(folder.path, `${UPLOAD_PREFIX}${newId()}.zip`);
      if (upload && "upload" in source) await receive(source.upload, upload);
      const path = upload ?? ("backupId" in source ? (await folder.find(source.backupId)).path : "");
      const report = await restore(store, { path, now: clock.now(), passphrase, ...options });
      await onRestored();
      this.#log.info("A backup was restored", { records: total(report.counts), moved: report.moved });
      return { counts: report.counts, secretsLeftOut: report.secretsLeftOut };
    } finally {
      this.#isRestoring = false;
      if (upload) await removeIfThere(upload);
    }
  }

  /** Ends the schedule and what is under way. */
  async close(): Promise<void> {
    this.#ending.abort(new FreshetError("cancelled", "Freshet is shutting down"));
    await this.#scheduler.close();
    await this.#making;
  }

  /** Deletes the folder of backups, of an instance whose data is in memory. */
  async discard(): Promise<void> {
    await Deno.remove(this.#options.folder, { recursive: true }).catch(ignoreAbsence);
  }

  async #createOnce(
    { profileId }: Principal,
    password: string | undefined,
    idempotencyKey: string | null,
  ): Promise<BackupInfo> {
    const { store } = this.#options;
    const request = new IdempotentRequest<BackupInfo>(store, profileId, "backup", idempotencyKey);
    const before = await request.result();
    if (before) return before;
    const info = await this.#make("manual", password);
    const operation = store.kv.atomic();
    request.keep(operation, info);
    await operation.commit();
    return info;
  }

  get #keySource(): BackupKeySource {
    return this.#options.passphrase ? "passphrase" : "file";
  }

  async #schedule(): Promise<ScheduleRecord> {
    const stored = await this.#options.store.get(SCHEDULE, keys.backupSchedule());
    return stored?.value ?? { ...DEFAULT_SCHEDULE, since: 0 };
  }

  #folderOf({ folder }: BackupSchedule): BackupFolder {
    return new BackupFolder(folder === "" ? this.#options.folder : folder);
  }

  async #folder(): Promise<BackupFolder> {
    return this.#folderOf(await this.#schedule());
  }

  async #list(folder: BackupFolder): Promise<Pick<BackupsView, "backups" | "folderProblem">> {
    try {
      const found = await folder.list();
      const backups = await Promise.all(found.map(async (info) => ({
        ...info,
        check: await this.#checkOf(info.id),
      })));
      return { backups };
    } catch (error) {
      // A disk that is not there must not take the page away on which another folder is chosen.
      return { backups: [], folderProblem: error instanceof Error ? error.message : String(error) };
    }
  }

  async #checkOf(id: string): Promise<CheckRecord | null> {
    return (await this.#options.store.kv.get<CheckRecord>(keys.backupCheck(id))).value;
  }

  async #makeScheduled(): Promise<void> {
    await this.#making;
    await this.#make("schedule");
    const folder = await this.#folder();
    const { keep } = await this.#schedule();
    const scheduled = (await folder.list()).filter(({ origin }) => origin === "schedule");
    for (const { id } of scheduled.slice(keep)) {
      await Deno.remove((await folder.find(id)).path);
      await this.#options.store.kv.delete(keys.backupCheck(id));
    }
  }

  async #make(origin: BackupOrigin, password?: string): Promise<BackupInfo> {
    this.refuseWhileRestoring();
    if (this.#isMaking) {
      throw new FreshetError("conflict", "Cannot make a backup: another one is being made", {
        retryAfter: 10,
      });
    }
    this.#isMaking = true;
    const making = this.#makeNow(origin, password).finally(() => this.#isMaking = false);
    this.#making = making.catch(() => {});
    return await making;
  }

  async #makeNow(origin: BackupOrigin, password: string | undefined): Promise<BackupInfo> {
    const { store, clock, version } = this.#options;
    const folder = await this.#folder();
    await folder.prepare();
    await folder.sweep();
    const now = clock.now();
    const path = folder.newPath(now, origin);
    const { size } = await takeBackup(store, path, {
      createdAt: now,
      freshet: version,
      password,
      signal: this.#ending.signal,
    });
    const id = basename(path);
    const check: CheckRecord = { at: clock.now() };
    await store.kv.set(keys.backupCheck(id), check);
    this.#log.info("A backup was made", { id, size });
    return { id, createdAt: now, size, origin, check };
  }
}

async function receive(upload: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  for await (const chunk of upload) {
    for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
  }
  // A restore that is cut off goes on from this file.
  await file.sync();
}

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
