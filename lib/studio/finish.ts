import type { ManifestFile, RunState, Version, VersionProgress } from "../shared/mod.ts";
import { shortTitle } from "./title_line.ts";

/** The files of a version: those it began with, and what its run has finished. */
export function withProgress(
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
export function withRun(version: Version, state: RunState, endedAt: number): Version {
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
