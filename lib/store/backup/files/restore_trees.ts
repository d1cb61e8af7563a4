import { statfs } from "node:fs/promises";
import { FreshetError } from "../../../shared/mod.ts";
import type { Archive } from "../archive.ts";
import { diskError } from "../disk_error.ts";
import { removeStaging } from "./place_tree.ts";
import { stageTree } from "./stage_tree.ts";
import type { TreePlan } from "./tree_place.ts";

/** What became of the files of an archive. */
export interface FilesReport {
  files: number;
  bytes: number;
  /** Where folders are now, and where they were when that is elsewhere. */
  folders: { path: string; before?: string }[];
  leftOut: number;
  /** The first of them. */
  named: { path: string; why: string }[];
}

/** Writes all trees into their hidden folders and compares them; undefined where the archive has none. */
export async function stageTrees(
  archive: Archive,
  plans: readonly TreePlan[],
  signal?: AbortSignal,
): Promise<FilesReport | undefined> {
  if (plans.length === 0) return undefined;
  const report: FilesReport = { files: 0, bytes: 0, folders: [], leftOut: 0, named: [] };
  try {
    await refuseWithoutRoom(archive, plans);
    for (const plan of plans) {
      const tree = archive.trees.find(({ name }) => name === plan.name);
      if (!tree) continue;
      const { files, bytes, leftOut, named } = await stageTree(archive, tree, plan, signal);
      report.files += files;
      report.bytes += bytes;
      report.leftOut += leftOut;
      report.named.push(...named);
      if (!plan.folder) continue;
      const { path } = plan.folder;
      report.folders.push({ path: plan.target, ...(path === plan.target ? {} : { before: path }) });
    }
    return report;
  } catch (error) {
    await removeStaging(plans);
    throw diskError("Cannot restore the files", error);
  }
}

/** Each disk has to have room for what comes there. */
async function refuseWithoutRoom(archive: Archive, plans: readonly TreePlan[]): Promise<void> {
  const wanted = new Map<number, { bytes: number; target: string }>();
  for (const { name, target } of plans) {
    const { dev } = await Deno.stat(target);
    const bytes = archive.trees.find((tree) => tree.name === name)?.bytes ?? 0;
    wanted.set(dev, { target, bytes: bytes + (wanted.get(dev)?.bytes ?? 0) });
  }
  for (const { bytes, target } of wanted.values()) {
    const { bavail, bsize } = await statfs(target);
    if (bytes <= bavail * bsize) continue;
    throw new FreshetError(
      "storage",
      `Cannot restore the files: ${target} has room for ${megabytes(bavail * bsize)}, they are ${
        megabytes(bytes)
      }`,
    );
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
