import { join } from "node:path";
import { FreshetError, newId, type RestoreView } from "../shared/mod.ts";
import { restore } from "../store/mod.ts";
import { removeIfThere, UPLOAD_PREFIX } from "./backup_folder.ts";
import type { BackupsOptions } from "./options.ts";
import { pauseForeignSchedule, type Schedule } from "./schedule.ts";

/** Where a restore gets its archive from. */
export type RestoreSource = { upload: AsyncIterable<Uint8Array> } | { backupId: string };

/** How an archive is restored. */
export interface RestoreChoice {
  password?: string | undefined;
  withoutSecrets?: boolean;
}

/** Restores archives, one at a time. */
export class Restores {
  readonly #options: BackupsOptions;
  readonly #schedule: Schedule;
  readonly #ending = new AbortController();
  #isUnderWay = false;
  #isWriting = false;
  #restoring: Promise<unknown> = Promise.resolve();

  constructor(options: BackupsOptions, schedule: Schedule) {
    this.#options = options;
    this.#schedule = schedule;
  }

  /** True while the store is written: not while an archive arrives and is checked. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Restores into this instance, which has to be empty; `sessionId` is of who asks, and lives on. */
  async restore(
    source: RestoreSource,
    choice: RestoreChoice,
    sessionId: string | undefined,
  ): Promise<RestoreView> {
    if (this.#isUnderWay) throw new FreshetError("conflict", "Cannot restore: another restore is under way");
    // Before anything is waited for: a second restore would take this one for one that was cut off, and empty the store.
    this.#isUnderWay = true;
    let upload: string | undefined;
    try {
      const folder = await this.#schedule.folder();
      await folder.prepare();
      if ("upload" in source) upload = join(folder.path, `${UPLOAD_PREFIX}${newId()}.zip`);
      if (upload && "upload" in source) await receive(source.upload, upload);
      const path = upload ?? ("backupId" in source ? (await folder.find(source.backupId)).path : "");
      this.#ending.signal.throwIfAborted();
      const restoring = this.#restoreFile(path, choice, sessionId);
      this.#restoring = restoring.catch(() => undefined);
      return await restoring;
    } finally {
      this.#isUnderWay = false;
      this.#isWriting = false;
      if (upload) await removeIfThere(upload);
    }
  }

  /** Takes back what is under way; what writes the store already is gone on with at the next start. */
  async close(): Promise<void> {
    if (this.#isWriting) return;
    this.#ending.abort(new FreshetError("cancelled", "Freshet is shutting down"));
    await this.#restoring;
  }

  async #restoreFile(
    path: string,
    choice: RestoreChoice,
    sessionId: string | undefined,
  ): Promise<RestoreView> {
    const { store, clock, passphrase, files: target, onRestored, log } = this.#options;
    const { counts, secretsLeftOut, moved, files } = await restore(store, {
      path,
      now: clock.now(),
      passphrase,
      files: target,
      signal: this.#ending.signal,
      onReady: () => this.#isWriting = true,
      ...choice,
    });
    await pauseForeignSchedule(store);
    await onRestored(sessionId);
    log.info("A backup was restored", { records: total(counts), moved });
    return { counts, secretsLeftOut, ...(files ? { files } : {}) };
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
