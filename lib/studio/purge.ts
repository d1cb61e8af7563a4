import type { Clock, Log } from "../host/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import type { ImageStore } from "./image_store.ts";
import { studioRecords } from "./records.ts";
import type { VersionStore } from "./version_store.ts";

/** What purging needs. */
export interface PurgeParts {
  store: Store;
  clock: Clock;
  log: Log;
  images: ImageStore;
  versions: VersionStore;
}

/** Deletes for good the projects that were deleted a week ago. What fails is tried again later. */
export async function purgeProjects(parts: PurgeParts): Promise<void> {
  const { store, clock, log } = parts;
  try {
    for await (const { key } of store.kv.list({ prefix: keys.projectPurges() })) {
      const [, dueAt, profileId, projectId] = key.map(String);
      if (Number(dueAt) > clock.now() || !profileId || !projectId) return;
      if (await purgeProject(profileId, projectId, parts)) await store.kv.delete(key);
    }
  } catch (error) {
    log.error("Cannot delete what is due; trying again", { error });
  }
}

/** False where the project has changed meanwhile, to be looked at again later. */
async function purgeProject(
  profileId: string,
  projectId: string,
  { store, images, versions }: PurgeParts,
): Promise<boolean> {
  const stored = await store.get(studioRecords.project, keys.project(profileId, projectId));
  if (stored) {
    if (stored.value.deletedAt === undefined) return true;
    // The project goes first, so that nobody brings back one that is half deleted.
    const gone = await store.kv.atomic().check(stored).delete(stored.key).commit();
    if (!gone.ok) return false;
  }
  const prefix = keys.versions(profileId, projectId);
  for await (const { value } of store.list(studioRecords.version, { prefix })) {
    for (const id of value.imageIds ?? []) await images.release(profileId, id, projectId);
  }
  await versions.deleteAll({ profileId, projectId });
  return true;
}
