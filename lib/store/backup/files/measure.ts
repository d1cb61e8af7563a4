import type { Store } from "../../store.ts";
import { type FilesSource, folderTrees, trashTree } from "./trees.ts";
import { walk } from "./walk.ts";

/** How much the files of a backup would be. */
export interface FilesSize {
  /** Added folders that are there. */
  folders: number;
  files: number;
  bytes: number;
  /** Whether there is more: counting ended at its limit. */
  isPartial: boolean;
}

/** Counts the files of the added folders and of the trash, for at most `ms` and `entries`. */
export async function measureFiles(
  store: Store,
  source: FilesSource,
  limit: { ms: number; entries: number },
): Promise<FilesSize> {
  const until = performance.now() + limit.ms;
  const trees = await folderTrees(store, source);
  const trash = await trashTree(store, source);
  const size: FilesSize = {
    folders: trees.filter(({ tree }) => !tree.isAway).length,
    files: 0,
    bytes: 0,
    isPartial: false,
  };
  let seen = 0;
  for (const { tree } of trash ? [...trees, trash] : trees) {
    for await (const found of walk(tree)) {
      if (++seen > limit.entries || performance.now() > until) return { ...size, isPartial: true };
      if (found.kind !== "file") continue;
      size.files++;
      size.bytes += found.info.size;
    }
  }
  return size;
}
