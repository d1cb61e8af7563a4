import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { FreshetError } from "../../shared/mod.ts";
import { LAYOUT } from "../layout.ts";
import type { Store } from "../store.ts";
import { Archive } from "./archive.ts";
import { KEPT_ENTITIES } from "./entities.ts";
import type { Manifest } from "./format.ts";
import { openSnapshot } from "./snapshot.ts";
import { writeArchive, type WriteOptions } from "./write_archive.ts";

/** How often a store that others may write to is read until nothing has changed meanwhile. */
const ATTEMPTS = 8;
const LIST_BATCH = 500;

/** What a backup is made with. */
export interface BackupOptions extends Omit<WriteOptions, "onEntry" | "layout"> {
  /** Copies of the database are made here; the folder of the file where absent. */
  scratch?: string;
}

/** A backup that was made, and read again. */
export interface MadeBackup {
  /** Bytes of the file. */
  size: number;
  manifest: Manifest;
}

/**
 * Writes a backup of everything to `path`, as it is at one moment while others write on: a database in a file is copied in one
 * transaction of SQLite, another one is read until nothing has changed from the first reading to the second. The file appears
 * under its name when it is whole, was read again, and is on the disk. Throws `unavailable` where a shared store does not come
 * to rest.
 */
export async function takeBackup(store: Store, path: string, options: BackupOptions): Promise<MadeBackup> {
  const partial = `${path}.partial`;
  try {
    const manifest = await write(store, partial, options);
    using archive = await Archive.open(partial, {
      cipher: store.cipher,
      password: options.password,
      layout: LAYOUT,
    });
    await archive.verify(options.signal);
    const { size } = await Deno.stat(partial);
    await Deno.rename(partial, path);
    await syncFolder(dirname(path));
    return { size, manifest };
  } catch (error) {
    await Deno.remove(partial).catch(ignoreAbsence);
    throw error;
  }
}

async function write(store: Store, path: string, options: BackupOptions): Promise<Manifest> {
  if (store.file === undefined) return await writeAtRest(store, path, options);
  await using snapshot = await openSnapshot(store, store.file, options.scratch ?? dirname(path));
  return await writeFile(snapshot.store, path, options);
}

/**
 * Versions of entries never come again. Where all are the same in two readings, none has changed between the end of the first
 * and the beginning of the second, and what was read is what was there at that moment.
 */
async function writeAtRest(store: Store, path: string, options: BackupOptions): Promise<Manifest> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = new Versions();
    try {
      const manifest = await writeFile(store, path, { ...options, onEntry: before.add });
      if (await versionsNow(store, options.signal) === before.value()) return manifest;
    } catch (error) {
      // A large record that was replaced while it was read has lost its bytes; one that stays so is damaged.
      const isChanged = await versionsNow(store, options.signal) !== before.value();
      if (!(error instanceof FreshetError) || error.code !== "storage" || !isChanged) throw error;
      if (attempt === ATTEMPTS - 1) throw error;
    }
  }
  throw new FreshetError("unavailable", "Cannot make a backup: the store did not come to rest", {
    hint: "Try again when less is written to it",
  });
}

async function versionsNow(store: Store, signal: AbortSignal | undefined): Promise<string> {
  const versions = new Versions();
  for (const [entity] of KEPT_ENTITIES) {
    const entries = store.kv.list({ prefix: [entity] }, { batchSize: LIST_BATCH });
    for await (const { key, versionstamp } of entries) {
      signal?.throwIfAborted();
      versions.add(key, versionstamp);
    }
  }
  return versions.value();
}

class Versions {
  readonly #hash = createHash("sha256");

  readonly add = (key: Deno.KvKey, versionstamp: string): void => {
    this.#hash.update(JSON.stringify([key, versionstamp]));
  };

  value(): string {
    return this.#hash.copy().digest("hex");
  }
}

async function writeFile(
  store: Store,
  path: string,
  options: BackupOptions & Pick<WriteOptions, "onEntry">,
): Promise<Manifest> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true, mode: 0o600 });
  const out = new WritableStream<Uint8Array>({
    async write(chunk) {
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    },
  });
  const manifest = await writeArchive(store, out, { ...options, layout: LAYOUT });
  await file.sync();
  return manifest;
}

/** A rename is only on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
