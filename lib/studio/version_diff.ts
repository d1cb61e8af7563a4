import type { FileOperation, ManifestFile } from "../shared/mod.ts";
import { diffText, diffTrees, lineCounts } from "../diff/mod.ts";

/** A file that differs between two versions, with both contents; null where there is none. */
export interface DiffedFile {
  path: string;
  operation: FileOperation | "renamed";
  /** The path before, of a renamed file. */
  from?: string;
  before: string | null;
  after: string | null;
  addedLines: number;
  removedLines: number;
}

/** All files in which two versions differ. */
export async function diffManifests(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
  read: (file: ManifestFile) => Promise<string>,
): Promise<DiffedFile[]> {
  const old = new Map(before.map((file) => [file.path, file]));
  const current = new Map(after.map((file) => [file.path, file]));
  const content = async (file: ManifestFile | undefined) => file ? await read(file) : null;
  return await Promise.all(
    diffTrees(before, after).map(async (change): Promise<DiffedFile> => {
      const from = change.operation === "renamed" ? change.from : undefined;
      const [left, right] = await Promise.all([
        content(old.get(from ?? change.path)),
        content(current.get(change.path)),
      ]);
      const counts = lineCounts(diffText(left ?? "", right ?? ""));
      return {
        path: change.path,
        operation: change.operation,
        ...(from === undefined ? {} : { from }),
        before: left,
        after: right,
        ...counts,
      };
    }),
  );
}
