import { basename } from "node:path";
import { type BackupInfo, type BackupOrigin, FreshetError } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { IdempotentRequest, keys, takeBackup } from "../store/mod.ts";
import { filesOf, type KeptBackups } from "./kept_backups.ts";
import type { BackupsOptions } from "./options.ts";
import type { CheckRecord } from "./records.ts";
import type { Schedule } from "./schedule.ts";

/** What a backup is made with. */
export interface MakeOptions {
  /** Encrypts all of it. */
  password?: string | undefined;
  /** Takes the files of the added folders and of the trash along. */
  withFiles?: boolean | undefined;
}

/** What a `Maker` needs. */
export interface MakerOptions extends BackupsOptions {
  schedule: Schedule;
  kept: KeptBackups;
  /** Throws while nothing may be made. */
  refuse: () => void;
}

/** Makes backups, one at a time. */
export class Maker {
  readonly #options: MakerOptions;
  readonly #ending = new AbortController();
  /** Those that are under way, by their idempotency keys. */
  readonly #requests = new Map<string, Promise<BackupInfo>>();
  #making: Promise<unknown> = Promise.resolve();
  #isMaking = false;

  constructor(options: MakerOptions) {
    this.#options = options;
  }

  get isMaking(): boolean {
    return this.#isMaking;
  }

  /** Makes one by hand. The same idempotency key gives the same one again. */
  async create(
    { profileId }: Principal,
    { idempotencyKey = null, ...options }: MakeOptions & { idempotencyKey?: string | null },
  ): Promise<BackupInfo> {
    const name = `${profileId}/${idempotencyKey}`;
    const underWay = idempotencyKey === null ? undefined : this.#requests.get(name);
    if (underWay) return await underWay;
    const request = this.#createOnce(profileId, options, idempotencyKey);
    this.#requests.set(name, request);
    try {
      return await request;
    } finally {
      this.#requests.delete(name);
    }
  }

  /** Makes the one that is due, and removes scheduled ones that are too many. */
  async makeScheduled(): Promise<void> {
    await this.#making;
    const { store, schedule } = this.#options;
    const { keep, withFiles } = await schedule.get();
    await this.#make("schedule", { withFiles });
    const folder = await schedule.folder();
    const scheduled = (await folder.list()).filter(({ origin }) => origin === "schedule");
    for (const { id } of scheduled.slice(keep)) {
      await Deno.remove((await folder.find(id)).path);
      await store.kv.delete(keys.backupCheck(id));
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#ending.abort(new FreshetError("cancelled", "Freshet is shutting down"));
    await this.#making;
  }

  async #createOnce(
    profileId: string,
    options: MakeOptions,
    idempotencyKey: string | null,
  ): Promise<BackupInfo> {
    const { store } = this.#options;
    const request = new IdempotentRequest<BackupInfo>(store, profileId, "backup", idempotencyKey);
    const before = await request.result();
    if (before) return before;
    const info = await this.#make("manual", options);
    const operation = store.kv.atomic();
    // The names of files are in the archive alone, which may be encrypted.
    request.keep(operation, info.files ? { ...info, files: { ...info.files, named: [] } } : info);
    await operation.commit();
    return info;
  }

  async #make(origin: BackupOrigin, options: MakeOptions): Promise<BackupInfo> {
    this.#options.refuse();
    if (this.#isMaking) {
      throw new FreshetError("conflict", "Cannot make a backup: another one is being made", {
        retryAfter: 10,
      });
    }
    this.#isMaking = true;
    const making = this.#makeNow(origin, options).finally(() => this.#isMaking = false);
    this.#making = making.catch(() => {});
    return await making;
  }

  async #makeNow(origin: BackupOrigin, { password, withFiles }: MakeOptions): Promise<BackupInfo> {
    const { store, clock, version, schedule, kept, log } = this.#options;
    const folder = await schedule.folder();
    await folder.prepare();
    await folder.sweep();
    const now = clock.now();
    const path = folder.newPath(now, origin);
    const { size, manifest } = await takeBackup(store, path, {
      createdAt: now,
      freshet: version,
      password,
      files: withFiles ? await schedule.files(folder) : undefined,
      signal: this.#ending.signal,
    });
    const id = basename(path);
    const check: CheckRecord = { at: clock.now() };
    const files = filesOf(manifest);
    await kept.remember(id, check, files);
    log.info("A backup was made", {
      id,
      size,
      ...(files ? { files: files.files, leftOut: files.leftOut } : {}),
    });
    return { id, createdAt: now, size, origin, check, ...(files ? { files } : {}) };
  }
}
