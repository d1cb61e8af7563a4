import { join } from "node:path";

/** Enough for the data of years; a page must not wait for more. */
const FILES_MAX = 20_000;

/** Bytes of the files below a folder, and whether there are more than were counted. Files that vanish meanwhile count nothing. */
export async function folderSize(folder: string): Promise<{ bytes: number; isMore: boolean }> {
  let bytes = 0;
  let count = 0;
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    try {
      for await (const { name, isDirectory, isFile } of Deno.readDir(next)) {
        if (count++ >= FILES_MAX) return { bytes, isMore: true };
        const path = join(next, name);
        if (isDirectory) waiting.push(path);
        else if (isFile) bytes += (await Deno.lstat(path)).size;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return { bytes, isMore: false };
}

function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
}
