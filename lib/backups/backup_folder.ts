import { isAbsolute, join } from "node:path";
import { type BackupInfo, type BackupOrigin, FreshetError, newId } from "../shared/mod.ts";
import { isSnapshot } from "../store/mod.ts";

/** `freshet-20260131-030000-schedule-7fq2x.zip`; other files of the folder are none of ours. */
const NAME = /^freshet-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(manual|schedule|upgrade)-[0-9a-z]{6}\.zip$/;
const PARTIAL = /^freshet-[0-9a-z-]+\.zip\.partial$|^\.(upload|probe|index)-/;
/** Begins the names of archives that were sent to be restored. */
export const UPLOAD_PREFIX = ".upload-";
/** Another process that keeps its backups here may be at work on what is younger. */
const LEFT_AFTER_MS = 6 * 3_600_000;

/** A folder with backups. */
export class BackupFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder where there is none, for its owner alone. Throws `invalid_request` where it cannot be written to. */
  async prepare(): Promise<void> {
    if (!isAbsolute(this.path)) throw refused(this.path, "the path has to be absolute");
    const probe = join(this.path, `.probe-${newId()}`);
    try {
      await Deno.mkdir(this.path, { recursive: true, mode: 0o700 });
      await Deno.writeFile(probe, new Uint8Array(), { mode: 0o600 });
      await Deno.remove(probe);
    } catch (cause) {
      throw refused(this.path, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  /** Removes what processes left that were killed while they worked here. */
  async sweep(): Promise<void> {
    if (!await this.#isThere()) return;
    for await (const { name } of Deno.readDir(this.path)) {
      if (!isSnapshot(name) && !PARTIAL.test(name)) continue;
      const path = join(this.path, name);
      const { mtime } = await Deno.stat(path);
      if (mtime && Date.now() - mtime.getTime() > LEFT_AFTER_MS) await Deno.remove(path);
    }
  }

  /** A new name, in the order of time. */
  newPath(now: number, origin: BackupOrigin): string {
    const time = new Date(now).toISOString().replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
    const random = newId().toLowerCase().slice(-6);
    return join(this.path, `freshet-${time}-${origin}-${random}.zip`);
  }

  /** The backups that are here, newest first. */
  async list(): Promise<Omit<BackupInfo, "check">[]> {
    if (!await this.#isThere()) return [];
    const found: Omit<BackupInfo, "check">[] = [];
    for await (const { name, isFile } of Deno.readDir(this.path)) {
      const info = isFile ? describe(name) : undefined;
      if (info) found.push({ ...info, size: (await Deno.stat(join(this.path, name))).size });
    }
    return found.sort((a, b) => b.id < a.id ? -1 : 1);
  }

  /** The path of a backup. Throws `not_found`; only names of ours lead anywhere. */
  async find(id: string): Promise<{ path: string; info: Omit<BackupInfo, "check"> }> {
    const info = describe(id);
    const path = join(this.path, id);
    const stat = info && await Deno.lstat(path).catch(absent);
    if (!info || !stat?.isFile) throw new FreshetError("not_found", "There is no such backup");
    return { path, info: { ...info, size: stat.size } };
  }

  async #isThere(): Promise<boolean> {
    return (await Deno.stat(this.path).catch(absent))?.isDirectory ?? false;
  }
}

/** What the name of a backup's file says, or undefined where it is none. */
function describe(name: string): Omit<BackupInfo, "check" | "size"> | undefined {
  const [, year, month, day, hour, minute, second, origin] = NAME.exec(name) ?? [];
  if (!origin) return undefined;
  const createdAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(createdAt) ? undefined : { id: name, createdAt, origin: origin as BackupOrigin };
}

/** Removes a file, if there is one. */
export async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path).catch(absent);
}

function absent(error: unknown): undefined {
  if (error instanceof Deno.errors.NotFound) return undefined;
  throw error;
}

function refused(path: string, why: string, cause?: unknown): FreshetError {
  return new FreshetError("invalid_request", `Cannot keep backups in ${path}: ${why}`, {
    field: "folder",
    cause,
  });
}
