import {
  FreshetError,
  type ManifestFile,
  newId,
  type Version,
  type VersionFiles,
  type VersionOrigin,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { keys, type Store, type Stored, type Transaction } from "../store/mod.ts";
import { changesBetween } from "./changes.ts";
import { FileBlobs } from "./file_blobs.ts";
import { type ProjectRecord, studioRecords, type VersionDiffs } from "./records.ts";

/** Where a version of a project stands, for a commit. */
export interface VersionPlace {
  profileId: string;
  projectId: string;
}

/** Versions with their manifests, diffs and files. */
export class VersionStore {
  readonly blobs: FileBlobs;
  #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.blobs = new FileBlobs(store);
  }

  /** A new version of a project that is not stored yet, with the project that counts it. */
  draft(
    project: ProjectRecord,
    fields: Pick<Version, "branch" | "parentId" | "prompt" | "createdAt"> & { origin: VersionOrigin },
  ): { project: ProjectRecord; version: Version } {
    const number = project.versionCount + 1;
    const version: Version = {
      id: newId(),
      projectId: project.id,
      number,
      status: "generating",
      title: "",
      answer: "",
      activities: [],
      changes: [],
      fileCount: 0,
      ...fields,
    };
    return { version, project: { ...project, versionCount: number, updatedAt: fields.createdAt } };
  }

  /** One version. Throws `not_found`. */
  async get({ profileId }: Principal, projectId: string, versionId: string): Promise<Version> {
    const stored = await this.find({ profileId, projectId }, versionId);
    if (stored) return stored.value;
    throw new FreshetError("not_found", "There is no such version");
  }

  /** One version, or null. */
  async find({ profileId, projectId }: VersionPlace, versionId: string): Promise<Stored<Version> | null> {
    return await this.#store.get(studioRecords.version, keys.version(profileId, projectId, versionId));
  }

  /** All versions of a project, newest first. */
  async list({ profileId }: Principal, projectId: string): Promise<Version[]> {
    const prefix = keys.versions(profileId, projectId);
    const found = this.#store.list(studioRecords.version, { prefix }, { reverse: true, batchSize: 100 });
    return await Array.fromAsync(found, ({ value }) => value);
  }

  /** The newest versions of a project, oldest of them first. */
  async newest({ profileId, projectId }: VersionPlace, count: number): Promise<Version[]> {
    if (count <= 0) return [];
    const prefix = keys.versions(profileId, projectId);
    const found = this.#store.list(studioRecords.version, { prefix }, { reverse: true, limit: count });
    return (await Array.fromAsync(found, ({ value }) => value)).reverse();
  }

  /** The files of a version, none for `null`; of one that is being made, what it began with is not there yet. */
  async manifest(place: VersionPlace, versionId: string | null): Promise<ManifestFile[]> {
    return (versionId === null ? null : await this.ownManifest(place, versionId)) ?? [];
  }

  /** The files of a version, or null where none are written down yet: it begins with those of its parent. */
  async ownManifest(
    { profileId, projectId }: VersionPlace,
    versionId: string,
  ): Promise<ManifestFile[] | null> {
    const key = keys.manifest(profileId, projectId, versionId);
    return (await this.#store.get(studioRecords.manifest, key))?.value.files ?? null;
  }

  /** A version with its files and their contents. Throws `not_found`, and `storage` where a content is damaged. */
  async files(principal: Principal, projectId: string, versionId: string): Promise<VersionFiles> {
    const place = { profileId: principal.profileId, projectId };
    const [version, manifest] = await Promise.all([
      this.get(principal, projectId, versionId),
      this.manifest(place, versionId),
    ]);
    return { version, files: await this.blobs.readAll(place.profileId, projectId, manifest) };
  }

  /** The stored diffs of a version against its parent. */
  async diffs({ profileId, projectId }: VersionPlace, versionId: string): Promise<VersionDiffs["files"]> {
    const key = keys.versionDiffs(profileId, projectId, versionId);
    return (await this.#store.get(studioRecords.diffs, key))?.value.files ?? [];
  }

  /** Adds a version, without files, to a commit. */
  async write(transaction: Transaction, profileId: string, version: Version): Promise<void> {
    const key = keys.version(profileId, version.projectId, version.id);
    await transaction.set(studioRecords.version, key, version);
  }

  /** Adds a finished version to a commit, with its manifest and its diffs; the files themselves are stored before. */
  async writeFinished(
    transaction: Transaction,
    profileId: string,
    version: Version,
    files: readonly ManifestFile[],
  ): Promise<Version> {
    const { projectId, id, parentId } = version;
    const place = { profileId, projectId };
    const parent = await this.manifest(place, parentId);
    const read = (file: ManifestFile) => this.blobs.read(profileId, projectId, file);
    const { changes, diffs } = await changesBetween(parent, files, read);
    const finished = { ...version, changes, fileCount: files.length };
    const sorted = files.toSorted((a, b) => a.path < b.path ? -1 : 1);
    await transaction.set(studioRecords.manifest, keys.manifest(profileId, projectId, id), { files: sorted });
    if (diffs.length > 0) {
      await transaction.set(studioRecords.diffs, keys.versionDiffs(profileId, projectId, id), {
        files: diffs,
      });
    }
    await this.write(transaction, profileId, finished);
    return finished;
  }

  /** Deletes all that a project has. */
  async deleteAll({ profileId, projectId }: VersionPlace): Promise<void> {
    await this.#store.deleteBelow(keys.versions(profileId, projectId));
    await this.#store.deleteBelow(keys.manifests(profileId, projectId));
    await this.#store.deleteBelow(keys.allVersionDiffs(profileId, projectId));
    await this.#store.deleteBelow(keys.savedRequests(profileId, projectId));
    await this.#store.kv.delete(keys.savedRequests(profileId, projectId));
    await this.#store.deleteBelow(keys.projectBlobs(profileId, projectId));
  }
}
