/** A file of a tree; files of the same hash hold the same. */
export interface TreeFile {
  path: string;
  sha256: string;
}

/** What became of a path; `from` is the path that a renamed file had. */
export type TreeChange =
  | { path: string; operation: "created" | "modified" | "deleted" }
  | { path: string; operation: "renamed"; from: string };

/**
 * What changed between two trees, sorted by path (by code units); files that stayed are left out. A file that is gone and
 * whose hash turns up at one new path is renamed; of several, those that keep their name are matched first.
 */
export function diffTrees(before: readonly TreeFile[], after: readonly TreeFile[]): TreeChange[] {
  const [old, young] = [hashes(before), hashes(after)];
  const changes: TreeChange[] = [];
  const created: TreeFile[] = [];
  for (const [path, sha256] of young) {
    const known = old.get(path);
    if (known === undefined) created.push({ path, sha256 });
    else if (known !== sha256) changes.push({ path, operation: "modified" });
  }
  const gone = before.filter(({ path }) => !young.has(path)).toSorted(byPath);
  const origins = originsOf(created.toSorted(byPath), gone);
  for (const { path } of created) {
    const from = origins.get(path);
    changes.push(
      from === undefined ? { path, operation: "created" } : { path, operation: "renamed", from },
    );
  }
  const moved = new Set(origins.values());
  for (const { path } of gone) if (!moved.has(path)) changes.push({ path, operation: "deleted" });
  return changes.sort(byPath);
}

/** New path → the path that its file had. */
function originsOf(created: TreeFile[], gone: TreeFile[]): Map<string, string> {
  const free = Map.groupBy(gone, ({ sha256 }) => sha256);
  const origins = new Map<string, string>();
  const match = (fits: (from: string, to: string) => boolean) => {
    for (const { path, sha256 } of created) {
      if (origins.has(path)) continue;
      const candidates = free.get(sha256) ?? [];
      const index = candidates.findIndex((file) => fits(file.path, path));
      const [taken] = index < 0 ? [] : candidates.splice(index, 1);
      if (taken) origins.set(path, taken.path);
    }
  };
  match((from, to) => nameOf(from) === nameOf(to));
  match(() => true);
  return origins;
}

function hashes(files: readonly TreeFile[]): Map<string, string> {
  return new Map(files.map(({ path, sha256 }) => [path, sha256]));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
