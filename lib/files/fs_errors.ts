import { FreshetError } from "../shared/mod.ts";

/** What stands for "this is no longer there" among the errors of a file system. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** True for a rename that would have to copy: source and target are on different devices. */
export function isOtherDevice(error: unknown): boolean {
  return codeOf(error) === "EXDEV" ||
    (error instanceof Error && isWindowsOtherDevice(error));
}

/** Runs work on files and gives the system's errors the shape of ours; `what` is named in them. */
export async function onFiles<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fileError(what, cause);
  }
}

/** The system's error as one of ours; other errors stay as they are. */
export function fileError(what: string, cause: unknown): unknown {
  if (cause instanceof FreshetError || !(cause instanceof Error)) return cause;
  if (cause instanceof Deno.errors.NotCapable) return missingFlag(cause);
  if (isMissing(cause)) return new FreshetError("not_found", `There is no ${what}`, { cause });
  if (cause instanceof Deno.errors.PermissionDenied) {
    return new FreshetError("forbidden", `The system does not let Freshet use ${what}`, {
      hint: "It belongs to somebody else, or is protected",
      cause,
    });
  }
  if (cause instanceof Deno.errors.AlreadyExists || codeOf(cause) === "ENOTEMPTY") {
    return new FreshetError("conflict", `There is ${what} already`, { cause });
  }
  if (cause instanceof Deno.errors.FilesystemLoop) {
    return new FreshetError("forbidden", `Cannot use ${what}: its links go in a circle`, { cause });
  }
  if (cause instanceof Deno.errors.IsADirectory) {
    return new FreshetError("invalid_request", `Cannot use ${what}: it is a folder`, { cause });
  }
  if (["ENOSPC", "EDQUOT", "EFBIG", "EROFS"].includes(codeOf(cause))) {
    return new FreshetError("storage", `Cannot write ${what}: the disk is full or read-only`, { cause });
  }
  if (codeOf(cause) === "ENAMETOOLONG") {
    return new FreshetError("invalid_request", `Cannot use ${what}: the name is too long`, { cause });
  }
  return cause;
}

function missingFlag(cause: Error): FreshetError {
  const flag = /--allow-(read|write|all)/.exec(cause.message)?.[0] ?? "--allow-read --allow-write";
  return new FreshetError("unavailable", `Freshet was started without ${flag}`, {
    hint: `Start it with ${flag}, as deno task start does`,
    cause,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Windows has a number of its own for it, which means something else elsewhere. */
function isWindowsOtherDevice(error: Error): boolean {
  return Deno.build.os === "windows" && error.message.includes("os error 17)");
}
