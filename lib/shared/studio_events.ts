import type { ErrorBody } from "./errors.ts";
import type {
  Activity,
  BuildStep,
  CheckName,
  CheckResult,
  FileChange,
  FileOperation,
  ManifestFile,
  ValidationReport,
} from "./studio.ts";
import { CHECKS } from "./studio.ts";

/** Events of a run that makes a version, beside those that all runs have. They are sent under these names. */
export type VersionEvent =
  | { type: "version:start"; versionId: string; versionNumber: number; branch: string }
  | { type: "step:start"; step: BuildStep }
  | { type: "planning"; message: string; files?: string[] }
  | { type: "activity"; activity: Activity }
  | { type: "file:generating"; filePath: string }
  /** Text of whole lines or parts of them that goes on at the end of the file; `startLine` counts from 1. */
  | { type: "code:chunk"; filePath: string; chunk: string; startLine: number }
  /** The file is stored. `file` is absent where it was deleted. */
  | { type: "file:complete"; filePath: string; operation: FileOperation; file?: ManifestFile }
  /** The file did not come to its end, or was refused; what it was before stays. */
  | { type: "file:dropped"; filePath: string; reason: string }
  | { type: "validation:start"; checks: CheckName[] }
  | { type: "validation:result"; result: CheckResult }
  | { type: "validation:complete"; report: ValidationReport }
  | { type: "version:complete"; title: string; summary: string; filesChanged: FileChange[] }
  /** Why the version failed; the terminal event says so too. */
  | { type: "error"; error: ErrorBody };

/** A file as the making of a version has brought it along. */
export interface GeneratedFile {
  path: string;
  status: "generating" | "complete" | "dropped";
  /** Text so far, while it is being written. */
  text: string;
  operation?: FileOperation;
  file?: ManifestFile;
  reason?: string;
}

/** What the making of a version has come to: the same for live, resumed and reloaded runs. */
export interface VersionProgress {
  versionId: string;
  versionNumber: number;
  branch: string;
  step: BuildStep;
  /** What is planned: the paths of the files to come, where a plan says so. */
  plannedFiles: string[];
  planning: string;
  activities: Activity[];
  /** In the order of their first appearance. */
  files: GeneratedFile[];
  checks: CheckName[];
  results: CheckResult[];
  validation?: ValidationReport;
  title?: string;
  summary?: string;
  changes?: FileChange[];
}

/** Applies an event of the making of a version; `undefined` before its `version:start`. */
export function reduceVersion(
  progress: VersionProgress | undefined,
  event: VersionEvent,
): VersionProgress | undefined {
  if (event.type === "version:start") {
    const { versionId, versionNumber, branch } = event;
    return {
      versionId,
      versionNumber,
      branch,
      step: "planning",
      plannedFiles: [],
      planning: "",
      activities: [],
      files: [],
      checks: [],
      results: [],
    };
  }
  if (!progress) return undefined;
  switch (event.type) {
    case "step:start":
      return { ...progress, step: event.step };
    case "planning":
      return { ...progress, planning: event.message, plannedFiles: event.files ?? progress.plannedFiles };
    case "activity":
      return { ...progress, activities: [...progress.activities, event.activity] };
    case "file:generating":
      return withFile(progress, { path: event.filePath, status: "generating", text: "" });
    case "code:chunk": {
      const file = progress.files.find(({ path }) => path === event.filePath);
      return withFile(progress, {
        path: event.filePath,
        status: "generating",
        text: (file?.status === "generating" ? file.text : "") + event.chunk,
      });
    }
    case "file:complete": {
      const { filePath: path, operation, file } = event;
      return withFile(progress, { path, status: "complete", text: "", operation, ...(file ? { file } : {}) });
    }
    case "file:dropped":
      return withDropped(progress, event.filePath, event.reason);
    case "validation:start":
      return { ...progress, checks: event.checks, results: [] };
    case "validation:result":
      return { ...progress, results: withResult(progress.results, event.result) };
    case "validation:complete":
      return { ...progress, validation: event.report };
    case "version:complete":
      return {
        ...progress,
        step: "complete",
        title: event.title,
        summary: event.summary,
        changes: event.filesChanged,
      };
    case "error":
      return progress;
  }
}

/** The results with a new one, which takes the place of an earlier one of its check; in the order of the checks. */
export function withResult(results: readonly CheckResult[], result: CheckResult): CheckResult[] {
  const others = results.filter(({ check }) => check !== result.check);
  return [...others, result].sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check));
}

function withFile(progress: VersionProgress, file: GeneratedFile): VersionProgress {
  const at = progress.files.findIndex(({ path }) => path === file.path);
  const files = [...progress.files];
  const before = files[at];
  // What was stored before stays true until the file is stored anew.
  const kept = before?.file && !file.file && file.status !== "complete" ? { file: before.file } : {};
  const operation = before?.operation && !file.operation ? { operation: before.operation } : {};
  const next = { ...file, ...kept, ...operation };
  if (at < 0) files.push(next);
  else files[at] = next;
  return { ...progress, files };
}

function withDropped(progress: VersionProgress, path: string, reason: string): VersionProgress {
  const before = progress.files.find((file) => file.path === path);
  if (before?.file) {
    return withFile(progress, { path, status: "complete", text: "", file: before.file, reason });
  }
  return withFile(progress, { path, status: "dropped", text: "", reason });
}
