import { type FileChange, FreshetError, type ManifestFile } from "../shared/mod.ts";
import { applyDiff, diffText, lineCounts, type TextDiff } from "../diff/mod.ts";
import { sha256Hex } from "../store/mod.ts";

const encoder = new TextEncoder();

/** What a version changed against its parent, with the diffs of modified files. */
export interface Changes {
  changes: FileChange[];
  diffs: { path: string; diff: TextDiff }[];
}

/**
 * The changes from one list of files to another, by path. Each diff is applied once, to see that it gives the very content
 * whose hash the file has. Throws `storage` where it does not.
 */
export async function changesBetween(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
  read: (file: ManifestFile) => Promise<string>,
): Promise<Changes> {
  const old = new Map(before.map((file) => [file.path, file]));
  const found: Changes = { changes: [], diffs: [] };
  for (const file of after) {
    const previous = old.get(file.path);
    old.delete(file.path);
    if (previous?.sha256 === file.sha256) continue;
    if (!previous) {
      const addedLines = lineCount(await read(file));
      found.changes.push({ path: file.path, operation: "created", addedLines, removedLines: 0 });
      continue;
    }
    const diff = await exactDiff(await read(previous), await read(file), file);
    found.changes.push({ path: file.path, operation: "modified", ...lineCounts(diff) });
    found.diffs.push({ path: file.path, diff });
  }
  for (const file of old.values()) {
    const removedLines = lineCount(await read(file));
    found.changes.push({ path: file.path, operation: "deleted", addedLines: 0, removedLines });
  }
  found.changes.sort((a, b) => a.path < b.path ? -1 : 1);
  return found;
}

async function exactDiff(before: string, after: string, { path, sha256 }: ManifestFile): Promise<TextDiff> {
  const diff = diffText(before, after);
  if (await sha256Hex(encoder.encode(applyDiff(before, diff))) === sha256) return diff;
  throw new FreshetError("storage", `Cannot keep the diff of ${path}: it does not give the new content`);
}

function lineCount(text: string): number {
  if (text === "") return 0;
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
