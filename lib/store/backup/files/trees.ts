import { sep } from "node:path";
import type { Store } from "../../store.ts";
import type { TreeManifest } from "../format.ts";
import type { Tree } from "./walk.ts";

/** Where the files are that a backup may take along, beside what the store says of them. */
export interface FilesSource {
  /** Where deleted files wait, each in a folder of its record's id. */
  trash: string;
  /** Absolute paths that are passed over: Freshet's own data, its backups. */
  closed: readonly string[];
}

/** A tree and what stands of it in the manifest. */
export interface NamedTree {
  about: Pick<TreeManifest, "name" | "folder">;
  tree: Tree;
}

/** The folders that the store's people have added; one within another comes with that. */
export async function folderTrees(store: Store, { closed }: FilesSource): Promise<NamedTree[]> {
  const folders = await foldersOf(store);
  const paths = folders.map(({ path }) => path);
  const trees: NamedTree[] = [];
  for (const { key, path } of folders) {
    if (paths.some((other) => other !== path && isBelow(path, other))) continue;
    trees.push({
      about: { name: `folder-${trees.length + 1}`, folder: key.map(String) },
      tree: { path, closed, isAway: !await isFolder(path) },
    });
  }
  return trees;
}

/** What lies in the trash and has a record in the store. */
export async function trashTree(
  store: Store,
  { trash, closed }: FilesSource,
): Promise<NamedTree | undefined> {
  const only = new Set<string>();
  for await (const { key } of store.kv.list({ prefix: ["trashed_file"] })) only.add(String(key.at(-1)));
  if (only.size === 0) return undefined;
  const path = await Deno.realPath(trash).catch(() => undefined);
  // The trash is in the data folder, which is closed to everything else.
  const apart = path === undefined ? [] : closed.filter((each) => !isBelow(path, each));
  return path === undefined ? undefined : { about: { name: "trash" }, tree: { path, closed: apart, only } };
}

/** The records of folders, with their paths. */
export async function foldersOf(store: Store): Promise<{ key: Deno.KvKey; path: string }[]> {
  const folders: { key: Deno.KvKey; path: string }[] = [];
  for await (const { key, value } of store.kv.list<Uint8Array>({ prefix: ["file_folder"] })) {
    const { body } = await store.body(key, value);
    const { path } = JSON.parse(new TextDecoder().decode(body)) as { path?: unknown };
    if (typeof path === "string") folders.push({ key, path });
  }
  return folders;
}

/** Whether an absolute path is another one or below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return await Deno.realPath(path) === path && (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
