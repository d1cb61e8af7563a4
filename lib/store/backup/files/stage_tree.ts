import { join } from "node:path";
import { FreshetError } from "../../../shared/mod.ts";
import { filePathParts } from "../../../shared/files/mod.ts";
import type { Archive } from "../archive.ts";
import { Digest } from "../digest_value.ts";
import type { TreeManifest } from "../format.ts";
import type { ReadEntry } from "./read_tree.ts";
import { entryDigest, type TreeEntry } from "./tree_index.ts";
import { stagingOf, type TreePlan } from "./tree_place.ts";
import { TreeWriter } from "./write_tree.ts";

const RULES = { windows: Deno.build.os === "windows" };
const NAMED_MAX = 20;
/** The owner needs to write into a folder, here and later. */
const OWNERS = 0o700;

/** What of a tree was written. */
export interface StagedTree {
  files: number;
  bytes: number;
  /** Entries whose names this system cannot have, or does not tell from another one. */
  leftOut: number;
  /** The first of them. */
  named: { path: string; why: string }[];
}

/**
 * Writes a tree into its hidden folder, where nothing is, and reads it again. Throws `storage` where what is on the disk then is
 * not what is in the archive.
 */
export async function stageTree(
  archive: Archive,
  tree: TreeManifest,
  plan: TreePlan,
  signal?: AbortSignal,
): Promise<StagedTree> {
  const staging = stagingOf(plan);
  await Deno.mkdir(staging, { mode: 0o700 });
  const staged = new Staged();
  for await (const read of archive.treeEntries(tree)) {
    signal?.throwIfAborted();
    await staged.add(staging, read, signal);
  }
  await staged.leave(staging);
  const again = new TreeWriter({ path: staging, closed: [] }, { onLine: () => Promise.resolve(), signal });
  for await (const _ of again.chunks());
  if (again.summary().sha256 === staged.sha256) return staged.summary();
  throw new FreshetError("storage", `Cannot confirm the restore: the files in ${plan.target} are others`, {
    hint: "Restore again; the disk may be failing",
  });
}

class Staged {
  readonly #digest = new Digest();
  readonly #summary: StagedTree = { files: 0, bytes: 0, leftOut: 0, named: [] };
  /** A folder that could not be made: what is in it goes with it. */
  #without: string | undefined;
  /** The folders on the way. */
  readonly #open: TreeEntry[] = [];

  get sha256(): string {
    return this.#digest.value().sha256;
  }

  summary(): StagedTree {
    return this.#summary;
  }

  async add(staging: string, { entry, content }: ReadEntry, signal: AbortSignal | undefined): Promise<void> {
    const { path, kind } = entry;
    await this.leave(staging, path);
    if (this.#without !== undefined && path.startsWith(`${this.#without}/`)) return this.#leaveOut(path, "");
    const why = await write(staging, entry, content, signal);
    if (why !== undefined) {
      if (kind === "folder") this.#without = path;
      return this.#leaveOut(path, why);
    }
    this.#digest.add(entryDigest(entry));
    if (kind === "folder") {
      this.#open.push(entry);
      return;
    }
    this.#summary.files++;
    this.#summary.bytes += entry.size;
  }

  /** Gives folders their times and rights, when nothing comes into them any more: `next` is the path that follows. */
  async leave(staging: string, next = ""): Promise<void> {
    for (let last = this.#open.at(-1); last && !next.startsWith(`${last.path}/`); last = this.#open.at(-1)) {
      this.#open.pop();
      const real = join(staging, ...filePathParts(last.path, RULES));
      if (Deno.build.os === "windows") continue;
      await Deno.chmod(real, last.mode | OWNERS);
      await Deno.utime(real, new Date(), new Date(last.modifiedAt));
    }
  }

  /** Those in a folder that is left out are counted; that one is named. */
  #leaveOut(path: string, why: string): void {
    this.#summary.leftOut++;
    if (why !== "" && this.#summary.named.length < NAMED_MAX) {
      this.#summary.named.push({ path: path.slice(0, 300), why });
    }
  }
}

/** Why an entry cannot be written; undefined where it was. */
async function write(
  staging: string,
  entry: TreeEntry,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const real = join(staging, ...filePathParts(entry.path, RULES));
    if (entry.kind === "folder") await Deno.mkdir(real, { mode: entry.mode | OWNERS });
    else await writeFile(real, entry, content, signal);
    return undefined;
  } catch (error) {
    // Names that the system takes for one: nothing is written over another file.
    if (error instanceof Deno.errors.AlreadyExists) return "name";
    if (error instanceof FreshetError && error.field === "path") return "name";
    if (error instanceof Error && "code" in error && error.code === "ENAMETOOLONG") return "name";
    throw error;
  }
}

async function writeFile(
  real: string,
  { mode, modifiedAt }: TreeEntry,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  using file = await Deno.open(real, { write: true, createNew: true, mode: 0o600 });
  for await (const chunk of content) {
    signal?.throwIfAborted();
    for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
  }
  await file.utime(new Date(), new Date(modifiedAt));
  if (Deno.build.os !== "windows") await Deno.chmod(real, mode | 0o400);
}
