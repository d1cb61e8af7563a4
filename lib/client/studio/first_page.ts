import type { ProjectPage, Version, VersionFiles } from "../../shared/mod.ts";
import { firstFileOf } from "./first_file.ts";
import type { FirstFiles } from "./page_data.ts";
import { TURNS_AT_FIRST } from "./turn_window.ts";
import { branchOf, versionsOfBranch } from "./version_list.ts";

/** Files whose contents (characters) come to no more than this go with the page; of larger ones only the one that is open. */
const CONTENTS_MOST = 48_000;

/** The versions that a project's page begins with, newest first: of the chat the newest turns, where each branch stands, the shown one. */
export function firstVersions({ project, versions }: ProjectPage, shownId: string | undefined): Version[] {
  const thread = versionsOfBranch(versions, branchOf(project, project.activeBranch));
  const ids = new Set<string | null | undefined>(thread.slice(-TURNS_AT_FIRST).map(({ id }) => id));
  for (const { headId, generatingId } of project.branches) ids.add(headId).add(generatingId);
  ids.add(shownId);
  return versions.filter(({ id }) => ids.has(id));
}

/** The files of a version as a project's page begins with them. */
export function firstFiles({ version, files }: VersionFiles): FirstFiles {
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  const states = new Map(version.changes.map(({ path, operation }) => [path, operation]));
  const first = firstFileOf(files.map(({ path }) => ({ path, state: states.get(path) ?? "same" })));
  const sent = size <= CONTENTS_MOST ? files : files.filter(({ path }) => path === first?.path);
  return {
    versionId: version.id,
    paths: files.map(({ path }) => path),
    files: sent.map(({ path, content }) => ({ path, content })),
  };
}
