import { join } from "node:path";
import { type FileEntry, type FileKind, FreshetError, type LinkTarget } from "../shared/mod.ts";
import { compareEntries, isUsableName } from "../shared/files/mod.ts";
import { isMissing, onFiles } from "./fs_errors.ts";
import { previewKindOf } from "./media.ts";
import { assertInside, type Place } from "./path_guard.ts";

/** More entries of one folder are counted, not shown. */
export const ENTRIES_MAX = 20_000;
/** So many are asked for at once: more would only wait for each other. */
const AT_ONCE = 64;
const RULES = { windows: Deno.build.os === "windows" };

/** The entries of a folder by name, folders first, and how many there are. */
export async function listEntries(place: Place): Promise<{ entries: FileEntry[]; total: number }> {
  return await onFiles(JSON.stringify(place.path), async () => {
    if (!(await Deno.stat(place.real)).isDirectory) {
      throw new FreshetError("not_found", `${JSON.stringify(place.path)} is no folder`);
    }
    const names: string[] = [];
    let total = 0;
    for await (const { name } of Deno.readDir(place.real)) {
      if (isTemporary(name)) continue;
      if (++total <= ENTRIES_MAX) names.push(name);
    }
    // A folder on the way may have been swapped for a link: what was read then is not told.
    if (await Deno.realPath(place.real) !== place.real) {
      throw new FreshetError("conflict", `${JSON.stringify(place.path)} was replaced meanwhile`);
    }
    const entries: FileEntry[] = [];
    for (let i = 0; i < names.length; i += AT_ONCE) {
      const described = await Promise.all(names.slice(i, i + AT_ONCE).map((name) => describe(place, name)));
      for (const entry of described) if (entry) entries.push(entry);
    }
    return { entries: entries.sort(compareEntries({ key: "name", descending: false })), total };
  });
}

/** One entry as it is now, or undefined where it is gone or closed. */
export async function describe(folder: Place, name: string): Promise<FileEntry | undefined> {
  const path = join(folder.real, name);
  const isUsable = isUsableName(name, RULES);
  try {
    const info = await Deno.lstat(path);
    if (!info.isSymlink) {
      if (info.isDirectory) assertInside(folder.root, path);
      return entryOf(name, info, isUsable ? {} : { unusable: true });
    }
    return await describeLink(folder, name, path);
  } catch (error) {
    // Deleted meanwhile, a name that is no Unicode, or Freshet's own data.
    if (isMissing(error)) return isUsable ? undefined : brokenEntry(name, { unusable: true });
    if (error instanceof FreshetError || error instanceof Deno.errors.InvalidData) return undefined;
    if (error instanceof Deno.errors.PermissionDenied) return brokenEntry(name, {});
    throw error;
  }
}

async function describeLink(folder: Place, name: string, path: string): Promise<FileEntry> {
  try {
    const real = await Deno.realPath(path);
    assertInside(folder.root, real);
    return entryOf(name, await Deno.stat(real), { link: "inside" });
  } catch (error) {
    const link: LinkTarget = error instanceof FreshetError ? "outside" : "broken";
    // Whatever keeps a link from being followed, nothing is said about what is behind it.
    if (error instanceof Error) return brokenEntry(name, { link });
    throw error;
  }
}

function entryOf(
  name: string,
  info: Deno.FileInfo,
  more: Pick<FileEntry, "link" | "unusable">,
): FileEntry {
  const kind = kindOf(info);
  return {
    name,
    kind,
    size: kind === "file" ? info.size : 0,
    modifiedAt: info.mtime?.getTime() ?? 0,
    preview: kind === "file" ? previewKindOf(name) : "none",
    ...more,
  };
}

function brokenEntry(name: string, more: Pick<FileEntry, "link" | "unusable">): FileEntry {
  return { name, kind: "other", size: 0, modifiedAt: 0, preview: "none", ...more };
}

/** What an entry is, by its description. */
export function kindOf(info: Pick<Deno.FileInfo, "isDirectory" | "isFile">): FileKind {
  return info.isDirectory ? "folder" : info.isFile ? "file" : "other";
}

/** Ours, while an upload or a copy is under way. */
export const TEMPORARY_PREFIX = ".freshet-part-";

/** Whether a name is that of a file that is being written. */
export function isTemporary(name: string): boolean {
  return name.startsWith(TEMPORARY_PREFIX);
}
