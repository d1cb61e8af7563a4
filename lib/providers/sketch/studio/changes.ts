import { applyPatch, structuredPatch } from "diff";
import type { ProjectFile } from "../../../shared/mod.ts";

/** What a new version does to the files, and what it leaves as it is. */
export interface Changes {
  written: ProjectFile[];
  deleted: string[];
  /** Files that were edited by hand and take the change all the same. */
  merged: string[];
  /** Files that should change but were edited by hand just there, or deleted. */
  kept: string[];
  locked: string[];
  /** Files that were not shown whole and are written anew. */
  unseen: string[];
}

/** What `changesBetween` goes by. */
export interface Comparison {
  /** What the project was made from, rendered; empty for a first version. */
  before: readonly ProjectFile[];
  after: readonly ProjectFile[];
  /** The files as they are now. */
  current: readonly ProjectFile[];
  lockedPaths: readonly string[];
  /** Paths of files that exist but were not shown. */
  unseenPaths: readonly string[];
}

const CONTEXT_LINES = 3;

/**
 * What has to be written and deleted so that the project becomes `after`. Where a file is no longer as it was rendered, someone
 * has edited it: it gets the lines that change, if they fit there exactly, and is left as it is otherwise.
 */
export function changesBetween(comparison: Comparison): Changes {
  const changes: Changes = { written: [], deleted: [], merged: [], kept: [], locked: [], unseen: [] };
  const before = contentByPath(comparison.before);
  const after = contentByPath(comparison.after);
  const current = contentByPath(comparison.current);
  for (const file of comparison.after) {
    const old = before.get(file.path);
    const now = current.get(file.path);
    if (old === file.content || now === file.content) continue;
    if (comparison.lockedPaths.includes(file.path)) changes.locked.push(file.path);
    else if (now === undefined && comparison.unseenPaths.includes(file.path)) {
      changes.unseen.push(file.path);
      changes.written.push(file);
    } else if (now === old) changes.written.push(file);
    else merge(changes, file, old, now);
  }
  for (const [path, old] of before) {
    const now = current.get(path);
    if (after.has(path) || (now === undefined && !comparison.unseenPaths.includes(path))) continue;
    if (comparison.lockedPaths.includes(path)) changes.locked.push(path);
    else if (now === undefined || now === old) changes.deleted.push(path);
    else changes.kept.push(path);
  }
  return changes;
}

function merge(changes: Changes, file: ProjectFile, old: string | undefined, now: string | undefined): void {
  const content = old === undefined || now === undefined ? undefined : patched(now, old, file.content);
  if (content === undefined) return void changes.kept.push(file.path);
  changes.merged.push(file.path);
  changes.written.push({ path: file.path, content });
}

/** The text with what leads from `old` to `next` done to it; undefined where it does not fit. */
function patched(text: string, old: string, next: string): string | undefined {
  const patch = structuredPatch("", "", old, next, undefined, undefined, { context: CONTEXT_LINES });
  const result = applyPatch(text, patch, { fuzzFactor: 0 });
  return result === false ? undefined : result;
}

function contentByPath(files: readonly ProjectFile[]): Map<string, string> {
  return new Map(files.map(({ path, content }) => [path, content]));
}
