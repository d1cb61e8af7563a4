import type { ManifestFile, Project, Version } from "../shared/mod.ts";
import { recordType } from "../store/mod.ts";
import type { TextDiff } from "../diff/mod.ts";

/** A project as kept: one that was deleted can be brought back for a while. */
export type ProjectRecord = Project & { deletedAt?: number };

/** The files of a version, by path. */
export interface Manifest {
  files: ManifestFile[];
}

/** The diffs of the files that a version modified, against its parent. */
export interface VersionDiffs {
  files: { path: string; diff: TextDiff }[];
}

/** How well a model has kept to the studio's format. */
export interface ModelForm {
  answers: number;
  wellFormed: number;
  edits: number;
  editsApplied: number;
}

/** Kinds of the studio's records with their current schema numbers. */
export const studioRecords = {
  project: recordType<ProjectRecord>("project"),
  version: recordType<Version>("version"),
  manifest: recordType<Manifest>("manifest"),
  diffs: recordType<VersionDiffs>("version diffs"),
  modelForm: recordType<ModelForm>("model form"),
} as const;
