import type { ManifestFile, Version } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { systemClock } from "../../lib/host/mod.ts";
import { Feed, type Store } from "../../lib/store/mod.ts";
import { ProjectStore } from "../../lib/studio/project_store.ts";
import { VersionStore } from "../../lib/studio/version_store.ts";
import type { Edit } from "./edit_history.ts";

const PROFILE = localPrincipal.profileId;

/** Stores a history of edits as versions of a project of its own, by the stores alone; its versions in their order. */
export async function storeHistory(store: Store, edits: readonly Edit[]): Promise<Version[]> {
  const projects = new ProjectStore({ store, clock: systemClock, feed: new Feed() });
  const versions = new VersionStore(store);
  let project = projects.draft({ name: "History", kinds: ["ui"] });
  const stored: Version[] = [];
  for (const edit of edits) {
    const parent = edit.parent === null ? null : stored[edit.parent]?.id ?? null;
    const place = { profileId: PROFILE, projectId: project.id };
    const files = await edited(versions, place.projectId, await versions.manifest(place, parent), edit);
    const drafted = versions.draft(project, {
      branch: "main",
      parentId: parent,
      prompt: "",
      origin: "edit",
      createdAt: systemClock.now(),
    });
    await using transaction = store.transaction();
    const ended: Version = { ...drafted.version, status: "complete" };
    stored.push(await versions.writeFinished(transaction, PROFILE, ended, files));
    if (!(await transaction.commit()).ok) throw new Error("The version was not stored");
    project = drafted.project;
  }
  const operation = store.kv.atomic();
  projects.add(PROFILE, operation, project);
  if (!(await operation.commit()).ok) throw new Error("The project was not stored");
  return stored;
}

async function edited(
  versions: VersionStore,
  projectId: string,
  parent: readonly ManifestFile[],
  { deleted, renamed, written }: Edit,
): Promise<ManifestFile[]> {
  const files = new Map(parent.map((file) => [file.path, file]));
  for (const path of deleted) files.delete(path);
  for (const { from, to } of renamed) {
    const file = files.get(from);
    files.delete(from);
    if (file) files.set(to, { ...file, path: to });
  }
  for (const file of await versions.blobs.writeAll(PROFILE, projectId, written)) files.set(file.path, file);
  return [...files.values()];
}
