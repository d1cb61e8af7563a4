import { type ManifestFile, pathIdentity, PROJECT_LIMITS } from "../shared/mod.ts";
import type { FileBlobs } from "./file_blobs.ts";

/** The files of a version while it is being made: those of its parent, with what was changed since. */
export class Workspace {
  readonly #blobs: FileBlobs;
  readonly #profileId: string;
  readonly #projectId: string;
  readonly #base: ReadonlyMap<string, ManifestFile>;
  readonly #files: Map<string, ManifestFile>;

  constructor(options: {
    blobs: FileBlobs;
    profileId: string;
    projectId: string;
    base: readonly ManifestFile[];
  }) {
    this.#blobs = options.blobs;
    this.#profileId = options.profileId;
    this.#projectId = options.projectId;
    this.#base = new Map(options.base.map((file) => [file.path, file]));
    this.#files = new Map(this.#base);
  }

  /** All files as they are now. */
  get files(): ManifestFile[] {
    return [...this.#files.values()];
  }

  /** The paths that differ from the parent. */
  get changedPaths(): string[] {
    const changed = this.files.filter(({ path, sha256 }) => this.#base.get(path)?.sha256 !== sha256);
    const deleted = [...this.#base.keys()].filter((path) => !this.#files.has(path));
    return [...changed.map(({ path }) => path), ...deleted];
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The content of a file as it is now, or undefined. */
  async read(path: string): Promise<string | undefined> {
    const file = this.#files.get(path);
    return file && await this.#blobs.read(this.#profileId, this.#projectId, file);
  }

  /** All contents as they are now. */
  async readAll(): Promise<(ManifestFile & { content: string })[]> {
    return await this.#blobs.readAll(this.#profileId, this.#projectId, this.files);
  }

  /** Why a file of this path cannot be written here, or undefined. */
  problemOf(path: string): string | undefined {
    if (this.#files.has(path)) return undefined;
    if (this.#files.size >= PROJECT_LIMITS.files) {
      return `a project has at most ${PROJECT_LIMITS.files} files`;
    }
    const same = [...this.#files.keys()].find((other) => pathIdentity(other) === pathIdentity(path));
    if (same) return `it differs from ${same} only in upper and lower case`;
    const inFile = [...this.#files.keys()].find((other) =>
      path.startsWith(`${other}/`) || other.startsWith(`${path}/`)
    );
    return inFile && `${inFile} stands in its way`;
  }

  /** Stores a file, and says what was done to it against the parent. */
  async write(
    path: string,
    content: string,
  ): Promise<{ operation: "created" | "modified"; file: ManifestFile }> {
    const file = await this.#blobs.write(this.#profileId, this.#projectId, { path, content });
    this.#files.set(path, file);
    return { operation: this.#base.has(path) ? "modified" : "created", file };
  }

  /** Takes a file away; false where there is none. */
  delete(path: string): boolean {
    return this.#files.delete(path);
  }
}
