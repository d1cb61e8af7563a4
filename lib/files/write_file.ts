import { join } from "node:path";
import { type FileEntry, FreshetError, newId } from "../shared/mod.ts";
import { parentFilePath } from "../shared/files/mod.ts";
import { sha256Hex } from "../store/mod.ts";
import { isMissing, onFiles } from "./fs_errors.ts";
import { describe, TEMPORARY_PREFIX } from "./listing.ts";
import { assertNoCollision } from "./names.ts";
import { assertSame, locate, locateNew, openChecked, type Place, type Root } from "./path_guard.ts";
import { TEXT_MAX_BYTES } from "./preview.ts";

/** How a file is written. */
export interface WriteOptions {
  body: ReadableStream<Uint8Array> | null;
  /** Bytes; more is refused, and nothing is left of it. */
  maxBytes: number;
  /** Whether a file of this name may be replaced. */
  replace: boolean;
  /** Of a file that was edited: its content has to be the one that this names still. */
  version?: string | undefined;
  signal?: AbortSignal;
}

/**
 * Writes a file: into one beside it first, which takes its place when all is there, so that nobody ever sees half of it. A
 * file that is replaced keeps its mode, and a link to it stays a link. Between the check of what is replaced and the
 * replacement another program can still write: that is a moment, and its change is lost.
 *
 * @throws FreshetError `conflict` where the name is taken, or the content is another than `version` names
 */
export async function writeFile(root: Root, path: string, options: WriteOptions): Promise<FileEntry> {
  const existing = await existingFile(root, path);
  if (existing && !options.replace) {
    throw new FreshetError("conflict", `There is ${JSON.stringify(existing.path)} already`);
  }
  if (existing) return await replaceFile(existing, options);
  if (options.version !== undefined) throw changed(path, "was deleted");
  const target = await locateNew(root, path);
  await onFiles(JSON.stringify(target.path), () => assertNoCollision(target.parent, target.name));
  return await onFiles(JSON.stringify(target.path), async () => {
    await using part = await writePart(target.parent, options);
    // Claims the name: what another program has made in this moment is not overwritten.
    (await Deno.open(target.real, { write: true, createNew: true })).close();
    await part.rename(target.real);
    return await entryAt(target.parent, target.name);
  });
}

async function replaceFile(existing: Place, options: WriteOptions): Promise<FileEntry> {
  const { root } = existing;
  const realPath = existing.real.slice(root.path.length).replace(/^[/\\]/, "").replaceAll("\\", "/");
  const parent = await locate(root, parentFilePath(realPath));
  return await onFiles(JSON.stringify(existing.path), async () => {
    const before = await Deno.lstat(existing.real);
    if (!before.isFile) {
      throw new FreshetError(
        "conflict",
        `${JSON.stringify(existing.path)} is no file and cannot be replaced`,
      );
    }
    await assertVersion(existing, options.version);
    await using part = await writePart(parent, options);
    if (before.mode !== null && Deno.build.os !== "windows") await Deno.chmod(part.path, before.mode & 0o777);
    await assertVersion(existing, options.version);
    await assertSame(existing, await Deno.lstat(existing.real));
    await part.rename(existing.real);
    return await entryAt(parent, existing.real.slice(parent.real.length + 1));
  });
}

async function existingFile(root: Root, path: string): Promise<Place | undefined> {
  try {
    return await locate(root, path);
  } catch (error) {
    if (error instanceof FreshetError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** Throws `conflict` where the file has another content than the one that is named. */
async function assertVersion(place: Place, version: string | undefined): Promise<void> {
  if (version === undefined) return;
  const { file, info } = await openChecked(place);
  try {
    if (info.size > TEXT_MAX_BYTES) throw changed(place.path, "has changed on disk");
    const bytes = new Uint8Array(await new Response(file.readable).arrayBuffer());
    if (await sha256Hex(bytes) !== version) throw changed(place.path, "has changed on disk");
  } finally {
    close(file);
  }
}

function changed(path: string, what: string): FreshetError {
  return new FreshetError("conflict", `${JSON.stringify(path)} ${what} since it was opened`, {
    hint: "Load it again, or overwrite it",
    field: "version",
  });
}

/** A file that is being written, and goes away unless it was renamed. */
class Part implements AsyncDisposable {
  readonly path: string;
  #isRenamed = false;

  constructor(path: string) {
    this.path = path;
  }

  async rename(target: string): Promise<void> {
    await Deno.rename(this.path, target);
    this.#isRenamed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isRenamed) return;
    await Deno.remove(this.path).catch((error) => {
      if (!isMissing(error)) throw error;
    });
  }
}

/**
 * Streams a body into a file of its own. Where the folder is swapped for a link after this, the rename does not find the file
 * there; where that happened before, what was made lies outside, and is removed before a byte is written.
 */
async function writePart(parent: Place, { body, maxBytes, signal }: WriteOptions): Promise<Part> {
  const part = new Part(join(parent.real, TEMPORARY_PREFIX + newId()));
  const file = await Deno.open(part.path, { write: true, createNew: true });
  try {
    await assertSame({ ...parent, real: part.path }, await file.stat());
    let size = 0;
    for await (const chunk of body ?? []) {
      signal?.throwIfAborted();
      size += chunk.length;
      if (size > maxBytes) {
        const limit = Math.floor(maxBytes / 1024 / 1024);
        throw new FreshetError("payload_too_large", `The file is larger than ${limit} MB`);
      }
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    }
    signal?.throwIfAborted();
    await file.sync();
    file.close();
    return part;
  } catch (error) {
    close(file);
    await part[Symbol.asyncDispose]();
    throw error;
  }
}

/** Closes a file that may be closed already. */
function close(file: Deno.FsFile): void {
  try {
    file.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

async function entryAt(parent: Place, name: string): Promise<FileEntry> {
  const entry = await describe(parent, name);
  if (entry) return entry;
  throw new FreshetError("conflict", `${JSON.stringify(name)} was removed meanwhile`);
}
