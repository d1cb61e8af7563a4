import { join } from "node:path";
import type { Clock } from "../host/mod.ts";
import type { FileHit, FileSearchEnd, FileSearchEvent } from "../shared/mod.ts";
import { joinFilePath } from "../shared/files/mod.ts";
import { isMissing, onFiles } from "./fs_errors.ts";
import { isTemporary, kindOf } from "./listing.ts";
import { previewKindOf } from "./media.ts";
import { isBelow, type Place } from "./path_guard.ts";

/** Bounds of one search. */
export interface SearchBounds {
  hits: number;
  /** Entries looked at. */
  entries: number;
  ms: number;
  /** Bytes of a file whose content is read. */
  fileBytes: number;
  depth: number;
}

const BOUNDS: SearchBounds = {
  hits: 500,
  entries: 200_000,
  ms: 30_000,
  fileBytes: 2 * 1024 * 1024,
  depth: 64,
};
const HITS_PER_FILE = 5;
const TEXT_MAX_CHARS = 200;
/** So many characters are shown before what was found. */
const LEAD_CHARS = 60;
const PROGRESS_EVERY = 500;
/** What programs keep for themselves: large, and not what somebody looks for. */
const SKIPPED_FOLDERS = new Set([".git", "node_modules", ".hg", ".svn"]);

/** What is sought. */
export interface FileQuery {
  text: string;
  /** Whether the contents of files are searched too, not only names. */
  contents: boolean;
}

/** What `searchFiles` needs besides. */
export interface SearchOptions {
  clock: Clock;
  signal: AbortSignal;
  bounds?: Partial<SearchBounds>;
}

/**
 * Searches names, and contents where that is wanted, below a folder, nearest first, and tells what it finds as it finds it.
 * Case does not count. Links are not followed, so nothing outside is read and no circle is walked; binary and huge files are
 * skipped. It ends at its bounds, and when the signal is aborted.
 */
export async function* searchFiles(
  start: Place,
  { text, contents }: FileQuery,
  { clock, signal, bounds }: SearchOptions,
): AsyncGenerator<FileSearchEvent, void, undefined> {
  const limits = { ...BOUNDS, ...bounds };
  const sought = text.normalize("NFC").toLowerCase();
  const until = clock.now() + limits.ms;
  const end: FileSearchEnd = { seen: 0, skipped: 0 };
  let hits = 0;
  const waiting: { path: string; real: string; depth: number }[] = [
    { path: start.path, real: start.real, depth: 0 },
  ];
  for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
    for (const { name, isDirectory, isFile } of await entriesOf(folder.real)) {
      if (signal.aborted) return;
      if (isTemporary(name)) continue;
      if (clock.now() > until) return yield stop("time");
      if (end.seen >= limits.entries) return yield stop("entries");
      if (++end.seen % PROGRESS_EVERY === 0) yield { type: "progress", data: { seen: end.seen } };
      const path = joinFilePath(folder.path, name);
      const real = join(folder.real, name);
      if (start.root.closed.some((closed) => isBelow(real, closed))) continue;
      const found: FileHit[] = [];
      if (name.normalize("NFC").toLowerCase().includes(sought)) {
        found.push({ path, kind: kindOf({ isDirectory, isFile }) });
      }
      if (contents && isFile) {
        const lines = previewKindOf(name) === "none"
          ? undefined
          : await linesWith(real, sought, limits.fileBytes);
        if (lines) found.push(...lines.map((line): FileHit => ({ path, kind: "file", ...line })));
        else end.skipped++;
      }
      for (const hit of found) {
        yield { type: "hit", data: hit };
        if (++hits >= limits.hits) return yield stop("hits");
      }
      if (isDirectory && !SKIPPED_FOLDERS.has(name) && folder.depth < limits.depth) {
        waiting.push({ path, real, depth: folder.depth + 1 });
      }
    }
  }
  yield { type: "end", data: end };

  function stop(stopped: NonNullable<FileSearchEnd["stopped"]>): FileSearchEvent {
    return { type: "end", data: { ...end, stopped } };
  }
}

/** The entries of a folder by name; none where it is gone or not ours to read, or was swapped for a link. */
async function entriesOf(real: string): Promise<Deno.DirEntry[]> {
  try {
    if (await Deno.realPath(real) !== real) return [];
    const entries = await Array.fromAsync(Deno.readDir(real));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (isMissing(error) || error instanceof Deno.errors.PermissionDenied) return [];
    return await onFiles("folder", () => Promise.reject(error));
  }
}

/** The first lines of a file with the text in them, or undefined where its content cannot be searched. */
async function linesWith(
  real: string,
  sought: string,
  maxBytes: number,
): Promise<{ line: number; text: string }[] | undefined> {
  const bytes = await readSmall(real, maxBytes);
  if (!bytes || bytes.subarray(0, 8_192).includes(0)) return undefined;
  const content = new TextDecoder().decode(bytes);
  const found: { line: number; text: string }[] = [];
  if (!content.normalize("NFC").toLowerCase().includes(sought)) return found;
  for (const [i, line] of content.split(/\r\n|\r|\n/).entries()) {
    const at = line.normalize("NFC").toLowerCase().indexOf(sought);
    if (at < 0) continue;
    const from = Math.max(0, at - LEAD_CHARS);
    found.push({ line: i + 1, text: line.slice(from, from + TEXT_MAX_CHARS).trim() });
    if (found.length === HITS_PER_FILE) break;
  }
  return found;
}

async function readSmall(real: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    const info = await Deno.lstat(real);
    if (!info.isFile || info.size > maxBytes) return undefined;
    const bytes = await Deno.readFile(real);
    // A folder on the way may have been swapped for a link: then what was read is not told.
    return await Deno.realPath(real) === real ? bytes : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}
