import { join } from "node:path";
import { FreshetError } from "../../../shared/mod.ts";
import type { Store } from "../../store.ts";
import { stagingOf, type TreePlan } from "./tree_place.ts";
import { foldersOf, isBelow } from "./trees.ts";

/**
 * Brings what waits in the hidden folders to its place, and lets the records of folders name it. Done again, it goes on. Throws
 * `conflict` where something came there meanwhile: nothing is overwritten.
 */
export async function placeTrees(store: Store, plans: readonly TreePlan[]): Promise<void> {
  for (const plan of plans) await place(plan);
  await pointFolders(store, plans);
}

/** Removes what waits, and the folders that were made for it, as far as they are empty. */
export async function removeStaging(plans: readonly TreePlan[]): Promise<void> {
  for (const plan of plans) {
    await Deno.remove(stagingOf(plan), { recursive: true }).catch(leaveThere);
    // Where files are in it by now, it stays.
    if (plan.isMade) await Deno.remove(plan.target).catch(leaveThere);
  }
}

async function place(plan: TreePlan): Promise<void> {
  const staging = stagingOf(plan);
  const names = await namesIn(staging);
  if (!names) return;
  for (const name of names) {
    const to = join(plan.target, name);
    // In the trash names are never given twice: what has this one is what was deleted then.
    if (!plan.folder && await isThere(to)) continue;
    await move(join(staging, name), to);
  }
  await Deno.remove(staging, { recursive: !plan.folder });
}

async function move(from: string, to: string): Promise<void> {
  const info = await Deno.lstat(from);
  try {
    // A rename would replace a file; a second name is refused where there is one.
    if (info.isFile) {
      await Deno.link(from, to);
      return await Deno.remove(from);
    }
  } catch (error) {
    // It was cut off between the two.
    if (isSame(info, await Deno.lstat(to).catch(ignoreAbsence))) return await Deno.remove(from);
    if (error instanceof Deno.errors.AlreadyExists) throw taken(to, error);
    // File systems without second names.
    if (!(error instanceof Error)) throw error;
  }
  if (await isThere(to)) throw taken(to);
  await Deno.rename(from, to);
}

/** Folders that were put elsewhere, and those within them. */
async function pointFolders(store: Store, plans: readonly TreePlan[]): Promise<void> {
  const placed = plans.flatMap(({ folder, target }) => folder ? [{ ...folder, target }] : []);
  for (const { key, path } of await foldersOf(store)) {
    const own = placed.find((each) => JSON.stringify(each.key) === JSON.stringify(key));
    const around = own ?? placed.find((each) => isBelow(path, each.path));
    if (!around || around.target === around.path) continue;
    await setPath(store, key, own ? own.target : around.target + path.slice(around.path.length));
  }
}

async function setPath(store: Store, key: Deno.KvKey, path: string): Promise<void> {
  const { value } = await store.kv.get<Uint8Array>(key);
  if (!value) return;
  const { body, schema } = await store.body(key, value);
  const record = { ...JSON.parse(new TextDecoder().decode(body)), path };
  const changed = new TextEncoder().encode(JSON.stringify(record));
  await store.kv.set(key, (await store.encodeBody(key, { body: changed, schema })).bytes);
}

async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  } catch (error) {
    ignoreAbsence(error);
    return undefined;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    ignoreAbsence(error);
    return false;
  }
}

function taken(path: string, cause?: unknown): FreshetError {
  return new FreshetError("conflict", `Cannot restore ${path}: something is there by now`, { cause });
}

function isSame(a: Deno.FileInfo, b: Deno.FileInfo | undefined): boolean {
  return b !== undefined && b.isFile && a.ino !== null && a.ino !== 0 && a.dev === b.dev && a.ino === b.ino;
}

function ignoreAbsence(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** A disk that is away, or may not be written to any more, keeps nothing from starting. */
function leaveThere(error: unknown): void {
  if (!(error instanceof Error)) throw error;
}
