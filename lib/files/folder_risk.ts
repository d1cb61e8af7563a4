import { FreshetError } from "../shared/mod.ts";
import { isBelow } from "./path_guard.ts";

/** Folders that hold the system and no documents: what is there is not to be shown or changed from a web page. */
const REFUSED = ["/proc", "/sys", "/dev", "/run", "/boot", "C:\\Windows"];
/** Folders that hold more than one probably means. */
const BROAD = [
  "/etc",
  "/usr",
  "/var",
  "/bin",
  "/sbin",
  "/lib",
  "/opt",
  "/home",
  "/Users",
  "/root",
  "/System",
  "C:\\Users",
];

/** What programs and the system keep to themselves: nothing is put there that somebody has not chosen at this machine. */
const SYSTEM = [
  "/etc",
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib64",
  "/var",
  "/System",
  "/Library",
  "/Applications",
  "C:\\Program Files",
  "C:\\ProgramData",
];
/** Anybody's settings and keys, and programs that a shell finds by their names. */
const TAKEN_FOR_THEIRS = /[/\\](\.[^/\\]*|s?bin)([/\\]|$)/;

/** What a folder is judged by. */
export interface Surroundings {
  /** Freshet's own data folder, resolved; none where the data is in memory. */
  data: string | undefined;
  /** The person's home folder, resolved. */
  home: string | undefined;
}

/**
 * Judges a folder that somebody wants to add, by its resolved path: throws `forbidden` for what is never opened, and returns why
 * one should think twice about the others, or undefined.
 */
export function riskOf(
  path: string,
  { data, home }: Surroundings,
): "home" | "broad" | "hidden" | "data" | undefined {
  if (/^(\/|[a-z]:\\)$/i.test(path)) {
    throw new FreshetError("forbidden", "Cannot add the whole file system", { hint: "Add a folder in it" });
  }
  if (REFUSED.some((refused) => isBelow(path, refused))) {
    throw new FreshetError("forbidden", `Cannot add ${path}: it belongs to the system`);
  }
  if (data !== undefined && isBelow(path, data)) {
    throw new FreshetError("forbidden", "Cannot add Freshet's own data folder");
  }
  if (home !== undefined && isBelow(home, path)) return path === home ? "home" : "broad";
  if (data !== undefined && isBelow(data, path)) return "data";
  if (home !== undefined && isBelow(path, home) && /^[/\\]\./.test(path.slice(home.length))) return "hidden";
  return BROAD.includes(path) ? "broad" : undefined;
}

/** Whether files may be put at a path that stands in a backup: not where programs, or the login, take what is there for theirs. */
export function mayRestoreTo(path: string, surroundings: Surroundings): boolean {
  if (SYSTEM.some((system) => isBelow(path, system)) || TAKEN_FOR_THEIRS.test(path)) return false;
  try {
    return riskOf(path, surroundings) === undefined;
  } catch (error) {
    if (error instanceof FreshetError) return false;
    throw error;
  }
}
