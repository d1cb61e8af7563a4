import { FreshetError } from "../shared/mod.ts";
import type { TerminalFolder } from "../shared/terminal/mod.ts";

const ENTRIES_MAX = 1_000;
/** Names that are looked at to find the first in order. */
const SEEN_MAX = 20_000;

/** The names in a folder: folders first, each kind by name. Throws `not_found` or `forbidden`. */
export async function listFolder(path: string): Promise<TerminalFolder> {
  const entries: TerminalFolder["entries"] = [];
  try {
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
      entries.push({ name, type: isDirectory ? "folder" : isSymlink ? "link" : "file" });
      if (entries.length >= SEEN_MAX) break;
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.PermissionDenied || cause instanceof Deno.errors.NotCapable) {
      throw new FreshetError("forbidden", "This folder cannot be read", { cause });
    }
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
      throw new FreshetError("not_found", "This folder is not on this machine", { cause });
    }
    throw cause;
  }
  const order = (type: string) => type === "folder" ? 0 : 1;
  entries.sort((a, b) => order(a.type) - order(b.type) || a.name.localeCompare(b.name, "en"));
  return { path, entries: entries.slice(0, ENTRIES_MAX), isCut: entries.length > ENTRIES_MAX };
}

/** The folder of a process, where this system and our permissions let us see it. */
export async function cwdOfProcess(pid: number): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  try {
    return await Deno.readLink(`/proc/${pid}/cwd`);
  } catch (error) {
    // The process ended, or reading /proc takes more permissions than we have.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
