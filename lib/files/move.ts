import { basename, dirname } from "node:path";
import { type FileEntry, FreshetError } from "../shared/mod.ts";
import { claim } from "./claim.ts";
import { onFiles } from "./fs_errors.ts";
import { describe } from "./listing.ts";
import { assertNoCollision, exists } from "./names.ts";
import { isBelow, isSameFile, locateEntry, locateNew, type Root } from "./path_guard.ts";
import { transfer } from "./transfer.ts";

/**
 * Moves an entry, within its folder or to another one; that is also how it gets another name. A link is moved, not what it
 * leads to. Throws `conflict` where the new name is taken.
 */
export async function moveEntry(from: Root, path: string, to: Root, newPath: string): Promise<FileEntry> {
  const source = await locateEntry(from, path);
  const target = await locateNew(to, newPath);
  if (source.real === target.real) return await entryAt(target);
  if (source.info.isDirectory && isBelow(target.parent.real, source.real)) {
    throw new FreshetError("invalid_request", "A folder cannot be moved into itself");
  }
  const oldName = dirname(source.real) === target.parent.real ? basename(source.real) : undefined;
  return await onFiles(JSON.stringify(target.path), async () => {
    await assertNoCollision(target.parent, target.name, oldName);
    // A system that takes both names for one has the source itself at the target: only its case changes.
    const isOnlyCase = oldName !== undefined && await isSame(source.real, target.real);
    const claimed = isOnlyCase ? undefined : await claim(target.real, source.info);
    const how = await transfer(source.real, target.real).catch(async (error) => {
      await claimed?.giveUp();
      throw error;
    });
    await assertArrived(source, target, how);
    return await entryAt(target);
  });
}

/**
 * A folder on the way may have been swapped for a link between the check and the rename, which goes by paths. What then was
 * moved out, or in from outside, is put back; whoever can swap folders so quickly can write in them anyway.
 */
async function assertArrived(
  source: Awaited<ReturnType<typeof locateEntry>>,
  target: Awaited<ReturnType<typeof locateNew>>,
  how: "renamed" | "copied",
): Promise<void> {
  const parent = await Deno.realPath(target.parent.real);
  // A copy is another file.
  const isIt = how === "copied" || isSameFile(await Deno.lstat(target.real), source.info);
  if (parent === target.parent.real && isIt) return;
  await transfer(target.real, source.real);
  throw new FreshetError("conflict", "A folder on the way was replaced meanwhile", { hint: "Try again" });
}

/** Makes a folder. Throws `conflict` where the name is taken. */
export async function makeFolder(root: Root, path: string): Promise<FileEntry> {
  const target = await locateNew(root, path);
  return await onFiles(JSON.stringify(target.path), async () => {
    await assertNoCollision(target.parent, target.name);
    await Deno.mkdir(target.real);
    return await entryAt(target);
  });
}

async function isSame(a: string, b: string): Promise<boolean> {
  return await exists(b) && isSameFile(await Deno.lstat(a), await Deno.lstat(b));
}

async function entryAt({ parent, name }: Awaited<ReturnType<typeof locateNew>>): Promise<FileEntry> {
  const entry = await describe(parent, name);
  if (entry) return entry;
  throw new FreshetError("conflict", `${JSON.stringify(name)} was removed meanwhile`);
}
