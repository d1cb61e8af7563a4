import type { ErrorBody } from "./errors.ts";
import type { Usage } from "./generation.ts";

/** What a project is for: `ui` is previewed in a page, `api` is run and asked; a project may be both. */
export type ProjectKind = "ui" | "api";

/** Bounds of a project; beyond them a file or an archive is refused. Bytes but for the count. */
export const PROJECT_LIMITS = {
  files: 400,
  fileBytes: 1_000_000,
  totalBytes: 20_000_000,
  promptChars: 40_000,
  queue: 20,
  images: 4,
} as const;

/** A prompt that waits until the version before it is done. */
export interface QueuedPrompt {
  id: string;
  text: string;
  createdAt: number;
  /** The API key that sent it, which pays for it. */
  keyId?: string;
  imageIds?: string[];
  /** The version to begin with; the head of the branch where absent. */
  fromVersionId?: string;
}

/** A line of versions. At most one of them is being generated at a time. */
export interface ProjectBranch {
  name: string;
  /** The newest version that did not fail; null before the first. */
  headId: string | null;
  /** The version that is being generated. */
  generatingId?: string;
  queue: QueuedPrompt[];
}

/** A project with its branches. */
export interface Project {
  id: string;
  name: string;
  kinds: ProjectKind[];
  /** ms since 1970. */
  createdAt: number;
  updatedAt: number;
  /** `main` comes first. */
  branches: ProjectBranch[];
  /** The branch on which prompts go on. */
  activeBranch: string;
  versionCount: number;
  /** Files that no model may touch; the server refuses it. */
  lockedPaths: string[];
  /** The model to ask; the default one where absent. */
  model?: string;
}

/** What a version did to a file, against its parent. */
export type FileOperation = "created" | "modified" | "deleted";

/** A file that a version changed. */
export interface FileChange {
  path: string;
  operation: FileOperation;
  addedLines: number;
  removedLines: number;
}

/** A file of a version. */
export interface ProjectFile {
  path: string;
  content: string;
}

/** A file of a version without its content. `sha256` is of its UTF-8 bytes, in hex. */
export interface ManifestFile {
  path: string;
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Where a version stands; every one but `generating` is final. */
export type VersionStatus = "generating" | "complete" | "failed" | "cancelled" | "interrupted";

/** How a version came to be. */
export type VersionOrigin = "prompt" | "retry" | "edit" | "restore" | "import" | "duplicate";

/** The checks of a version, in the order in which they are shown. */
export const CHECKS = ["paths", "parse", "imports", "types", "lint", "tests", "start"] as const;

/** The name of a check. */
export type CheckName = typeof CHECKS[number];

/** Something that a check found; lines and columns count from 1. */
export interface CheckProblem {
  path?: string;
  line?: number;
  column?: number;
  message: string;
}

/** What a check came to. `skipped` says why in `message`. */
export interface CheckResult {
  check: CheckName;
  outcome: "passed" | "failed" | "skipped";
  problems: CheckProblem[];
  message?: string;
  durationMs: number;
}

/** What all checks came to; `not_validated` where nothing can be run here, with the reason. */
export interface ValidationReport {
  outcome: "passed" | "failed" | "not_validated";
  reason?: string;
  results: CheckResult[];
  /** How often the model was asked to repair what the checks found. */
  repairs: number;
}

/** A step in the making of a version, as its progress shows it. */
export const BUILD_STEPS = ["planning", "analyzing", "generating", "validating", "complete"] as const;

/** One of `BUILD_STEPS`. */
export type BuildStep = typeof BUILD_STEPS[number];

/** Something the making of a version did, as a line in the chat. */
export type Activity =
  | { type: "read"; path: string }
  | { type: "thought"; durationMs: number }
  | { type: "planned"; fileCount: number }
  | { type: "repaired"; round: number }
  | { type: "resumed"; path: string };

/** A version: immutable once it is no longer `generating`, but for `starred` and `note`. */
export interface Version {
  id: string;
  projectId: string;
  /** Counts from 1 and is unique in the project, across branches. */
  number: number;
  branch: string;
  parentId: string | null;
  origin: VersionOrigin;
  /** The version that a restore brought back. */
  sourceId?: string;
  status: VersionStatus;
  prompt: string;
  imageIds?: string[];
  /** One to three words. */
  title: string;
  /** What the model says of it, in Markdown; for versions by hand what was done. */
  answer: string;
  activities: Activity[];
  changes: FileChange[];
  fileCount: number;
  validation?: ValidationReport;
  error?: ErrorBody;
  runId?: string;
  model?: string;
  nodeName?: string;
  usage?: Usage;
  /** ms since 1970. */
  createdAt: number;
  endedAt?: number;
  starred?: boolean;
  note?: string;
}

/** A message of a project's chat: the prompt of a version, what was answered, or a prompt that waits. */
export interface ProjectMessage {
  id: string;
  role: "user" | "assistant";
  text: string;
  createdAt: number;
  status: "queued" | VersionStatus;
  versionId?: string;
  imageIds?: string[];
}

/** A project in a list. */
export interface ProjectSummary
  extends Pick<Project, "id" | "name" | "kinds" | "createdAt" | "updatedAt" | "versionCount"> {
  isGenerating: boolean;
}

/** `GET /api/projects`; `cursor` asks for the next page. */
export interface ProjectList {
  projects: ProjectSummary[];
  cursor?: string;
}

/** `POST /api/projects`: makes a project and, where there is a prompt, begins its first version. */
export interface CreateProjectBody {
  prompt?: string;
  name?: string;
  kinds?: ProjectKind[];
  model?: string;
  imageIds?: string[];
}

/** `POST /api/projects/:projectId/versions`, by what it is made from. */
export type CreateVersionBody =
  | {
    origin: "prompt";
    text: string;
    branch?: string;
    imageIds?: string[];
    queue?: boolean;
    fromVersionId?: string;
  }
  | { origin: "retry"; versionId: string }
  | {
    origin: "edit";
    branch?: string;
    parentId: string;
    files: ProjectFile[];
    deleted?: string[];
    title?: string;
  }
  | { origin: "restore"; versionId: string; branch?: string; paths?: string[] };

/** Its answer: at once, before a model was asked. `queued` instead of `version` where the prompt waits. */
export interface CreatedVersion {
  project: Project;
  version?: Version;
  queued?: QueuedPrompt;
}

/** `GET …/versions/:versionId/files`. */
export interface VersionFiles {
  version: Version;
  files: (ManifestFile & { content: string })[];
}

/** Everything a project's page starts with. */
export interface ProjectPage {
  project: Project;
  /** Newest first. */
  versions: Version[];
}

/** A version of an API project that runs, or has run. */
export interface ProjectProcess {
  id: string;
  versionId: string;
  state: "starting" | "running" | "exited";
  /** ms since 1970. */
  startedAt: number;
  exit?: { code: number; reason: string };
}

/** A request to a running version. */
export interface ProcessRequest {
  method: string;
  /** With the query; begins with a slash. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What a running version answered. Bodies are cut at a megabyte; bytes that are no text are given in base64. */
export interface ProcessResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  isBase64: boolean;
  isCut: boolean;
  durationMs: number;
}

/** A request that was kept with its project. */
export interface SavedRequest extends ProcessRequest {
  id: string;
  name: string;
}
