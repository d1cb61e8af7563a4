import type { CheckProblem, ProjectFile, ProjectKind } from "../../shared/mod.ts";
import type { Job } from "../workspace.ts";
import type { Toolchain } from "../toolchain.ts";
import type { LintReport, ModuleGraph } from "./reports.ts";

/** What a check works on. The files are written to the job's directory already. */
export interface CheckContext {
  files: readonly ProjectFile[];
  kinds: readonly ProjectKind[];
  job: Job;
  toolchain: Toolchain;
  signal: AbortSignal | undefined;
  /** What `deno info` says, asked once. */
  graph(): Promise<ModuleGraph>;
  /** What `deno lint` says, asked once. */
  lint(): Promise<LintReport>;
}

/** What a check found; `skipped` says why there was nothing to do. */
export type Finding = { problems: CheckProblem[] } | { skipped: string };

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const TEST = /(?:^|[/_.])test\.(?:m?[jt]s|[jt]sx)$/;

/** The files that are JavaScript or TypeScript. */
export function codeFiles(files: readonly ProjectFile[]): ProjectFile[] {
  return files.filter(({ path }) => CODE.test(path));
}

/** The files that `deno test` runs. */
export function testFiles(files: readonly ProjectFile[]): ProjectFile[] {
  return files.filter(({ path }) => TEST.test(path));
}
