import {
  type CreatedVersion,
  type CreateProjectBody,
  type CreateVersionBody,
  FreshetError,
  type ManifestFile,
  type Project,
  type ProjectFile,
  type ProjectKind,
  type ProjectList,
  type ProjectMessage,
  type ProjectPage,
  projectPath,
  type Version,
  type VersionFiles,
} from "../shared/mod.ts";
import type { ApiKeys, Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { CommittedEvent, Runs } from "../runs/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import { withStarter, zipProject } from "./archive/mod.ts";
import { branchOf, withNewBranch } from "./branches.ts";
import { ModelForms } from "./build/model_forms.ts";
import type { Validate } from "./build/validation.ts";
import { ByHand } from "./by_hand.ts";
import { createProject } from "./create_project.ts";
import { createVersion, type CreateVersionParts, endedVersion } from "./create_version.ts";
import type { ImageStore } from "./image_store.ts";
import { Making } from "./making.ts";
import { messagesOf } from "./messages.ts";
import { kindsOfFiles } from "./naming.ts";
import { Prompts } from "./prompts.ts";
import { projectEvents, resumePoint } from "./project_events.ts";
import { ProjectStore } from "./project_store.ts";
import { purgeProjects } from "./purge.ts";
import { type DiffedFile, diffManifests } from "./version_diff.ts";
import { VersionStore } from "./version_store.ts";

const PURGE_EVERY_MS = 10 * 60_000;

/** What the studio needs. */
export interface StudioOptions {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  nodes: Nodes;
  /** Where keys are looked up whose prompts have waited. */
  apiKeys: Pick<ApiKeys, "recall">;
  runs: Runs;
  images: ImageStore;
  validate: Validate;
}

/** The build studio: projects, and their versions made by prompts or by hand. */
export class Studio {
  readonly #parts: StudioOptions & CreateVersionParts & { making: Making };
  readonly #runs: Runs;
  readonly #projects: ProjectStore;
  readonly #versions: VersionStore;
  readonly #prompts: Prompts;
  readonly #forms: ModelForms;
  readonly #byHand: ByHand;
  readonly #stopPurge: () => void;
  #purging: Promise<void> = Promise.resolve();

  constructor(options: StudioOptions) {
    this.#runs = options.runs;
    this.#projects = new ProjectStore(options);
    this.#versions = new VersionStore(options.store);
    this.#forms = new ModelForms(options.store);
    const log = options.log.of("studio");
    const stores = {
      ...options,
      log,
      projects: this.#projects,
      versions: this.#versions,
      forms: this.#forms,
    };
    const making = new Making(stores);
    this.#prompts = new Prompts(stores, making);
    this.#byHand = new ByHand({ ...stores, making });
    this.#parts = { ...stores, making, prompts: this.#prompts, byHand: this.#byHand };
    this.#stopPurge = options.clock.every(PURGE_EVERY_MS, () => {
      this.#purging = this.#purging.then(() => this.purge());
    });
  }

  /** Goes on with prompts that waited when Freshet was stopped; after the runs were started. */
  start(): void {
    this.#prompts.start();
  }

  /** A page of the projects, newest change first. */
  async list(
    principal: Principal,
    options: { query?: string; cursor?: string; limit?: number } = {},
  ): Promise<ProjectList> {
    return await this.#projects.list(principal, options);
  }

  /**
   * Makes a project and, where there is a prompt, begins its first version; the same idempotency key gives the same project
   * again. Returns before a model was asked.
   */
  async create(
    principal: Principal,
    body: CreateProjectBody,
    idempotencyKey: string | null = null,
  ): Promise<CreatedVersion> {
    return await createProject(principal, body, idempotencyKey, this.#parts);
  }

  /** A project with all its versions, newest first. Throws `not_found`. */
  async page(principal: Principal, projectId: string): Promise<ProjectPage> {
    const { value: project } = await this.#projects.get(principal, projectId);
    return { project, versions: await this.#versions.list(principal, projectId) };
  }

  /** Renames a project, changes what it is, its model, its locked files or its active branch. */
  async update(
    principal: Principal,
    projectId: string,
    { lockedPaths, ...fields }: Partial<
      Pick<Project, "name" | "kinds" | "model" | "lockedPaths" | "activeBranch">
    >,
  ): Promise<Project> {
    const { project } = await this.#projects.change(principal, projectId, (old) => {
      if (fields.activeBranch !== undefined) branchOf(old, fields.activeBranch);
      const locked = lockedPaths ? { lockedPaths: [...new Set(lockedPaths.map(projectPath))] } : {};
      return Promise.resolve({ project: { ...old, ...fields, ...locked }, result: undefined });
    });
    return project;
  }

  /** Deletes a project; `restoreProject` brings it back within a week. */
  async delete(principal: Principal, projectId: string): Promise<void> {
    const { value: project } = await this.#projects.get(principal, projectId);
    await this.#projects.delete(principal, projectId);
    for (const { generatingId } of project.branches) {
      const version = generatingId === undefined
        ? undefined
        : await this.#versions.get(principal, projectId, generatingId);
      if (version?.runId) await this.#runs.cancel(principal, version.runId);
    }
  }

  /** Brings a deleted project back. */
  async restoreProject(principal: Principal, projectId: string): Promise<Project> {
    return await this.#projects.restore(principal, projectId);
  }

  /** A copy of a project as its active branch shows it now. */
  async duplicate(principal: Principal, projectId: string): Promise<Project> {
    const { value: project } = await this.#projects.get(principal, projectId);
    return await this.#byHand.duplicate(principal, projectId, `${project.name.slice(0, 90)} (copy)`);
  }

  /** A project out of the files of an archive or a folder. Throws `invalid_request` where there are none. */
  async import(
    principal: Principal,
    { name, files }: { name: string; files: ProjectFile[] },
  ): Promise<CreatedVersion> {
    if (files.length === 0) throw new FreshetError("invalid_request", "There are no files of text to import");
    return await this.#byHand.import(principal, { name, kinds: kindsOfFiles(files), files });
  }

  /** A version as an archive that `deno task start` runs, with its file name. */
  async zip(
    principal: Principal,
    projectId: string,
    versionId: string,
  ): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
    const { value: project } = await this.#projects.get(principal, projectId);
    const { version, files } = await this.#versions.files(principal, projectId, versionId);
    const whole = withStarter(project.name, project.kinds, files);
    const bytes = zipProject(whole, { modifiedAt: version.createdAt });
    return { name: `${project.name} v${version.number}.zip`, bytes };
  }

  /** Makes a version as the body says. Returns before a model was asked. */
  async createVersion(
    principal: Principal,
    projectId: string,
    body: CreateVersionBody,
    idempotencyKey: string | null,
  ): Promise<CreatedVersion> {
    return await createVersion(principal, projectId, body, idempotencyKey, this.#parts);
  }

  /** One version. Throws `not_found`. */
  async version(principal: Principal, projectId: string, versionId: string): Promise<Version> {
    await this.#projects.get(principal, projectId);
    return await this.#versions.get(principal, projectId, versionId);
  }

  /** A version with its files. Throws `not_found`, and `storage` where a content is damaged. */
  async files(principal: Principal, projectId: string, versionId: string): Promise<VersionFiles> {
    await this.#projects.get(principal, projectId);
    return await this.#versions.files(principal, projectId, versionId);
  }

  /** The content of one file of a version, or null. */
  async file(
    { profileId }: Pick<Principal, "profileId">,
    projectId: string,
    versionId: string,
    path: string,
  ): Promise<string | null> {
    const place = { profileId, projectId };
    const file = (await this.#versions.manifest(place, versionId)).find((file) => file.path === path);
    return file ? await this.#versions.blobs.read(place.profileId, projectId, file) : null;
  }

  /** What a project is. Throws `not_found`, also for one that was deleted. */
  async kinds({ profileId }: Pick<Principal, "profileId">, projectId: string): Promise<ProjectKind[]> {
    const stored = await this.#projects.find(profileId, projectId);
    if (stored && stored.value.deletedAt === undefined) return stored.value.kinds;
    throw new FreshetError("not_found", "There is no such project");
  }

  /** Stars a version, or writes a note to it. */
  async updateVersion(
    principal: Principal,
    projectId: string,
    versionId: string,
    fields: { starred?: boolean; note?: string },
  ): Promise<Version> {
    const { result } = await this.#projects.change(principal, projectId, async (project, transaction) => {
      const place = { profileId: principal.profileId, projectId };
      const stored = await this.#versions.find(place, versionId);
      if (!stored) throw new FreshetError("not_found", "There is no such version");
      transaction.operation.check(stored);
      const version = { ...stored.value, ...fields };
      await this.#versions.write(transaction, principal.profileId, version);
      return { project, result: version };
    });
    return result;
  }

  /** Begins a branch at a version and makes it the active one. */
  async branch(
    principal: Principal,
    projectId: string,
    { name, versionId }: { name: string; versionId: string },
  ): Promise<Project> {
    await endedVersion(principal, projectId, versionId, this.#parts);
    const { project } = await this.#projects.change(principal, projectId, (project) => {
      return Promise.resolve({ project: withNewBranch(project, name, versionId), result: undefined });
    });
    return project;
  }

  /** Takes a prompt back that waits. */
  async unqueue(principal: Principal, projectId: string, promptId: string): Promise<Project> {
    return await this.#prompts.unqueue(principal, projectId, promptId);
  }

  /** The chat of a project, oldest first. */
  async messages(principal: Principal, projectId: string): Promise<ProjectMessage[]> {
    const { project, versions } = await this.page(principal, projectId);
    return messagesOf(project, versions);
  }

  /** The files in which two versions differ. */
  async diff(principal: Principal, projectId: string, a: string, b: string): Promise<DiffedFile[]> {
    await Promise.all([this.version(principal, projectId, a), this.version(principal, projectId, b)]);
    const place = { profileId: principal.profileId, projectId };
    const [before, after] = await Promise.all([
      this.#versions.manifest(place, a),
      this.#versions.manifest(place, b),
    ]);
    const read = (file: ManifestFile) => this.#versions.blobs.read(place.profileId, projectId, file);
    return await diffManifests(before, after, read);
  }

  /** What happens in a project while the signal is not aborted, going on after `lastEventId` (`runId.seq`). */
  events(
    principal: Principal,
    projectId: string,
    lastEventId: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<CommittedEvent[], void, undefined> {
    return projectEvents({ principal, projectId, from: resumePoint(lastEventId) }, this.#parts, signal);
  }

  /** Deletes for good what is due. */
  async purge(): Promise<void> {
    await purgeProjects(this.#parts);
  }

  /** Drops what was measured of a model that is another one now. */
  async forgetModel(profileId: string, model: string): Promise<void> {
    await this.#forms.forget(profileId, model);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#stopPurge();
    await this.#purging;
    await this.#prompts.close();
  }
}
