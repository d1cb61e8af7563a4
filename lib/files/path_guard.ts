import { join } from "node:path";
import { FreshetError } from "../shared/mod.ts";
import { filePathParts, newFileName } from "../shared/files/mod.ts";
import { onFiles } from "./fs_errors.ts";

const SEPARATOR = Deno.build.os === "windows" ? "\\" : "/";
const RULES = { windows: Deno.build.os === "windows" };

/** A folder that may be worked in. */
export interface Root {
  /** Absolute, with every link resolved, as it was added. */
  path: string;
  /** Absolute paths below which nothing is touched, though they are below the folder: Freshet's own data. */
  closed: readonly string[];
}

/** Something below a root, found where it really is. */
export interface Place {
  root: Root;
  /** Relative to the root, with forward slashes; "" is the root. */
  path: string;
  /** Absolute, with every link resolved, but for the last one where it was not to be followed. */
  real: string;
}

/**
 * Finds what a path leads to, following links, and refuses what is not below the root. Done anew for each operation; what a
 * file is opened by is checked once more after it was opened (`openChecked`), since links may be changed in between.
 *
 * @throws FreshetError `invalid_request` for a path that is none, `not_found`, `forbidden` for what leads outside
 */
export async function locate(root: Root, path: string): Promise<Place> {
  const parts = filePathParts(path, RULES);
  const what = JSON.stringify(path);
  const real = await onFiles(what, () => Deno.realPath(join(root.path, ...parts)));
  await assertUnmoved(root);
  assertInside(root, real);
  return { root, path: parts.join("/"), real };
}

/**
 * Like `locate`, but the last part is taken as it is: a link is the link. For what is done to the entry and not to its
 * content: moving, deleting. The root itself is no such entry.
 */
export async function locateEntry(root: Root, path: string): Promise<Place & { info: Deno.FileInfo }> {
  const parts = filePathParts(path, RULES);
  const name = parts.at(-1);
  if (name === undefined) {
    throw new FreshetError("invalid_request", "This cannot be done to the folder itself");
  }
  const parent = await locate(root, parts.slice(0, -1).join("/"));
  const real = join(parent.real, name);
  assertInside(root, real);
  const info = await onFiles(JSON.stringify(path), () => Deno.lstat(real));
  return { root, path: parts.join("/"), real, info };
}

/** Where something new would come: its folder is there and inside, and its name is one that every system can have. */
export async function locateNew(root: Root, path: string): Promise<Place & { name: string; parent: Place }> {
  const parts = filePathParts(path, RULES);
  const last = parts.at(-1);
  if (last === undefined) {
    throw new FreshetError("invalid_request", "The new name is missing", { field: "path" });
  }
  const name = newFileName(last);
  const parent = await locate(root, parts.slice(0, -1).join("/"));
  const info = await onFiles(JSON.stringify(parent.path), () => Deno.stat(parent.real));
  if (!info.isDirectory) throw new FreshetError("not_found", `${JSON.stringify(parent.path)} is no folder`);
  const real = join(parent.real, name);
  assertInside(root, real);
  return { root, path: [...parts.slice(0, -1), name].join("/"), real, name, parent };
}

/** Throws `forbidden` for an absolute, resolved path that is not below the root, or is closed. */
export function assertInside(root: Root, real: string): void {
  if (!isBelow(real, root.path)) {
    throw new FreshetError("forbidden", "This leads out of the folder", {
      hint: "Links are followed only within the folder that was added",
    });
  }
  if (root.closed.some((closed) => isBelow(real, closed))) {
    throw new FreshetError("forbidden", "Freshet's own data cannot be opened here");
  }
}

/** Whether a resolved path is another one or below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR);
}

/**
 * Opens what stands at a place for reading, and compares: what was opened has to be what the path leads to now, and that has
 * to be inside still. Deno has no `openat`, so one gap remains: somebody who may write in the folder and swaps a link there
 * twice, between the two questions that follow the opening, at exactly the right moments. Such a person could as well copy
 * the file there.
 */
export async function openChecked(place: Place): Promise<{ file: Deno.FsFile; info: Deno.FileInfo }> {
  const what = JSON.stringify(place.path);
  return await onFiles(what, async () => {
    // Opening a pipe would wait for somebody to write to it.
    const before = await Deno.lstat(place.real);
    if (!before.isFile) throw new FreshetError("unsupported_media", `${what} is not a file that can be read`);
    const file = await Deno.open(place.real, { read: true });
    try {
      const info = await file.stat();
      await assertSame(place, info);
      return { file, info };
    } catch (error) {
      file.close();
      throw error;
    }
  });
}

/** Throws `conflict` unless the path still leads, inside, to what `info` describes. */
export async function assertSame(place: Place, info: Deno.FileInfo): Promise<void> {
  await assertUnmoved(place.root);
  const real = await Deno.realPath(place.real);
  assertInside(place.root, real);
  if (real !== place.real || !isSameFile(await Deno.lstat(real), info)) {
    throw new FreshetError("conflict", `${JSON.stringify(place.path)} was replaced meanwhile`, {
      hint: "Try again",
    });
  }
}

/** Whether two descriptions are of one file; where the system numbers none, they count as such. */
export function isSameFile(a: Deno.FileInfo, b: Deno.FileInfo): boolean {
  return a.dev === b.dev && (a.ino === null || b.ino === null || a.ino === b.ino);
}

/** The folder itself may have been replaced by a link since it was added. */
async function assertUnmoved(root: Root): Promise<void> {
  const real = await onFiles(`folder ${root.path}`, () => Deno.realPath(root.path));
  if (real === root.path) return;
  throw new FreshetError("forbidden", "The folder was replaced by a link", {
    hint: "Remove it from the list and add it again",
  });
}
