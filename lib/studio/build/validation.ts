import type { CheckResult, ProjectFile, ProjectKind, RunEvent, ValidationReport } from "../../shared/mod.ts";
import { CHECKS, FreshetError, withResult } from "../../shared/mod.ts";
import type { Sandbox } from "../../sandbox/mod.ts";

const PROBLEMS_MAX_CHARS = 6_000;

/** Checks the files of versions. */
export interface Validate {
  /** All checks, telling as it goes. */
  all(
    files: ProjectFile[],
    kinds: ProjectKind[],
    signal: AbortSignal,
  ): AsyncGenerator<RunEvent, ValidationReport, undefined>;
  /** Those that make sense for files of a version that is still being written. */
  early(files: ProjectFile[], kinds: ProjectKind[], signal: AbortSignal): AsyncIterable<CheckResult>;
}

/** Validation by a sandbox; where it can run nothing the version is "not validated", with the reason. */
export function validateIn(sandbox: Sandbox): Validate {
  return {
    all: (files, kinds, signal) => validateAll(sandbox, files, kinds, signal),
    async *early(files, kinds, signal) {
      if ((await sandbox.availability()).type === "missing") return;
      yield* sandbox.check(files, { kinds, checks: ["paths", "parse"], signal });
    },
  };
}

async function* validateAll(
  sandbox: Sandbox,
  files: ProjectFile[],
  kinds: ProjectKind[],
  signal: AbortSignal,
): AsyncGenerator<RunEvent, ValidationReport, undefined> {
  const availability = await sandbox.availability();
  if (availability.type === "missing") {
    return { outcome: "not_validated", reason: availability.reason, results: [], repairs: 0 };
  }
  yield { type: "validation:start", checks: [...CHECKS] };
  let results: CheckResult[] = [];
  try {
    for await (const result of sandbox.check(files, { kinds, signal })) {
      results = withResult(results, result);
      yield { type: "validation:result", result };
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FreshetError)) throw error;
    // The sandbox failed, not the version: nothing is to be repaired.
    return { outcome: "not_validated", reason: error.message, results, repairs: 0 };
  }
  signal.throwIfAborted();
  const outcome = results.some((result) => result.outcome === "failed") ? "failed" : "passed";
  return { outcome, results, repairs: 0 };
}

/** What the checks found, as a model reads it. */
export function problemsText({ results }: ValidationReport): string {
  return results.filter(({ outcome }) => outcome === "failed").flatMap(({ check, problems, message }) => [
    `${check}:${message ? ` ${message}` : ""}`,
    ...problems.map((problem) => {
      const place = [problem.path, problem.line, problem.column].filter((part) => part !== undefined).join(
        ":",
      );
      return `- ${place ? `${place}: ` : ""}${problem.message}`;
    }),
  ]).join("\n").slice(0, PROBLEMS_MAX_CHARS);
}

/** Whether two reports found the same: another try would find it again. */
export function sameProblems(a: ValidationReport, b: ValidationReport): boolean {
  return withoutPlaces(problemsText(a)) === withoutPlaces(problemsText(b));
}

/** Lines move when a file is written anew. */
function withoutPlaces(text: string): string {
  return text.replaceAll(/:\d+/g, "");
}
