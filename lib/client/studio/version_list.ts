import type { Project, ProjectBranch, Version, VersionStatus } from "../../shared/mod.ts";

/** The versions of a branch with those that it came from, oldest first. */
export function versionsOfBranch(versions: readonly Version[], branch: ProjectBranch | undefined): Version[] {
  if (!branch) return [];
  const byId = new Map(versions.map((version) => [version.id, version]));
  const chosen = new Set<string>();
  const choose = (version: Version | undefined) => {
    while (version && !chosen.has(version.id)) {
      chosen.add(version.id);
      version = version.parentId === null ? undefined : byId.get(version.parentId);
    }
  };
  // A new branch has no version of its own yet: its head is the one that it began at.
  choose(byId.get(branch.headId ?? ""));
  for (const version of versions) if (version.branch === branch.name) choose(version);
  return versions.filter(({ id }) => chosen.has(id)).sort((a, b) => a.number - b.number);
}

/** A branch of a project by its name. */
export function branchOf(project: Project, name: string): ProjectBranch | undefined {
  return project.branches.find((branch) => branch.name === name);
}

/**
 * The version to show where nobody chose one: the one that is being generated, else the newest that stands, else the newest.
 * `versions` are newest first.
 */
export function versionToShow(project: Project, versions: readonly Version[]): Version | undefined {
  const branch = branchOf(project, project.activeBranch);
  const id = branch?.generatingId ?? branch?.headId;
  return versions.find((version) => version.id === id) ?? versions[0];
}

/** The versions with one of them put in the place of its older self, or in front; newest first. */
export function withVersion(versions: readonly Version[], version: Version): Version[] {
  const others = versions.filter(({ id }) => id !== version.id);
  return [...others, version].sort((a, b) => b.number - a.number);
}

/** Whether two records of a version are the same; once a version is made only its star and its note change. */
export function isSameVersion(a: Version, b: Version): boolean {
  return a.status !== "generating" && a.status === b.status && a.endedAt === b.endedAt &&
    a.starred === b.starred && a.note === b.note && a.title === b.title;
}

/** How a version stands, as one word for the interface: its status, or what its checks came to. */
export type Standing = Exclude<VersionStatus, "complete"> | "passed" | "problems" | "unchecked";

/** How a version stands. */
export function standingOf({ status, validation, origin }: Version): Standing {
  if (status !== "complete") return status;
  if (!validation || validation.outcome === "not_validated") {
    return origin === "prompt" || origin === "retry" || validation ? "unchecked" : "passed";
  }
  return validation.outcome === "passed" ? "passed" : "problems";
}
