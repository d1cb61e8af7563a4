import { basename, isAbsolute } from "node:path";
import { houseOf, type Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { type FileFolder, FreshetError, newId } from "../shared/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { riskOf } from "./folder_risk.ts";
import { fileError, onFiles } from "./fs_errors.ts";
import { isBelow, type Root } from "./path_guard.ts";
import { fileRecords } from "./records.ts";

/** A profile can have so many folders. */
const FOLDERS_MAX = 100;
const NAME_MAX_CHARS = 100;

/** Why a folder has to be confirmed before it is added. */
const RISKS = {
  home: "This is your whole home folder, with keys and passwords of other programs in it",
  broad: "This folder holds much more than documents",
  hidden: "Programs keep keys and passwords in folders like this one",
  data: "Freshet's own data is in this folder; that part stays closed",
} as const;

/** What `Folders` needs. */
export interface FoldersOptions {
  store: Store;
  clock: Clock;
  /** Where Freshet keeps its own data; none where that is in memory. */
  dataFolder: string | undefined;
  /** The person's home folder. */
  home: string | undefined;
}

/** The folders that people have added. Only a person adds and removes them, never a key. */
export class Folders {
  readonly #options: FoldersOptions;

  constructor(options: FoldersOptions) {
    this.#options = options;
  }

  /** By the time of adding. */
  async list(principal: Principal): Promise<FileFolder[]> {
    const { store } = this.#options;
    const found = store.list(fileRecords.folder, { prefix: keys.fileFolders(houseOf(principal).profileId) });
    return await Promise.all((await Array.fromAsync(found)).map(async ({ value }) => ({
      ...value,
      isThere: await isFolder(value.path),
    })));
  }

  /** One folder. Throws `not_found`. */
  async get(principal: Principal, id: string): Promise<Omit<FileFolder, "isThere">> {
    const { store } = this.#options;
    const stored = await store.get(fileRecords.folder, keys.fileFolder(houseOf(principal).profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such folder in the list");
    return stored.value;
  }

  /** The folder to work in. */
  async root(principal: Principal, id: string): Promise<Root> {
    const { path } = await this.get(principal, id);
    const data = await this.#data();
    return { path, closed: data === undefined ? [] : [data] };
  }

  /**
   * Adds a folder by its absolute path; links in it are resolved once, here. Throws `forbidden` for keys, the file system's
   * root, the system's folders and Freshet's own; `conflict` for one that is in the list, and for the home folder and its
   * like as long as that is not `confirmed`.
   */
  async add(
    principal: Principal,
    { path, name, confirmed = false }: { path: string; name?: string; confirmed?: boolean },
  ): Promise<FileFolder> {
    assertPerson(principal);
    const { store, clock, home } = this.#options;
    const wanted = withHome(path.trim(), home);
    if (!isAbsolute(wanted) || wanted.includes("\0")) {
      throw new FreshetError("invalid_request", "The path of the folder has to be absolute", {
        field: "path",
      });
    }
    const real = await onFiles(`folder ${wanted}`, async () => {
      const real = await Deno.realPath(wanted);
      if ((await Deno.stat(real)).isDirectory) return real;
      throw new FreshetError("invalid_request", `${wanted} is no folder`, { field: "path" });
    });
    const risk = riskOf(real, { data: await this.#data(), home: await resolved(home) });
    if (risk && !confirmed) {
      throw new FreshetError("conflict", RISKS[risk], {
        hint: "Confirm that you mean it",
        field: "confirmed",
      });
    }
    const folders = await this.list(principal);
    const same = folders.find((folder) => folder.path === real);
    if (same) throw new FreshetError("conflict", `The folder is in the list already, as ${same.name}`);
    if (folders.length >= FOLDERS_MAX) {
      throw new FreshetError("conflict", `There are ${FOLDERS_MAX} folders in the list: remove one first`);
    }
    const folder = {
      id: newId(),
      name: (name?.trim() || basename(real)).slice(0, NAME_MAX_CHARS),
      path: real,
      addedAt: clock.now(),
    };
    const key = keys.fileFolder(houseOf(principal).profileId, folder.id);
    await store.kv.set(key, store.encode(fileRecords.folder, folder));
    return { ...folder, isThere: true };
  }

  /** Takes a folder out of the list; its content stays as it is. */
  async remove(principal: Principal, id: string): Promise<void> {
    assertPerson(principal);
    await this.get(principal, id);
    await this.#options.store.kv.delete(keys.fileFolder(houseOf(principal).profileId, id));
  }

  async #data(): Promise<string | undefined> {
    return await resolved(this.#options.dataFolder);
  }
}

/** A key reads and writes where a person lets it; it does not choose where that is. */
function assertPerson(principal: Principal): void {
  if (principal.type === "person" && principal.scopes.has("admin")) return;
  throw new FreshetError("forbidden", "Only a person may choose the folders, not an API key");
}

async function resolved(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return await Deno.realPath(path).catch((error) => {
    if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.NotFound) return path;
    throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    // A folder that was replaced by a link is not there any more: the guard refuses it.
    const real = await Deno.realPath(path);
    return isBelow(real, path) && (await Deno.stat(real)).isDirectory;
  } catch (error) {
    // That Freshet may read nothing at all is another matter: the page says how it may.
    if (error instanceof Deno.errors.NotCapable) throw fileError(path, error);
    if (error instanceof Error) return false;
    throw error;
  }
}

function withHome(path: string, home: string | undefined): string {
  return home !== undefined && /^~(?=[/\\]|$)/.test(path) ? home + path.slice(1) : path;
}
