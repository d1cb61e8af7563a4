import { type Principal, requireScope } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import {
  type FileEntry,
  type FileListing,
  type FilePreview,
  type FileSearchEvent,
  FreshetError,
  type TrashedFile,
} from "../shared/mod.ts";
import { fileNameOf, parentFilePath } from "../shared/files/mod.ts";
import { download } from "./download.ts";
import type { Folders } from "./folders.ts";
import { describe, listEntries } from "./listing.ts";
import { makeFolder, moveEntry } from "./move.ts";
import { isBelow, locate, locateEntry, type Place, type Root } from "./path_guard.ts";
import { previewFile, type ReadDocument, readWhole } from "./preview.ts";
import { type FileQuery, searchFiles } from "./search.ts";
import type { Trash } from "./trash.ts";
import { writeFile, type WriteOptions } from "./write_file.ts";

/** Bytes of one upload. */
export const UPLOAD_MAX_BYTES = 4 * 1024 * 1024 * 1024;

/** What `Files` needs. */
export interface FilesOptions {
  folders: Folders;
  trash: Trash;
  clock: Clock;
  /** Reads the text of PDF files. */
  readDocument: ReadDocument;
}

/**
 * The files in the folders that were added, and nothing else. Paths are relative to a folder and are resolved anew for each
 * operation. Every method needs the scope `files`.
 */
export class Files {
  readonly folders: Folders;
  readonly trash: Trash;
  readonly #clock: Clock;
  readonly #readDocument: ReadDocument;

  constructor({ folders, trash, clock, readDocument }: FilesOptions) {
    this.folders = folders;
    this.trash = trash;
    this.#clock = clock;
    this.#readDocument = readDocument;
  }

  /** What is in a folder. Throws `not_found`, or `forbidden` for what leads outside. */
  async list(principal: Principal, folderId: string, path: string): Promise<FileListing> {
    const place = await this.#locate(principal, folderId, path);
    return { folderId, path: place.path, ...await listEntries(place) };
  }

  /** What is shown of a file; with `documents` false, without the text of a PDF, which takes a while to be read. */
  async preview(
    principal: Principal,
    folderId: string,
    path: string,
    { documents = true } = {},
  ): Promise<FilePreview> {
    const place = await this.#locate(principal, folderId, path);
    const shown = await previewFile(folderId, place, documents ? this.#readDocument : undefined);
    const parent = await locate(place.root, parentFilePath(path));
    const link = (await describe(parent, fileNameOf(path)))?.link;
    return link ? { ...shown, link } : shown;
  }

  /** A file's bytes as a response, or the range of them that its headers ask for. */
  async download(
    principal: Principal,
    folderId: string,
    path: string,
    options: { inline: boolean; headers: Headers },
  ): Promise<Response> {
    return await download(await this.#locate(principal, folderId, path), options);
  }

  /** The whole of a file with its name, for a chat. */
  async read(
    principal: Principal,
    folderId: string,
    path: string,
    maxBytes: number,
  ): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
    const bytes = await readWhole(await this.#locate(principal, folderId, path), maxBytes);
    return { name: fileNameOf(path), bytes };
  }

  /** Writes a file, new or in place of another one. */
  async write(
    principal: Principal,
    folderId: string,
    path: string,
    options: Omit<WriteOptions, "maxBytes">,
  ): Promise<FileEntry> {
    const root = await this.#root(principal, folderId);
    return await writeFile(root, path, { ...options, maxBytes: UPLOAD_MAX_BYTES });
  }

  /** Makes a folder. */
  async makeFolder(principal: Principal, folderId: string, path: string): Promise<FileEntry> {
    return await makeFolder(await this.#root(principal, folderId), path);
  }

  /** Moves an entry, or gives it another name; to another folder that was added too. */
  async move(
    principal: Principal,
    from: { folderId: string; path: string },
    to: { folderId: string; path: string },
  ): Promise<FileEntry> {
    const source = await this.#root(principal, from.folderId);
    const { real } = await locateEntry(source, from.path);
    // What it holds would go along, and then be where nothing closes it.
    if (source.closed.some((closed) => isBelow(closed, real))) {
      throw new FreshetError("forbidden", "Freshet's own data is in this folder");
    }
    return await moveEntry(source, from.path, await this.#root(principal, to.folderId), to.path);
  }

  /** Moves an entry to the trash. */
  async remove(principal: Principal, folderId: string, path: string): Promise<TrashedFile> {
    requireScope(principal, "files");
    return await this.trash.put(principal, folderId, path);
  }

  /** Throws as `list` does, and does nothing else. */
  async assertFolder(principal: Principal, folderId: string, path: string): Promise<void> {
    const place = await this.#locate(principal, folderId, path);
    if (!(await Deno.stat(place.real)).isDirectory) {
      throw new FreshetError("not_found", `${JSON.stringify(path)} is no folder`);
    }
  }

  /** Searches below a folder until the signal is aborted. */
  async *search(
    principal: Principal,
    folderId: string,
    { path, ...query }: FileQuery & { path: string },
    signal: AbortSignal,
  ): AsyncGenerator<FileSearchEvent, void, undefined> {
    const place = await this.#locate(principal, folderId, path);
    yield* searchFiles(place, query, { clock: this.#clock, signal });
  }

  /** Deletes the trash folder: for an app whose data was in memory. */
  async discard(): Promise<void> {
    await this.trash.discard();
  }

  async #locate(principal: Principal, folderId: string, path: string): Promise<Place> {
    return await locate(await this.#root(principal, folderId), path);
  }

  async #root(principal: Principal, folderId: string): Promise<Root> {
    requireScope(principal, "files");
    return await this.folders.root(principal, folderId);
  }
}
