import { stripVTControlCharacters } from "node:util";
import { fileURLToPath } from "node:url";
import type { CheckProblem } from "../shared/mod.ts";
import type { Job } from "./workspace.ts";

const PROBLEMS_MAX = 50;
const MESSAGE_CHARS_MAX = 400;

/** Problems as they leave the sandbox: at most 50, of at most 400 characters, without control codes. */
export function boundProblems(problems: readonly CheckProblem[]): CheckProblem[] {
  const bounded = problems.slice(0, PROBLEMS_MAX).map((problem) => ({
    ...problem,
    message: clip(stripVTControlCharacters(problem.message).trim()),
  }));
  const rest = problems.length - PROBLEMS_MAX;
  return rest > 0 ? [...bounded.slice(0, -1), { message: `and ${rest + 1} more` }] : bounded;
}

/** Text of a tool as a person should see it: paths relative to the project, no control codes. */
export function cleanText(text: string, job: Job): string {
  return stripVTControlCharacters(text)
    .replaceAll(job.projectUrl, "")
    .replaceAll(`${job.projectDirectory}/`, "")
    .replaceAll(`${job.projectDirectory}\\`, "")
    .replaceAll(job.projectDirectory, ".")
    .replaceAll("./project/", "")
    .replaceAll(job.directory, ".")
    .trim();
}

/** The path of a file within the project; undefined for anything outside. */
export function pathInProject(url: string, job: Job): string | undefined {
  if (!isBelow(url, job.projectUrl)) return undefined;
  const prefix = job.projectDirectory.length + 1;
  return fileURLToPath(url).slice(prefix).replaceAll("\\", "/");
}

/** Whether a URL is below a directory's. Encoded slashes are refused: URLs keep them as they are, file systems follow `..%2f`. */
export function isBelow(url: string, directoryUrl: string): boolean {
  return url.startsWith(directoryUrl) && !/%2f|%5c/i.test(url) && new URL(url).href.startsWith(directoryUrl);
}

/** The last lines of what a tool said, for when it cannot be told apart any further. */
export function lastLines(text: string, count = 8): string {
  return text.split("\n").filter((line) => line.trim() !== "").slice(-count).join("\n");
}

function clip(text: string): string {
  return text.length <= MESSAGE_CHARS_MAX ? text : `${text.slice(0, MESSAGE_CHARS_MAX - 1)}…`;
}
