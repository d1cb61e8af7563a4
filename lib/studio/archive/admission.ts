import { FreshetError, PROJECT_LIMITS, type ProjectFile, projectPath } from "../../shared/mod.ts";
import { collidingPaths } from "../collisions.ts";

/** Why a file was not imported: it is not text, or its name (or content) is not UTF-8. */
export type SkipReason = "binary" | "not_utf8" | "name";

/** A file that was not imported. */
export interface SkippedFile {
  path: string;
  reason: SkipReason;
}

/** What an import brought. */
export interface ImportedProject {
  /** Sorted by path; texts exactly as they were, with their byte order mark and line endings. */
  files: ProjectFile[];
  skipped: SkippedFile[];
}

/** A file that wants to be imported. */
export interface Candidate {
  path: string;
  /** Bytes, as declared; `read` gives no more. */
  size: number;
  read(): Uint8Array;
}

/** Folders that a project's own files are never in. */
const LEFT_OUT = new Set(["node_modules", ".git", "__macosx"]);
/** Folders that are a project's own, also where there is nothing beside them. */
const OWN_FOLDERS = new Set(["lib", "public", "routes", "src", "static", "tests"]);
/** Endings of files that are no text: they need not be inflated to know it, and do not count for the limits. */
const BINARY =
  /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|heic|woff2?|ttf|otf|eot|mp[34]|m4[av]|wav|ogg|flac|webm|mov|avi|mkv|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|wasm|exe|dll|so|dylib|bin|class|pyc|sqlite3?|db)$/i;
const NUL_SEARCHED_BYTES = 8_192;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** True for what is left out without a word: dependencies, git's folder and what macOS leaves behind. */
export function isLeftOut(path: string): boolean {
  const segments = path.split("/");
  if (segments.includes("..")) return false;
  return segments.some((segment) => LEFT_OUT.has(segment.toLowerCase())) || segments.at(-1) === ".DS_Store";
}

/**
 * The files of an import, after every path and size was checked and before any was read. A single folder around everything is
 * taken off, unless it is one of a project's own (`src`, `public`, …). Throws `invalid_request` for a path that could lead
 * outside or that another one has on a file system that ignores case, and where nothing is left; `payload_too_large` beyond
 * `PROJECT_LIMITS`.
 */
export function admit(candidates: readonly Candidate[]): ImportedProject {
  const named = withoutTopFolder(candidates.filter(({ path }) => !isLeftOut(path)));
  const checked = named.map((candidate) => ({ ...candidate, path: projectPath(candidate.path) }));
  assertDistinct(checked.map(({ path }) => path));
  const [binary, texts] = [checked.filter(isBinaryName), checked.filter((file) => !isBinaryName(file))];
  assertWithinLimits(texts);
  const imported: ImportedProject = {
    files: [],
    skipped: binary.map(({ path }) => ({ path, reason: "binary" })),
  };
  for (const { path, read } of texts) {
    const text = textOf(read());
    if (typeof text === "string") imported.files.push({ path, content: text });
    else imported.skipped.push({ path, reason: text.reason });
  }
  if (imported.files.length === 0) throw refused("invalid_request", "it has no text files");
  imported.files.sort(byPath);
  imported.skipped.sort(byPath);
  return imported;
}

function withoutTopFolder(candidates: Candidate[]): Candidate[] {
  const cleaned = candidates.map((file) => ({ ...file, path: file.path.replace(/^(?:\.\/)+/, "") }));
  const [top = ""] = cleaned[0]?.path.split("/") ?? [];
  const prefix = `${top}/`;
  const isAround = cleaned.every(({ path }) => path.startsWith(prefix));
  // An empty name, `.` or `..` is no folder to take off; the paths are refused as they are.
  if (!isAround || /^\.{0,2}$/.test(top) || OWN_FOLDERS.has(top.toLowerCase())) return cleaned;
  projectPath(top);
  return cleaned.map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
}

/** No two files may be one on a file system that ignores case, and no file the folder of another. */
function assertDistinct(paths: string[]): void {
  const colliding = collidingPaths(paths);
  if (colliding) throw collision(...colliding);
}

function assertWithinLimits(files: { path: string; size: number }[]): void {
  const { files: count, fileBytes, totalBytes } = PROJECT_LIMITS;
  if (files.length > count) {
    throw refused("payload_too_large", `it has ${files.length} files and ${count} are allowed`);
  }
  const large = files.find(({ size }) => size > fileBytes);
  if (large) {
    throw refused("payload_too_large", `${JSON.stringify(large.path)} is larger than ${fileBytes} bytes`);
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > totalBytes) {
    throw refused("payload_too_large", `it has ${total} bytes and ${totalBytes} are allowed`);
  }
}

function textOf(bytes: Uint8Array): string | { reason: SkipReason } {
  if (bytes.subarray(0, NUL_SEARCHED_BYTES).includes(0)) return { reason: "binary" };
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return { reason: "not_utf8" };
    throw error;
  }
}

function isBinaryName({ path }: { path: string }): boolean {
  return BINARY.test(path);
}

function collision(path: string, other: string): FreshetError {
  const problem = `${JSON.stringify(path)} and ${JSON.stringify(other)} cannot both be files everywhere`;
  return refused("invalid_request", problem);
}

function refused(code: "invalid_request" | "payload_too_large", problem: string): FreshetError {
  return new FreshetError(code, `Cannot import the project: ${problem}`);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
