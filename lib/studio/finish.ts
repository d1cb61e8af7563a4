import {
  FreshetError,
  type ManifestFile,
  type RunState,
  type Version,
  type VersionProgress,
} from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { RunOf } from "../runs/mod.ts";
import type { Transaction } from "../store/mod.ts";
import { idle, withBranch } from "./branches.ts";
import type { ProjectStore } from "./project_store.ts";
import { shortTitle } from "./title_line.ts";
import type { VersionStore } from "./version_store.ts";

/** What the end of a version needs. */
export interface FinishOptions {
  clock: Clock;
  log: Log;
  projects: ProjectStore;
  versions: VersionStore;
}

/** Writes what a run has made of its version, in the commit that ends the run. A version that failed is no head. */
export async function finishVersion(
  run: RunOf<"project">,
  state: RunState,
  transaction: Transaction,
  { versions, projects, clock, log }: FinishOptions,
): Promise<void> {
  const { profileId, subject: { projectId, versionId } } = run;
  const place = { profileId, projectId };
  const [stored, storedProject] = await Promise.all([
    versions.find(place, versionId),
    projects.find(profileId, projectId),
  ]);
  // The project was deleted for good meanwhile: there is nothing to write to.
  if (!stored || !storedProject) return;
  transaction.operation.check(stored);
  const base = await versions.ownManifest(place, versionId) ??
    await versions.manifest(place, stored.value.parentId);
  const ended = withRun(stored.value, state, clock.now());
  const files = withProgress(base, state.version);
  const finished = await versions.writeFinished(transaction, profileId, ended, files).catch(async (error) => {
    if (!(error instanceof FreshetError) || error.code !== "storage") throw error;
    // Damaged files must not keep the run from its end; which ones they are, the version says.
    log.error("Cannot compare a version with its parent", { version: versionId, error });
    const failed: Version = { ...ended, status: "failed", error: error.toBody() };
    await versions.write(transaction, profileId, failed);
    return failed;
  });
  const project = storedProject.value;
  const branch = project.branches.find(({ name }) => name === finished.branch);
  if (!branch) return;
  const headId = finished.status === "complete" ? versionId : branch.headId;
  const next = branch.generatingId === versionId ? idle({ ...branch, headId }) : branch;
  projects.write(profileId, transaction.operation, storedProject, {
    ...withBranch(project, next),
    updatedAt: clock.now(),
  });
}

/** The files of a version: those it began with, and what its run has finished. */
function withProgress(
  base: readonly ManifestFile[],
  progress: VersionProgress | undefined,
): ManifestFile[] {
  const files = new Map(base.map((file) => [file.path, file]));
  for (const { path, file, operation, status } of progress?.files ?? []) {
    // A file that is being written anew when the run ends is still the one that was stored before.
    if (file) files.set(path, file);
    else if (operation === "deleted" && status === "complete") files.delete(path);
  }
  return [...files.values()];
}

/** A version with what its run has made of it. */
function withRun(version: Version, state: RunState, endedAt: number): Version {
  const { version: progress, error, model, nodeName, usage } = state;
  const told = { error, model, nodeName, usage, validation: progress?.validation };
  return {
    ...version,
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
    status: state.status === "running" ? "interrupted" : state.status,
    title: progress?.title || version.title || shortTitle(version.prompt),
    answer: state.text || progress?.planning || version.answer,
    activities: progress?.activities ?? version.activities,
    endedAt,
  };
}
