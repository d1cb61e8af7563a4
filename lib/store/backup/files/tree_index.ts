import { z } from "zod";
import { filePathParts } from "../../../shared/files/mod.ts";
import { damaged } from "../lines.ts";

/** Why something of a folder is not in the archive. */
export const LEFT_OUT_REASONS = ["link", "special", "unreadable", "name", "gone", "freshet"] as const;

/** One of `LEFT_OUT_REASONS`. */
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

const path = z.string().min(1).max(4_096);
const size = z.int().min(0);
/** The last moment of a `Date`, in ms since 1970. */
export const TIME_MAX_MS = 8.64e15;
const about = { path, mode: z.int().min(0).max(0o777), modifiedAt: z.number().min(0).max(TIME_MAX_MS) };

/** One line of the index of a tree; the lines stand in the order of the entries in the tar. */
export const indexLineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("folder"), ...about }),
  z.strictObject({
    kind: z.literal("file"),
    ...about,
    size,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** It was written to while it was read, each time. */
    changed: z.literal(true).exactOptional(),
  }),
  /** A first reading of the file that comes next, during which it changed. */
  z.strictObject({ kind: z.literal("superseded"), path, size }),
  z.strictObject({ kind: z.literal("left out"), path: z.string(), why: z.enum(LEFT_OUT_REASONS) }),
]);

/** One line of the index of a tree. */
export type IndexLine = z.infer<typeof indexLineSchema>;

/** A file or folder of a tree. */
export type TreeEntry = Extract<IndexLine, { kind: "file" | "folder" }>;

/** What an entry is compared by. */
export function entryDigest(entry: TreeEntry): string {
  return JSON.stringify(
    entry.kind === "file" ? [entry.path, entry.size, entry.sha256] : [entry.path],
  );
}

/** Reads a line, trusting nothing in it. Throws `invalid_request`. */
export function parseIndexLine(part: string, text: string): IndexLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(part, "a line is no JSON", cause);
  }
  const result = indexLineSchema.safeParse(value);
  if (result.success) return result.data;
  throw damaged(part, "a line is not what an index has there", result.error);
}

/**
 * Sees to it that entries come as a walk gives them: each in a folder that came before it, names in their order, none twice.
 * That needs no memory of more than the folders on the way.
 */
export class TreeOrder {
  readonly #part: string;
  /** The folders on the way, and of each the last name in it. */
  readonly #way: { name: string; last: string | undefined }[] = [{ name: "", last: undefined }];

  constructor(part: string) {
    this.#part = part;
  }

  /** Throws `invalid_request` for a path that leads elsewhere or is not the next. */
  next({ kind, path }: Pick<TreeEntry, "kind" | "path">): void {
    const parts = filePathParts(path);
    const name = parts.at(-1) ?? "";
    const folders = parts.slice(0, -1);
    if (folders.length >= this.#way.length) throw this.#refused(path, "its folder is missing");
    for (const [i, folder] of folders.entries()) {
      if (this.#way[i + 1]?.name !== folder) throw this.#refused(path, "its folder is missing");
    }
    this.#way.length = parts.length;
    const parent = this.#way[parts.length - 1];
    if (!parent || (parent.last !== undefined && parent.last >= name)) {
      throw this.#refused(path, "it is there twice, or not in order");
    }
    parent.last = name;
    if (kind === "folder") this.#way.push({ name, last: undefined });
  }

  #refused(path: string, why: string) {
    return damaged(this.#part, `${JSON.stringify(path)} does not belong there: ${why}`);
  }
}
