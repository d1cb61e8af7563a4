import { FreshetError } from "../../shared/mod.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "there is no room left for this user",
  EFBIG: "its disk cannot hold a file that large",
  EROFS: "its disk cannot be written to",
};

/** What a disk refuses, in words of class `storage`; any other error as it is. */
export function diskError(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const why = REASONS[String(error.code)];
  return why === undefined ? error : new FreshetError("storage", `${what}: ${why}`, { cause: error });
}
