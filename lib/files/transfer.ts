import { dirname, join } from "node:path";
import { FreshetError, newId } from "../shared/mod.ts";
import { isMissing, isOtherDevice } from "./fs_errors.ts";
import { TEMPORARY_PREFIX } from "./listing.ts";

/** Deeper than any folder that people make; deeper ones cannot be copied to another device. */
const DEPTH_MAX = 128;

/** How a rename is done; tests have one that refuses, as between devices. */
export type Rename = (from: string, to: string) => Promise<void>;

/**
 * Moves an entry to an absolute path where nothing is. Between devices it is copied beside the target, put in its place when
 * the copy is whole, and only then removed where it was: whatever fails, it is somewhere as a whole. Says how it was done.
 */
export async function transfer(
  from: string,
  to: string,
  rename: Rename = Deno.rename,
): Promise<"renamed" | "copied"> {
  try {
    await rename(from, to);
    return "renamed";
  } catch (error) {
    if (!isOtherDevice(error)) throw error;
  }
  const part = join(dirname(to), TEMPORARY_PREFIX + newId());
  try {
    await copy(from, part, 0);
    await Deno.rename(part, to);
  } catch (error) {
    await removeAll(part);
    throw error;
  }
  await removeAll(from);
  return "copied";
}

/** Removes an entry with all below it; links are removed, never followed. */
export async function removeAll(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function copy(from: string, to: string, depth: number): Promise<void> {
  if (depth > DEPTH_MAX) throw new FreshetError("unsupported", "The folder is too deep to be copied");
  const info = await Deno.lstat(from);
  if (info.isSymlink) return await Deno.symlink(await Deno.readLink(from), to);
  if (info.isFile) {
    await Deno.copyFile(from, to);
    if (info.mtime) await Deno.utime(to, info.atime ?? info.mtime, info.mtime);
    return;
  }
  if (!info.isDirectory) {
    throw new FreshetError("unsupported", "A device, socket or pipe cannot be copied to another device");
  }
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name), depth + 1);
  if (info.mode !== null && Deno.build.os !== "windows") await Deno.chmod(to, info.mode & 0o777);
  if (info.mtime) await Deno.utime(to, info.atime ?? info.mtime, info.mtime);
}
