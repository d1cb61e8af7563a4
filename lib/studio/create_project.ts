import { type CreatedVersion, type CreateProjectBody, FreshetError } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { IdempotentRequest, type Store } from "../store/mod.ts";
import { branchOf } from "./branches.ts";
import type { ImageStore } from "./image_store.ts";
import type { Making } from "./making.ts";
import { kindsOf, projectName } from "./naming.ts";
import type { ProjectStore } from "./project_store.ts";
import type { VersionStore } from "./version_store.ts";

/** What the making of projects needs. */
export interface CreateProjectParts {
  store: Store;
  images: ImageStore;
  projects: ProjectStore;
  versions: VersionStore;
  making: Making;
}

/**
 * Makes a project and, where there is a prompt, begins its first version, in one commit; the same idempotency key gives the same
 * project again.
 */
export async function createProject(
  principal: Principal,
  { prompt, name, kinds, model, imageIds = [] }: CreateProjectBody,
  idempotencyKey: string | null,
  parts: CreateProjectParts,
): Promise<CreatedVersion> {
  const { store, images, projects, making } = parts;
  if (prompt === undefined && name === undefined) {
    throw new FreshetError("invalid_request", "A project needs a prompt or a name", { field: "prompt" });
  }
  const { profileId } = principal;
  const request = new IdempotentRequest<{ projectId: string; versionId?: string }>(
    store,
    profileId,
    "projects",
    idempotencyKey,
  );
  const repeated = await createdBefore(principal, await request.result(), parts);
  if (repeated) return repeated;
  await images.getAll(principal, imageIds);
  const project = projects.draft({
    name: name ?? projectName(prompt ?? ""),
    kinds: kinds ?? kindsOf(prompt ?? ""),
    ...(model ? { model } : {}),
  });
  await using transaction = store.transaction();
  const begun = prompt === undefined ? undefined : await making.begin(
    principal,
    project,
    branchOf(project),
    { text: prompt, imageIds },
    transaction,
  );
  const created = begun?.project ?? project;
  projects.add(profileId, transaction.operation, created);
  request.keep(transaction.operation, {
    projectId: project.id,
    ...(begun ? { versionId: begun.version.id } : {}),
  });
  const commit = await transaction.commit();
  if (!commit.ok) {
    const made = await createdBefore(principal, await request.result(), parts);
    if (made) return made;
    throw new FreshetError("conflict", "The project could not be made; try again", { retryAfter: 1 });
  }
  if (begun) making.launch(principal, begun, commit.versionstamp);
  projects.changed(profileId, project.id);
  return { project: created, ...(begun ? { version: begun.version } : {}) };
}

async function createdBefore(
  principal: Principal,
  made: { projectId: string; versionId?: string } | null,
  { projects, versions }: CreateProjectParts,
): Promise<CreatedVersion | null> {
  if (!made) return null;
  const { value: project } = await projects.get(principal, made.projectId);
  if (!made.versionId) return { project };
  return { project, version: await versions.get(principal, made.projectId, made.versionId) };
}
