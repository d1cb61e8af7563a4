import {
  type CheckProblem,
  FreshetError,
  pathIdentity,
  PROJECT_LIMITS,
  type ProjectFile,
  projectPath,
} from "../../shared/mod.ts";

const encoder = new TextEncoder();

/** Paths that lead nowhere else, no two files in one place, and the limits of a project. Runs before anything is written. */
export function checkPaths(files: readonly ProjectFile[]): CheckProblem[] {
  const problems: CheckProblem[] = [];
  const seen = new Map<string, string>();
  let totalBytes = 0;
  if (files.length > PROJECT_LIMITS.files) {
    problems.push({ message: `There are ${files.length} files; ${PROJECT_LIMITS.files} are allowed` });
  }
  for (const { path, content } of files) {
    const bytes = encoder.encode(content).length;
    totalBytes += bytes;
    if (bytes > PROJECT_LIMITS.fileBytes) {
      problems.push({ path, message: `It has ${bytes} bytes; ${PROJECT_LIMITS.fileBytes} are allowed` });
    }
    const problem = pathProblem(path) ?? collision(path, seen);
    if (problem) problems.push({ path, message: problem });
  }
  if (totalBytes > PROJECT_LIMITS.totalBytes) {
    problems.push({
      message: `All files have ${totalBytes} bytes; ${PROJECT_LIMITS.totalBytes} are allowed`,
    });
  }
  return problems;
}

function pathProblem(path: string): string | undefined {
  try {
    if (projectPath(path) !== path) return "The path is not in its normal form";
  } catch (error) {
    if (error instanceof FreshetError) return error.message;
    throw error;
  }
  const isPackageFolder = path.split("/").some((segment) => segment.toLowerCase() === "node_modules");
  return isPackageFolder ? "A project has no node_modules of its own" : undefined;
}

/** Also finds a file where another file has a folder. */
function collision(path: string, seen: Map<string, string>): string | undefined {
  const identity = pathIdentity(path);
  for (const [other, otherPath] of seen) {
    if (other === identity) return `It is the same file as ${otherPath} on some systems`;
    if (other.startsWith(`${identity}/`) || identity.startsWith(`${other}/`)) {
      return `It cannot stand beside ${otherPath}: one of them is a folder`;
    }
  }
  seen.set(identity, path);
  return undefined;
}
