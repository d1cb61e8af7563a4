import { FreshetError, pathIdentity } from "../shared/mod.ts";
import { fileNameOf } from "../shared/files/mod.ts";
import { isMissing } from "./fs_errors.ts";
import type { Place } from "./path_guard.ts";

/**
 * Throws `conflict` where a folder has a name already that only looks different to some file systems: in case, or in how its
 * letters are composed. `except` is the entry that gets the name.
 */
export async function assertNoCollision(parent: Place, name: string, except?: string): Promise<void> {
  const identity = pathIdentity(name);
  for await (const other of Deno.readDir(parent.real)) {
    if (other.name === name || other.name === except) continue;
    if (pathIdentity(other.name) !== identity) continue;
    throw new FreshetError("conflict", `There is ${JSON.stringify(other.name)} already`, {
      hint: "The names differ only in ways that not every system tells apart",
    });
  }
}

/** Whether there is anything at an absolute path, a broken link too. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** A name like this one that is not taken: "notes (2).md". */
export async function freeName(parent: Place, wanted: string): Promise<string> {
  const taken = new Set<string>();
  for await (const { name } of Deno.readDir(parent.real)) taken.add(pathIdentity(name));
  if (!taken.has(pathIdentity(wanted))) return wanted;
  const name = fileNameOf(wanted);
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let n = 2;; n++) {
    const candidate = `${stem} (${n})${ending}`;
    if (!taken.has(pathIdentity(candidate))) return candidate;
  }
}
