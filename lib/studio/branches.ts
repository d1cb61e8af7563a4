import { FreshetError, type ProjectBranch } from "../shared/mod.ts";
import type { ProjectRecord } from "./records.ts";

const BRANCHES_MAX = 50;
const NAME_MAX_CHARS = 60;

/** A branch by its name, the active one where none is named. Throws `not_found`. */
export function branchOf(project: ProjectRecord, name = project.activeBranch): ProjectBranch {
  const branch = project.branches.find((branch) => branch.name === name);
  if (branch) return branch;
  throw new FreshetError("not_found", `There is no branch ${name}`, { field: "branch" });
}

/** The project with one branch replaced. */
export function withBranch(project: ProjectRecord, branch: ProjectBranch): ProjectRecord {
  const branches = project.branches.map((old) => old.name === branch.name ? branch : old);
  return { ...project, branches };
}

/** A branch that generates nothing any more. */
export function idle({ generatingId: _, ...branch }: ProjectBranch): ProjectBranch {
  return branch;
}

/** The project with a new branch that begins at a version, and is the active one. Throws `conflict` for a name that is taken. */
export function withNewBranch(project: ProjectRecord, name: string, headId: string): ProjectRecord {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed.length > NAME_MAX_CHARS) {
    throw new FreshetError("invalid_request", `A branch's name has 1 to ${NAME_MAX_CHARS} characters`, {
      field: "name",
    });
  }
  if (project.branches.length >= BRANCHES_MAX) {
    throw new FreshetError("conflict", `A project has at most ${BRANCHES_MAX} branches`);
  }
  if (project.branches.some((branch) => branch.name === trimmed)) {
    throw new FreshetError("conflict", `There is a branch ${trimmed} already`, { field: "name" });
  }
  const branches = [...project.branches, { name: trimmed, headId, queue: [] }];
  return { ...project, branches, activeBranch: trimmed };
}
