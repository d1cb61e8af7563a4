import { join } from "node:path";
import { isUsableName } from "../../../shared/files/mod.ts";
import type { LeftOutReason } from "./tree_index.ts";

/** What lies beside a backup while it is made. */
const SCRATCH = /^\.(snapshot|index)-[0-9A-Z]{26}/i;
/** Backups themselves, whose folder may be one that is added: each would hold those before it, and be twice as large. */
const BACKUP = /^(freshet-[0-9a-z-]+\.zip(\.partial)?$|\.(upload|probe)-)/;
const RULES = { windows: Deno.build.os === "windows" };

/** A folder on the disk that is put into an archive. */
export interface Tree {
  /** Absolute. */
  path: string;
  /** Absolute paths that are passed over: Freshet's own data and its backups. */
  closed: readonly string[];
  /** It is not there, or a link is in its place: nothing of it is read. */
  isAway?: boolean;
  /** The names directly in it that belong to it; all where absent. */
  only?: ReadonlySet<string>;
}

/** Something found in a tree; paths are relative, with forward slashes, but that of a tree that cannot be read at all. */
export type Found =
  | { kind: "folder" | "file"; path: string; real: string; info: Deno.FileInfo }
  | { kind: "left out"; path: string; why: LeftOutReason };

/**
 * All of a tree: a folder before what is in it, names in the order of their code units. Links are not followed. What cannot be
 * read is told of and passed over. Only the names of the folders on the way are kept.
 */
export async function* walk(tree: Tree): AsyncGenerator<Found, void, undefined> {
  if (tree.isAway) yield { kind: "left out", path: tree.path, why: "gone" };
  else yield* below(tree, tree.path, "");
}

async function* below(tree: Tree, real: string, path: string): AsyncGenerator<Found, void, undefined> {
  const names = await namesIn(real);
  if (!names) {
    yield { kind: "left out", path: path || real, why: "unreadable" };
    return;
  }
  const holdsBackups = path === "" && tree.closed.includes(real);
  for (const name of names) {
    if (path === "" && tree.only && !tree.only.has(name)) continue;
    if (holdsBackups && BACKUP.test(name)) continue;
    const found = await look(tree, join(real, name), path === "" ? name : `${path}/${name}`, name);
    yield found;
    if (found.kind === "folder") yield* below(tree, found.real, found.path);
  }
}

async function look(tree: Tree, real: string, path: string, name: string): Promise<Found> {
  const leftOut = (why: LeftOutReason): Found => ({ kind: "left out", path, why });
  if (tree.closed.includes(real) || SCRATCH.test(name)) return leftOut("freshet");
  if (!isUsableName(name, RULES)) return leftOut("name");
  let info: Deno.FileInfo;
  try {
    info = await Deno.lstat(real);
  } catch (error) {
    return leftOut(whyNot(error));
  }
  if (info.isSymlink) return leftOut("link");
  if (info.isDirectory) return { kind: "folder", path, real, info };
  return info.isFile ? { kind: "file", path, real, info } : leftOut("special");
}

async function namesIn(real: string): Promise<string[] | undefined> {
  try {
    const names: string[] = [];
    for await (const { name } of Deno.readDir(real)) names.push(name);
    return names.sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
  } catch (error) {
    if (whyNot(error) === "gone") return [];
    return undefined;
  }
}

/** Why something cannot be read. Throws what is no answer of the file system. */
export function whyNot(error: unknown): LeftOutReason {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return "gone";
  if (error instanceof Error) return "unreadable";
  throw error;
}
