import {
  FreshetError,
  type ManifestFile,
  PROJECT_LIMITS,
  type ProjectFile,
  projectPath,
  type Version,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { branchOf, withBranch } from "./branches.ts";
import { collidingPaths } from "./collisions.ts";
import type { BegunVersion, Making } from "./making.ts";
import type { ProjectStore } from "./project_store.ts";
import type { ProjectRecord } from "./records.ts";
import type { Store, Transaction } from "../store/mod.ts";
import type { VersionStore } from "./version_store.ts";

/** What versions by hand need. */
export interface ByHandOptions {
  store: Store;
  clock: Clock;
  projects: ProjectStore;
  versions: VersionStore;
  making: Making;
}

/** Versions that no model makes: edits, files taken from another version, restored ones, imports and copies. */
export class ByHand {
  #options: ByHandOptions;

  constructor(options: ByHandOptions) {
    this.#options = options;
  }

  /** Saves files that a person edited as a version, which is then checked. Its contents are stored before this returns. */
  async edit(
    principal: Principal,
    projectId: string,
    fields: { branch?: string; parentId: string; files: ProjectFile[]; deleted?: string[]; title?: string },
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, versions } = this.#options;
    await projects.get(principal, projectId);
    const place = { profileId: principal.profileId, projectId };
    await this.#finished(principal, projectId, fields.parentId);
    const files = new Map((await versions.manifest(place, fields.parentId)).map((file) => [file.path, file]));
    const edited = fields.files.map(({ path, content }) => ({ path: projectPath(path), content }));
    for (const path of fields.deleted ?? []) files.delete(path);
    // Before anything is written: what two of them say of one file would be lost.
    refuseCollisions(edited);
    for (const file of await versions.blobs.writeAll(place.profileId, projectId, edited)) {
      files.set(file.path, file);
    }
    const names = [...edited.map(({ path }) => path), ...fields.deleted ?? []];
    const title = fields.title ||
      (names.length === 1 ? `Edited ${names[0]?.split("/").at(-1)}` : "Edited by hand");
    return await this.#save(principal, projectId, {
      ...fields,
      origin: "edit",
      title,
      files: [...files.values()],
    });
  }

  /** Takes single files of another version into the head of a branch, as a version of its own. */
  async take(
    principal: Principal,
    projectId: string,
    fields: { versionId: string; branch?: string; paths: string[] },
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, versions } = this.#options;
    const { value: project } = await projects.get(principal, projectId);
    const source = await this.#finished(principal, projectId, fields.versionId);
    const place = { profileId: principal.profileId, projectId };
    const parentId = branchOf(project, fields.branch).headId;
    const theirs = new Map((await versions.manifest(place, source.id)).map((file) => [file.path, file]));
    const files = new Map((await versions.manifest(place, parentId)).map((file) => [file.path, file]));
    for (const path of fields.paths) {
      const file = theirs.get(path);
      if (file) files.set(path, file);
      else if (!files.delete(path)) {
        throw new FreshetError("not_found", `Neither version has the file ${path}`, { field: "paths" });
      }
    }
    return await this.#save(principal, projectId, {
      ...(fields.branch === undefined ? {} : { branch: fields.branch }),
      parentId,
      origin: "restore",
      sourceId: source.id,
      title: `From v${source.number}`,
      files: [...files.values()],
    });
  }

  /** Brings the files of a version back, as a new one at the head of a branch. */
  async restore(
    principal: Principal,
    projectId: string,
    fields: { versionId: string; branch?: string },
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, versions } = this.#options;
    const source = await this.#finished(principal, projectId, fields.versionId);
    const place = { profileId: principal.profileId, projectId };
    const files = await versions.manifest(place, source.id);
    const { project, result } = await projects.change(principal, projectId, async (project, transaction) => {
      const branch = branchOf(project, fields.branch);
      if (branch.generatingId !== undefined) {
        throw new FreshetError("conflict", "A version is being generated on this branch");
      }
      return await this.#complete(principal, project, transaction, files, {
        branch: branch.name,
        parentId: branch.headId,
        origin: "restore",
        sourceId: source.id,
        title: `Restored v${source.number}`,
        ...(source.validation ? { validation: source.validation } : {}),
      });
    });
    return { project, version: result };
  }

  /** A project out of files that come from elsewhere, with its first version, which is then checked. */
  async import(
    principal: Principal,
    fields: { name: string; kinds: ProjectRecord["kinds"]; files: ProjectFile[] },
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, versions, store, making } = this.#options;
    refuseTooMuch(fields.files);
    const draft = projects.draft({ name: fields.name, kinds: fields.kinds });
    const files = await versions.blobs.writeAll(principal.profileId, draft.id, fields.files);
    await using transaction = store.transaction();
    const branch = branchOf(draft);
    const begun = await making.begin(principal, draft, branch, {
      text: "",
      origin: "import",
      title: "Imported",
      files,
    }, transaction);
    projects.add(principal.profileId, transaction.operation, begun.project);
    return await this.#launch(principal, begun, transaction);
  }

  /** A copy of a project as its active branch shows it now. */
  async duplicate(principal: Principal, projectId: string, name: string): Promise<ProjectRecord> {
    const { projects, versions, store } = this.#options;
    const { value: source } = await projects.get(principal, projectId);
    const headId = branchOf(source).headId;
    if (headId === null) {
      throw new FreshetError("conflict", "There is no finished version to copy yet");
    }
    const { version: head, files } = await versions.files(principal, projectId, headId);
    const draft = projects.draft({
      name,
      kinds: source.kinds,
      ...(source.model === undefined ? {} : { model: source.model }),
    });
    const copies = await versions.blobs.writeAll(principal.profileId, draft.id, files);
    await using transaction = store.transaction();
    const { project } = await this.#complete(principal, draft, transaction, copies, {
      branch: "main",
      parentId: null,
      origin: "duplicate",
      title: `Copy of v${head.number}`,
      ...(head.validation ? { validation: head.validation } : {}),
    });
    projects.add(principal.profileId, transaction.operation, project);
    await transaction.commit();
    projects.changed(principal.profileId, project.id);
    return project;
  }

  /** Adds a version that is complete from the start to a commit. */
  async #complete(
    { profileId }: Principal,
    project: ProjectRecord,
    transaction: Transaction,
    files: ManifestFile[],
    fields: Pick<Version, "branch" | "parentId" | "origin" | "title"> & Partial<Version>,
  ): Promise<{ project: ProjectRecord; result: Version }> {
    const { versions, clock } = this.#options;
    const now = clock.now();
    const drafted = versions.draft(project, { ...fields, prompt: "", createdAt: now });
    const version: Version = { ...drafted.version, ...fields, status: "complete", endedAt: now };
    const result = await versions.writeFinished(transaction, profileId, version, files);
    const branch = branchOf(project, fields.branch);
    return { project: withBranch(drafted.project, { ...branch, headId: version.id }), result };
  }

  async #save(
    principal: Principal,
    projectId: string,
    fields: {
      branch?: string;
      parentId: string | null;
      origin: "edit" | "restore";
      title: string;
      files: ManifestFile[];
      sourceId?: string;
    },
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, making } = this.#options;
    refuseTooMuch(fields.files.map(({ size, path }) => ({ path, size })));
    refuseCollisions(fields.files);
    const { branch: name, ...rest } = fields;
    const { result, versionstamp } = await projects.change(
      principal,
      projectId,
      async (project, transaction) => {
        const branch = branchOf(project, name);
        // What was taken was put into the head there was; a newer one must not be bypassed.
        if (rest.origin === "restore" && branch.headId !== rest.parentId) {
          throw new FreshetError("conflict", "The branch has gone on meanwhile; try again", {
            retryAfter: 1,
          });
        }
        const begun = await making.begin(principal, project, branch, {
          text: "",
          ...rest,
        }, transaction);
        return { project: begun.project, result: begun };
      },
    );
    making.launch(principal, result, versionstamp);
    return result;
  }

  async #launch(
    principal: Principal,
    begun: BegunVersion,
    transaction: Transaction,
  ): Promise<{ project: ProjectRecord; version: Version }> {
    const { projects, making } = this.#options;
    const commit = await transaction.commit();
    if (!commit.ok) throw new FreshetError("conflict", "The project could not be made; try again");
    projects.changed(principal.profileId, begun.project.id);
    making.launch(principal, begun, commit.versionstamp);
    return begun;
  }

  async #finished(principal: Principal, projectId: string, versionId: string): Promise<Version> {
    await this.#options.projects.get(principal, projectId);
    const version = await this.#options.versions.get(principal, projectId, versionId);
    if (version.status !== "generating") return version;
    throw new FreshetError("conflict", `v${version.number} is still being generated`);
  }
}

const encoder = new TextEncoder();

function refuseCollisions(files: readonly { path: string }[]): void {
  const colliding = collidingPaths(files.map(({ path }) => path));
  if (!colliding) return;
  const [path, other] = colliding.map((path) => JSON.stringify(path));
  throw new FreshetError("invalid_request", `${path} and ${other} cannot both be files everywhere`, {
    field: "files",
  });
}

function refuseTooMuch(
  files: readonly ({ path: string } & ({ size: number } | { content: string }))[],
): void {
  if (files.length > PROJECT_LIMITS.files) {
    throw new FreshetError("payload_too_large", `A project has at most ${PROJECT_LIMITS.files} files`);
  }
  const bytes = files.reduce(
    (sum, file) => sum + ("size" in file ? file.size : encoder.encode(file.content).length),
    0,
  );
  if (bytes > PROJECT_LIMITS.totalBytes) {
    throw new FreshetError("payload_too_large", `A project has at most ${PROJECT_LIMITS.totalBytes} bytes`);
  }
}
