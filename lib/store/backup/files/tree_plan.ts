import { isAbsolute, join, resolve } from "node:path";
import { FreshetError, newId } from "../../../shared/mod.ts";
import { newFileName } from "../../../shared/files/mod.ts";
import type { Archive } from "../archive.ts";
import type { TreeManifest } from "../format.ts";
import { removeStaging } from "./place_tree.ts";
import type { TreePlan } from "./tree_place.ts";
import { isBelow } from "./trees.ts";

/** Plans stand in one value of the database. */
const PATH_MAX_CHARS = 300;
const NAME_MAX_CHARS = 60;

/** Where the files of an archive may be put. */
export interface FilesTarget {
  /** Where deleted files wait. */
  trash: string;
  /** A folder for those whose own path cannot be used; made when it is needed. */
  beside: string;
  /** Whether files may be put at an absolute path that an archive names, where nothing is yet. */
  mayHold: (path: string) => boolean | Promise<boolean>;
}

/** Chooses a place for each tree: where its record says if nothing is there, else beside. Makes the folders. */
export async function planTrees(archive: Archive, target: FilesTarget): Promise<TreePlan[]> {
  const plans: TreePlan[] = [];
  if (archive.trees.length === 0) return plans;
  const folders = await foldersIn(archive);
  try {
    for (const tree of archive.trees) {
      // Its disk may come back: the folder stays where it is.
      if (!wasAway(tree)) plans.push(await planTree(tree, folders, target, plans));
    }
    return plans;
  } catch (error) {
    await removeStaging(plans);
    throw error;
  }
}

function wasAway({ files, folders, named: [first] }: TreeManifest): boolean {
  return files === 0 && folders === 0 && first?.why === "gone" && isAbsolute(first.path);
}

async function planTree(
  { name, folder }: TreeManifest,
  folders: ReadonlyMap<string, { path: string; name: string }>,
  target: FilesTarget,
  others: readonly TreePlan[],
): Promise<TreePlan> {
  const plan = { name, id: newId() };
  if (!folder) return { ...plan, target: target.trash, isMade: await makeFolder(target.trash) };
  const record = folders.get(JSON.stringify(folder));
  if (!record) {
    throw new FreshetError("invalid_request", `Cannot read the backup: the folder of ${name} is missing`);
  }
  const key = { folder: { key: folder, path: record.path } };
  const isApart = others.every((other) =>
    !isBelow(record.path, other.target) && !isBelow(other.target, record.path)
  );
  if (isApart && await isFree(record.path, target)) {
    try {
      return { ...plan, ...key, target: record.path, isMade: await makeFolder(record.path) };
    } catch (error) {
      // A disk that is not there, or one that Freshet may not write to.
      if (!(error instanceof Error)) throw error;
    }
  }
  return { ...plan, ...key, target: await makeBeside(target.beside, record.name), isMade: true };
}

async function foldersIn(archive: Archive): Promise<Map<string, { path: string; name: string }>> {
  const folders = new Map<string, { path: string; name: string }>();
  for await (const entry of archive.entries("file_folder")) {
    if (entry.type !== "record") continue;
    const { path, name } = JSON.parse(entry.body) as { path?: unknown; name?: unknown };
    if (typeof path !== "string") continue;
    folders.set(JSON.stringify(entry.key), { path, name: typeof name === "string" ? name : "" });
  }
  return folders;
}

/** Whether nothing is at a path, or an empty folder, and no link is on the way: it comes from an archive. */
async function isFree(path: string, { mayHold }: FilesTarget): Promise<boolean> {
  if (!isAbsolute(path) || path.length > PATH_MAX_CHARS || path.includes("\0") || resolve(path) !== path) {
    return false;
  }
  try {
    if (!await mayHold(path)) return false;
    for (let there = path;; there = resolve(there, "..")) {
      if (!await isThere(there)) continue;
      if (await Deno.realPath(there) !== there) return false;
      return there !== path || await isEmptyFolder(path);
    }
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function isEmptyFolder(path: string): Promise<boolean> {
  for await (const _ of Deno.readDir(path)) return false;
  return true;
}

async function makeFolder(path: string): Promise<boolean> {
  const isMade = !await isThere(path);
  await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  return isMade;
}

async function makeBeside(beside: string, name: string): Promise<string> {
  const parent = await makeParent(beside);
  const wanted = usableName(name);
  for (let n = 1;; n++) {
    const path = join(parent, n === 1 ? wanted : `${wanted} (${n})`);
    try {
      await Deno.mkdir(path, { mode: 0o700 });
      return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

/** Resolved, as the paths of added folders are. */
async function makeParent(beside: string): Promise<string> {
  try {
    await Deno.mkdir(beside, { recursive: true, mode: 0o700 });
    return await Deno.realPath(beside);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("storage", `Cannot restore the files: cannot make the folder ${beside}: ${why}`, {
      hint:
        "Folders whose own place is taken or closed come there; make that folder, and let Freshet write to it",
      cause,
    });
  }
}

function usableName(name: string): string {
  try {
    return newFileName(name.trim().slice(0, NAME_MAX_CHARS).trim());
  } catch (error) {
    if (error instanceof FreshetError) return "folder";
    throw error;
  }
}
