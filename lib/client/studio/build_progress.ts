import { BUILD_STEPS, type BuildStep } from "../../shared/mod.ts";
import type { LiveFile } from "./live_version.ts";

/** What the progress of a version is told from. */
export interface BuildFigures {
  step: BuildStep;
  files: readonly LiveFile[];
  plannedFiles: readonly string[];
  /** Lines of the file that is being written. */
  currentLines: number;
  /** Checks that are done, and all of them. */
  checksDone: number;
  checks: number;
  /** ms since it began. */
  elapsedMs: number;
}

/** How far a version has come. */
export interface BuildProgress {
  /** From 0 to 1. */
  share: number;
  /** Files that are done. */
  done: number;
  /** Files there will be, as far as anybody knows. */
  total: number;
  /** ms; absent where it is too early to say. */
  msLeft?: number;
}

/** Where each step begins, of the whole. */
const BEGINS: Record<BuildStep, number> = {
  planning: 0,
  analyzing: 0.06,
  generating: 0.1,
  validating: 0.82,
  complete: 1,
};
/** Lines of a file as long as others usually are. */
const USUAL_LINES = 80;
/** Files as many as a version usually has. */
const USUAL_FILES = 8;
/** A guess before this time (ms), or this share, is worth nothing. */
const EARLIEST_MS = 2500;
const EARLIEST_SHARE = 0.16;

/** How far a version has come, by its steps, its files and its checks. */
export function buildProgress(figures: BuildFigures): BuildProgress {
  const { files, plannedFiles, elapsedMs } = figures;
  const done = files.filter(({ status }) => status !== "generating").length;
  const paths = new Set([...plannedFiles, ...files.map(({ path }) => path)]);
  const share = shareOf(figures, done, Math.max(paths.size, 1));
  const progress: BuildProgress = { share, done, total: paths.size };
  if (elapsedMs >= EARLIEST_MS && share >= EARLIEST_SHARE && share < 1) {
    progress.msLeft = elapsedMs * (1 - share) / share;
  }
  return progress;
}

function shareOf(figures: BuildFigures, done: number, total: number): number {
  const { step } = figures;
  const begin = BEGINS[step];
  const end = BEGINS[BUILD_STEPS[BUILD_STEPS.indexOf(step) + 1] ?? "complete"];
  return begin + (end - begin) * within(figures, done, total);
}

/** How much of its step is done. */
function within(
  { step, files, plannedFiles, currentLines, checks, checksDone }: BuildFigures,
  done: number,
  total: number,
): number {
  if (step === "validating") return checks > 0 ? checksDone / checks : 0;
  if (step !== "generating") return 0;
  const isWriting = files.some(({ status }) => status === "generating");
  const part = isWriting ? Math.min(currentLines / USUAL_LINES, 0.95) : 0;
  // Without a plan nobody knows how many files come: some more than there are, fewer the more there are already.
  const expected = plannedFiles.length > 0 ? total : total + Math.max(USUAL_FILES - done, 2);
  return Math.min((done + part) / expected, 1);
}
