import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { FreshetError, newId } from "../../shared/mod.ts";
import { LAYOUT } from "../layout.ts";
import type { Store } from "../store.ts";
import { Archive } from "./archive.ts";
import { diskError } from "./disk_error.ts";
import { KEPT_ENTITIES } from "./entities.ts";
import { type FilesSource, folderTrees, type NamedTree, trashTree } from "./files/trees.ts";
import type { Manifest } from "./format.ts";
import { openSnapshot } from "./snapshot.ts";
import { ArchiveWriter, type WriteOptions } from "./write_archive.ts";

/** How often a store that others may write to is read until nothing has changed meanwhile. */
const ATTEMPTS = 8;
const LIST_BATCH = 500;

/** What a backup is made with. */
export interface BackupOptions extends Omit<WriteOptions, "onEntry" | "layout"> {
  /** Copies of the database are made here; the folder of the file where absent. */
  scratch?: string;
  /** Takes the files of the added folders and of the trash along. */
  files?: FilesSource | undefined;
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
    const manifest = await write(store, partial, await withoutItself(partial, options));
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
    throw diskError("Cannot make the backup", error);
  }
}

/** The archive may be made in a folder that it takes along. */
async function withoutItself(path: string, options: BackupOptions): Promise<BackupOptions> {
  const { files } = options;
  if (!files) return options;
  const real = join(await Deno.realPath(dirname(path)), basename(path));
  return { ...options, files: { ...files, closed: [...files.closed, real] } };
}

/**
 * Folders come first, the trash last: what is moved to the trash meanwhile is in one of them, and has a record where it is in
 * the trash.
 */
async function write(store: Store, path: string, options: BackupOptions): Promise<Manifest> {
  if (store.file === undefined) return await writeAtRest(store, path, options);
  const scratch = options.scratch ?? dirname(path);
  using target = await openTarget(path);
  const writer = await begin(store, target, options);
  const { files } = options;
  if (files) await addTrees(writer, await folderTrees(store, files), scratch);
  {
    await using snapshot = await openSnapshot(store, store.file, scratch);
    await writer.addEntities(snapshot.store);
    if (files) await addTrees(writer, [await trashTree(snapshot.store, files)], scratch);
  }
  return await ended(writer, target);
}

async function begin(
  store: Store,
  target: Deno.FsFile,
  options: BackupOptions & Pick<WriteOptions, "onEntry">,
): Promise<ArchiveWriter> {
  const out = new WritableStream<Uint8Array>({
    async write(chunk) {
      for (let at = 0; at < chunk.length;) at += await target.write(chunk.subarray(at));
    },
  });
  const isWithFiles = options.files !== undefined;
  return await ArchiveWriter.begin(store, out, { ...options, layout: LAYOUT, isWithFiles });
}

async function ended(writer: ArchiveWriter, target: Deno.FsFile): Promise<Manifest> {
  const manifest = await writer.finish();
  await target.sync();
  return manifest;
}

async function openTarget(path: string): Promise<Deno.FsFile> {
  return await Deno.open(path, { write: true, create: true, truncate: true, mode: 0o600 });
}

async function addTrees(
  writer: ArchiveWriter,
  trees: readonly (NamedTree | undefined)[],
  scratch: string,
): Promise<void> {
  for (const tree of trees) {
    if (!tree) continue;
    const path = join(scratch, `.index-${newId()}`);
    using index = await Deno.open(path, { read: true, write: true, createNew: true, mode: 0o600 });
    try {
      await writer.addTree(tree.about, tree.tree, index);
    } finally {
      await Deno.remove(path);
    }
  }
}

/**
 * Versions of entries never come again. Where all are the same in two readings, none has changed between the end of the first
 * and the beginning of the second, and what was read is what was there at that moment.
 */
async function writeAtRest(store: Store, path: string, options: BackupOptions): Promise<Manifest> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = new Versions();
    try {
      using target = await openTarget(path);
      const writer = await begin(store, target, { ...options, onEntry: before.add });
      await writer.addEntities(store);
      if (await versionsNow(store, options.signal) !== before.value()) continue;
      const { files, scratch = dirname(path) } = options;
      if (files) {
        await addTrees(writer, await folderTrees(store, files), scratch);
        await addTrees(writer, [await trashTree(store, files)], scratch);
      }
      return await ended(writer, target);
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

/** A rename is only on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
