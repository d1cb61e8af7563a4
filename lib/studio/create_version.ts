import { type CreatedVersion, type CreateVersionBody, FreshetError, type Version } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { ByHand } from "./by_hand.ts";
import type { ProjectStore } from "./project_store.ts";
import type { Prompts } from "./prompts.ts";
import type { VersionStore } from "./version_store.ts";

/** What the making of versions needs. */
export interface CreateVersionParts {
  projects: ProjectStore;
  versions: VersionStore;
  prompts: Prompts;
  byHand: ByHand;
}

/** Makes a version as the body says. Returns before a model was asked. */
export async function createVersion(
  principal: Principal,
  projectId: string,
  body: CreateVersionBody,
  idempotencyKey: string | null,
  parts: CreateVersionParts,
): Promise<CreatedVersion> {
  const { prompts, byHand } = parts;
  switch (body.origin) {
    case "prompt": {
      const { origin: _, fromVersionId, ...fields } = body;
      if (fromVersionId !== undefined) await endedVersion(principal, projectId, fromVersionId, parts);
      const from = fromVersionId === undefined ? {} : { parentId: fromVersionId };
      return await prompts.prompt(principal, projectId, { ...fields, ...from }, idempotencyKey);
    }
    case "retry": {
      const { prompt, branch, parentId, imageIds = [] } = await endedVersion(
        principal,
        projectId,
        body.versionId,
        parts,
      );
      if (!prompt) throw new FreshetError("conflict", "This version was not made by a prompt");
      const fields = { text: prompt, branch, parentId, imageIds, origin: "retry" as const };
      return await prompts.prompt(principal, projectId, fields, idempotencyKey);
    }
    case "edit":
      return await byHand.edit(principal, projectId, body);
    case "restore": {
      const { paths, ...fields } = body;
      return paths
        ? await byHand.take(principal, projectId, { ...fields, paths })
        : await byHand.restore(principal, projectId, fields);
    }
  }
}

/** A version that is made. Throws `not_found`, and `conflict` while it is being generated. */
export async function endedVersion(
  principal: Principal,
  projectId: string,
  versionId: string,
  { projects, versions }: Pick<CreateVersionParts, "projects" | "versions">,
): Promise<Version> {
  await projects.get(principal, projectId);
  const version = await versions.get(principal, projectId, versionId);
  if (version.status !== "generating") return version;
  throw new FreshetError("conflict", `v${version.number} is still being generated`);
}
