import { FreshetError } from "../errors.ts";

const PATH_CHARS_MAX = 4_096;
const NAME_BYTES_MAX = 255;
/** Names that Windows gives to devices, in any folder and with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** What a path is judged by: Windows reads more names as something else. */
export interface PathRules {
  windows?: boolean;
}

/**
 * The parts of a path below a folder, "" being the folder itself. The path was decoded once, by whoever read the request: what
 * looks encoded after that is a name like any other. Throws `invalid_request` for anything that could lead elsewhere:
 * absolute paths, `..`, `.`, empty parts, backslashes, drives, control characters, and on Windows streams (`a:b`), device
 * names and names that end in a dot or a space.
 */
export function filePathParts(path: string, rules: PathRules = {}): string[] {
  if (path === "") return [];
  if (path.length > PATH_CHARS_MAX) throw refused(path.slice(0, 80), "it is too long");
  const parts = path.split("/");
  for (const part of parts) {
    const problem = problemOfPart(part, rules);
    if (problem) throw refused(path, problem);
  }
  return parts;
}

/** Whether an entry of this name can be named in a path at all. */
export function isUsableName(name: string, rules: PathRules = {}): boolean {
  return !name.includes("/") && problemOfPart(name, rules) === undefined;
}

/**
 * The name for something new, in Unicode's composed form. Stricter than `filePathParts`, so that what is made here can be
 * copied to every system. Throws `invalid_request`.
 */
export function newFileName(name: string): string {
  const composed = name.normalize("NFC");
  const problem = problemOfPart(composed, { windows: true }) ??
    (/[*?"<>|/]/.test(composed) ? "it has a character that file names cannot have everywhere" : undefined) ??
    (composed.startsWith(" ") ? "it begins with a space" : undefined) ??
    (new TextEncoder().encode(composed).length > NAME_BYTES_MAX
      ? `it is over ${NAME_BYTES_MAX} bytes`
      : undefined);
  if (problem) throw refused(name, problem);
  return composed;
}

/** A path and a name below it. */
export function joinFilePath(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** The folder that something is in. */
export function parentFilePath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function problemOfPart(part: string, { windows = false }: PathRules): string | undefined {
  if (part === "") return "it has an empty part";
  if (part === "." || part === "..") return "it leads to another folder";
  if (/[\p{Cc}\\]/u.test(part)) return "it has a character that cannot be in a path";
  // A lone half of a pair would become another name on its way to the file system, and so does what stands for one already.
  if (!part.isWellFormed() || part.includes("\ufffd")) return "it is not valid Unicode";
  if (/^[a-z]:$/i.test(part)) return "it is the name of a drive";
  if (!windows) return undefined;
  if (part.includes(":")) return "it has a colon";
  if (/[. ]$/.test(part)) return "a part of it ends in a dot or a space";
  if (DEVICE.test(part)) return "it is the name of a device";
  return undefined;
}

function refused(path: string, problem: string): FreshetError {
  return new FreshetError("invalid_request", `Cannot use the path ${JSON.stringify(path)}: ${problem}`, {
    field: "path",
  });
}
