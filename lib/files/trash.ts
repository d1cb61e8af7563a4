import { join } from "node:path";
import { houseOf, type Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { FreshetError, newId, type TrashedFile } from "../shared/mod.ts";
import { fileNameOf, joinFilePath, parentFilePath } from "../shared/files/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import type { Folders } from "./folders.ts";
import { type Claim, claim } from "./claim.ts";
import { isMissing, onFiles } from "./fs_errors.ts";
import { kindOf } from "./listing.ts";
import { exists, freeName } from "./names.ts";
import { isBelow, isSameFile, locate, locateEntry, type Place, type Root } from "./path_guard.ts";
import { fileRecords } from "./records.ts";
import { removeAll, type Rename, transfer } from "./transfer.ts";

/** What `Trash` needs. */
export interface TrashOptions {
  store: Store;
  clock: Clock;
  folders: Folders;
  /** Absolute; made when it is first needed. */
  directory: string;
  rename?: Rename;
}

/**
 * Where deleted files wait. Each has a folder of its own in the trash folder and a record in the store, which is written first:
 * whatever breaks off, the content is where it was, or in the trash with a record of where it belongs.
 */
export class Trash {
  readonly #options: TrashOptions;

  constructor(options: TrashOptions) {
    this.#options = options;
  }

  /** What can be brought back, last deleted first. */
  async list(principal: Principal): Promise<TrashedFile[]> {
    const { store } = this.#options;
    const found = store.list(
      fileRecords.trashed,
      { prefix: keys.trashedFiles(houseOf(principal).profileId) },
      {
        reverse: true,
      },
    );
    const there: TrashedFile[] = [];
    for await (const { value, key } of found) {
      if (await exists(this.#content(value.id))) there.push(value);
      // It broke off before anything was moved, or somebody has emptied the folder by hand.
      else if (!await this.#isUnderWay(value)) await store.kv.delete(key);
    }
    return there;
  }

  /** Moves an entry to the trash; of a link only the link. */
  async put(principal: Principal, folderId: string, path: string): Promise<TrashedFile> {
    const { store, clock, folders, rename } = this.#options;
    const folder = await folders.get(principal, folderId);
    const root = await folders.root(principal, folderId);
    const place = await locateEntry(root, path);
    assertHoldsNoData(root, place.real);
    const trashed: TrashedFile = {
      id: newId(),
      folderId,
      folderName: folder.name,
      folderPath: folder.path,
      path: place.path,
      kind: kindOf(place.info),
      size: place.info.isFile ? place.info.size : 0,
      deletedAt: clock.now(),
    };
    const key = keys.trashedFile(houseOf(principal).profileId, trashed.id);
    await store.kv.set(key, store.encode(fileRecords.trashed, trashed));
    try {
      await onFiles(JSON.stringify(path), async () => {
        await Deno.mkdir(this.#folder(trashed.id), { recursive: true, mode: 0o700 });
        const content = this.#content(trashed.id);
        const how = await transfer(place.real, content, rename);
        if (how === "copied" || isSameFile(await Deno.lstat(content), place.info)) return;
        // A folder on the way was swapped for a link meanwhile, and this came from elsewhere.
        await transfer(content, place.real, rename);
        throw new FreshetError("conflict", `${JSON.stringify(path)} was replaced meanwhile`);
      });
    } catch (error) {
      await this.#forget(principal, trashed.id);
      throw error;
    }
    return trashed;
  }

  /**
   * Brings something back to where it was, with another name where that is taken; its folders are made again where they are
   * gone. Throws `not_found` where the folder is no longer in the list, and `conflict` where a file has taken a folder's name.
   */
  async restore(principal: Principal, id: string): Promise<TrashedFile> {
    const trashed = await this.#get(principal, id);
    const folderId = await this.#folderOf(principal, trashed);
    const root = await this.#options.folders.root(principal, folderId);
    const parentPath = parentFilePath(trashed.path);
    const path = await onFiles(JSON.stringify(trashed.path), async () => {
      await makeParents(root, parentPath);
      const parent = await locate(root, parentPath);
      const content = this.#content(id);
      const { name, claimed } = await claimFreeName(
        parent,
        fileNameOf(trashed.path),
        await Deno.lstat(content),
      );
      await transfer(content, join(parent.real, name), this.#options.rename).catch(async (error) => {
        await claimed.giveUp();
        throw error;
      });
      return joinFilePath(parentPath, name);
    });
    await this.#forget(principal, id);
    return { ...trashed, folderId, path };
  }

  /** The folder that something was in; one that was taken out of the list and added again is the same. */
  async #folderOf(principal: Principal, { folderId, folderName, folderPath }: TrashedFile): Promise<string> {
    const folders = await this.#options.folders.list(principal);
    const folder = folders.find(({ id }) => id === folderId) ??
      folders.find(({ path }) => path === folderPath);
    if (folder) return folder.id;
    throw new FreshetError("not_found", `The folder ${JSON.stringify(folderName)} is no longer in the list`, {
      ...(folderPath === undefined ? {} : { hint: `Add ${folderPath} again, then bring it back` }),
    });
  }

  /** Deletes something for good. */
  async remove(principal: Principal, id: string): Promise<void> {
    await this.#get(principal, id);
    await onFiles("deleted file", () => removeAll(this.#folder(id)));
    await this.#forget(principal, id);
  }

  /** Deletes all of it for good; how many that were. */
  async empty(principal: Principal): Promise<number> {
    const all = await this.list(principal);
    for (const { id } of all) await this.remove(principal, id);
    return all.length;
  }

  /** Deletes the trash folder with all that is in it, whatever the store knows of it. */
  async discard(): Promise<void> {
    await removeAll(this.#options.directory);
  }

  async #get(principal: Principal, id: string): Promise<TrashedFile> {
    const { store } = this.#options;
    const stored = await store.get(fileRecords.trashed, keys.trashedFile(houseOf(principal).profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such file in the trash");
    return stored.value;
  }

  /** Only where nothing is left of the content: else it stays to be found. */
  async #forget(principal: Principal, id: string): Promise<void> {
    if (await exists(this.#content(id))) return;
    await removeAll(this.#folder(id));
    await this.#options.store.kv.delete(keys.trashedFile(houseOf(principal).profileId, id));
  }

  /** A large folder is copied to another device for a while before it is in the trash. */
  async #isUnderWay({ id }: TrashedFile): Promise<boolean> {
    return await exists(this.#folder(id)) && (await namesIn(this.#folder(id))).length > 0;
  }

  #folder(id: string): string {
    return join(this.#options.directory, id);
  }

  #content(id: string): string {
    return join(this.#folder(id), "content");
  }
}

/** A folder that was added may hold Freshet's own data further down: that is not to be thrown away with it. */
function assertHoldsNoData({ closed }: Root, real: string): void {
  if (!closed.some((each) => isBelow(each, real))) return;
  throw new FreshetError("forbidden", "Freshet's own data is in this folder");
}

/** Takes a name like this one that is free, though others look for one at the same time. */
async function claimFreeName(
  parent: Place,
  wanted: string,
  info: Deno.FileInfo,
): Promise<{ name: string; claimed: Claim }> {
  for (;;) {
    const name = await freeName(parent, wanted);
    try {
      return { name, claimed: await claim(join(parent.real, name), info) };
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

async function makeParents(root: Root, path: string): Promise<void> {
  let made = "";
  for (const part of path === "" ? [] : path.split("/")) {
    const parent = await locate(root, made);
    made = joinFilePath(made, part);
    const real = join(parent.real, part);
    if (!await exists(real)) await Deno.mkdir(real);
    else if (!(await Deno.stat(real)).isDirectory) {
      throw new FreshetError("conflict", `${JSON.stringify(made)} is no folder any more`, {
        hint: "Rename it, then bring this back",
      });
    }
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
