import { FreshetError } from "./errors.ts";

const PATH_BYTES_MAX = 400;
const SEGMENT_BYTES_MAX = 120;
const DEPTH_MAX = 12;
/** Names that Windows gives to devices, in any folder and with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
const FORBIDDEN = /[\p{Cc}\\:*?"<>|]/u;
const encoder = new TextEncoder();

/**
 * The path of a file within a project: relative, with forward slashes, safe on every system it may be unpacked on. `./` in
 * front is dropped. Throws `invalid_request` for anything that could lead outside of the project or be read differently
 * elsewhere: absolute paths, `..`, backslashes, drives, control characters, device names, a dot or space at the end.
 */
export function projectPath(path: string): string {
  const cleaned = path.normalize("NFC").replace(/^(?:\.\/)+/, "");
  const problem = problemOf(cleaned);
  if (!problem) return cleaned;
  throw new FreshetError("invalid_request", `Cannot use the path ${JSON.stringify(path)}: ${problem}`, {
    field: "path",
  });
}

/** What two paths have in common if a file system that ignores case takes them for the same. */
export function pathIdentity(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** The name of the language of a file, by its ending, as highlighters and editors call it; `plaintext` where unknown. */
export function languageOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return LANGUAGES[name.slice(name.lastIndexOf(".") + 1)] ?? "plaintext";
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: "typescript",
  tsx: "typescript",
  mts: "typescript",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  json: "json",
  html: "html",
  htm: "html",
  svg: "xml",
  css: "css",
  md: "markdown",
  yaml: "yaml",
  yml: "yaml",
  sql: "sql",
  sh: "shell",
};

function problemOf(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (encoder.encode(path).length > PATH_BYTES_MAX) return `it is over ${PATH_BYTES_MAX} bytes`;
  if (path.startsWith("/")) return "it is absolute";
  if (FORBIDDEN.test(path)) return "it has a character that file names cannot have everywhere";
  const segments = path.split("/");
  if (segments.length > DEPTH_MAX) return `it is deeper than ${DEPTH_MAX} folders`;
  for (const segment of segments) {
    if (segment === "") return "it has an empty part";
    if (segment === "." || segment === "..") return "it leads to another folder";
    if (/[. ]$/.test(segment) || segment.startsWith(" ")) return "a part of it ends in a dot or a space";
    if (encoder.encode(segment).length > SEGMENT_BYTES_MAX) {
      return `a part is over ${SEGMENT_BYTES_MAX} bytes`;
    }
    if (DEVICE.test(segment)) return "it is the name of a device";
    if (segment.toLowerCase() === ".git") return "it is git's own folder";
  }
  return undefined;
}
