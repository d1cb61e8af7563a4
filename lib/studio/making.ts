import {
  type ContentPart,
  type CreatedVersion,
  FreshetError,
  type ManifestFile,
  newId,
  PROJECT_LIMITS,
  type ProjectBranch,
  type QueuedPrompt,
  type Version,
  type VersionOrigin,
} from "../shared/mod.ts";
import { backgroundPrincipal, type Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { PreparedRun, Runs } from "../runs/mod.ts";
import { IdempotentRequest, keys, type Store, type Transaction } from "../store/mod.ts";
import { branchOf, withBranch } from "./branches.ts";
import { buildVersion } from "./build/build_version.ts";
import type { BuildOptions } from "./build/job.ts";
import { finishVersion } from "./finish.ts";
import type { ProjectStore } from "./project_store.ts";
import { type ProjectRecord, studioRecords } from "./records.ts";
import type { VersionStore } from "./version_store.ts";

/** Pictures that prompts come with; the chat's files are such a store. */
export interface ImageStore {
  /** Throws `not_found` where one is missing. */
  getAll(principal: Principal, ids: readonly string[]): Promise<{ id: string; mediaType: string }[]>;
  bytes(principal: Principal, id: string): Promise<Uint8Array | null>;
  /** Adds to a commit that the pictures are kept with a project. */
  keep(
    principal: Principal,
    operation: Deno.AtomicOperation,
    ids: readonly string[],
    projectId: string,
  ): void;
  /** Says that a project needs a picture no more. */
  release(profileId: string, id: string, projectId: string): Promise<void>;
}

/** What the making of versions needs. */
export interface MakingOptions extends BuildOptions {
  store: Store;
  clock: Clock;
  log: Log;
  runs: Runs;
  projects: ProjectStore;
  versions: VersionStore;
  images: ImageStore;
}

/** What is asked of a model. */
export interface PromptFields {
  text: string;
  origin?: VersionOrigin;
  branch?: string;
  imageIds?: string[];
  /** Where true the prompt waits for the version before it; else that is a `conflict`. */
  queue?: boolean;
  /** The version to begin with; the head of the branch where absent. */
  parentId?: string | null;
}

/** A version that is about to be made. */
export interface BegunVersion {
  project: ProjectRecord;
  version: Version;
  run: PreparedRun;
}

type PromptResult = { begun: BegunVersion } | { queued: QueuedPrompt };

interface WaitingPrompt {
  principal: Principal;
  project: ProjectRecord;
  branch: ProjectBranch;
  fields: PromptFields;
  transaction: Transaction;
  request: IdempotentRequest<{ versionId?: string; queuedId?: string }>;
}

/** The runs that make versions, and the prompts that wait for them. One version of a branch is made at a time. */
export class Making {
  #options: MakingOptions;
  #working = new Set<Promise<void>>();

  constructor(options: MakingOptions) {
    this.#options = options;
    options.runs.handle("project", {
      finish: (run, state, transaction) => finishVersion(run, state, transaction, options),
      ended: ({ profileId, subject: { projectId } }) => {
        options.projects.changed(profileId, projectId);
        this.#background(() => this.#goOn(profileId, projectId));
      },
    });
  }

  /** Begins what waited when Freshet was stopped. */
  start(): void {
    this.#background(async () => {
      for await (const { key } of this.#options.store.kv.list({ prefix: keys.projectQueues() })) {
        const [, profileId, projectId] = key.map(String);
        if (profileId && projectId) await this.#goOn(profileId, projectId);
      }
    });
  }

  /** Waits for what is under way here; the runs themselves are ended by `Runs`. */
  async close(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working);
  }

  /** Makes a version by a prompt, or lets the prompt wait. The same idempotency key gives the same version again. */
  async prompt(
    principal: Principal,
    projectId: string,
    fields: PromptFields,
    idempotencyKey: string | null,
  ): Promise<CreatedVersion> {
    const { projects, store, images } = this.#options;
    const { profileId } = principal;
    const request = new IdempotentRequest<{ versionId?: string; queuedId?: string }>(
      store,
      profileId,
      `project/${projectId}`,
      idempotencyKey,
    );
    const repeated = async () => {
      const made = await request.result();
      return made && await this.#repeated(principal, projectId, made);
    };
    const before = await repeated();
    if (before) return before;
    await images.getAll(principal, fields.imageIds ?? []);
    try {
      const { project, result, versionstamp } = await projects.change<PromptResult>(
        principal,
        projectId,
        async (project, transaction) => {
          if (await request.result()) throw new FreshetError("conflict", "This prompt was sent already");
          const branch = branchOf(project, fields.branch);
          if (branch.generatingId !== undefined) {
            return this.#wait({ principal, project, branch, fields, transaction, request });
          }
          const begun = await this.begin(principal, project, branch, fields, transaction);
          request.keep(transaction.operation, { versionId: begun.version.id });
          return { project: begun.project, result: { begun } };
        },
      );
      if ("queued" in result) return { project, queued: result.queued };
      this.launch(principal, result.begun, versionstamp);
      return { project, version: result.begun.version };
    } catch (error) {
      const made = await repeated();
      if (made) return made;
      throw error;
    }
  }

  /** Adds a new version with its run to a commit; `launch` after it. */
  async begin(
    principal: Principal,
    project: ProjectRecord,
    branch: ProjectBranch,
    fields: PromptFields & { title?: string; files?: ManifestFile[]; sourceId?: string },
    transaction: Transaction,
  ): Promise<BegunVersion> {
    const { versions, runs, images, clock } = this.#options;
    const { profileId } = principal;
    const { text, origin = "prompt", imageIds = [], parentId = branch.headId, title = "", files, sourceId } =
      fields;
    if (branch.generatingId !== undefined) throw generating();
    const drafted = versions.draft(project, {
      branch: branch.name,
      parentId,
      prompt: text,
      origin,
      createdAt: clock.now(),
    });
    const subject = { type: "project" as const, projectId: project.id, versionId: drafted.version.id };
    const run = runs.prepare(principal, subject, transaction.operation);
    const version: Version = {
      ...drafted.version,
      title,
      runId: run.info.id,
      ...(imageIds.length > 0 ? { imageIds } : {}),
      ...(sourceId === undefined ? {} : { sourceId }),
    };
    await versions.write(transaction, profileId, version);
    if (files) {
      const key = keys.manifest(profileId, project.id, version.id);
      await transaction.set(studioRecords.manifest, key, { files });
    }
    images.keep(principal, transaction.operation, imageIds, project.id);
    const next = withBranch(drafted.project, { ...branch, generatingId: version.id });
    return { project: next, version, run };
  }

  /** Starts the run of a version whose commit was made. */
  launch(principal: Principal, { project, version, run }: BegunVersion, versionstamp: string): void {
    const options = this.#options;
    const job = (signal: AbortSignal) => this.#job(principal, project, version, signal);
    run.launch(versionstamp, async function* (signal) {
      return yield* buildVersion(await job(signal), options, signal);
    });
  }

  /** Takes a prompt back that waits. Throws `not_found` where it was begun already. */
  async unqueue(principal: Principal, projectId: string, promptId: string): Promise<ProjectRecord> {
    const { project } = await this.#options.projects.change(principal, projectId, (project) => {
      const branch = project.branches.find(({ queue }) => queue.some(({ id }) => id === promptId));
      if (!branch) throw new FreshetError("not_found", "There is no such prompt that waits");
      const queue = branch.queue.filter(({ id }) => id !== promptId);
      return Promise.resolve({ project: withBranch(project, { ...branch, queue }), result: undefined });
    });
    return project;
  }

  #wait({ principal, project, branch, fields, transaction, request }: WaitingPrompt): {
    project: ProjectRecord;
    result: PromptResult;
  } {
    const { text, imageIds = [], queue, parentId } = fields;
    if (!queue) throw generating();
    if (branch.queue.length >= PROJECT_LIMITS.queue) {
      throw new FreshetError("rate_limited", `At most ${PROJECT_LIMITS.queue} prompts can wait`, {
        retryAfter: 10,
      });
    }
    const queued: QueuedPrompt = {
      id: newId(),
      text,
      createdAt: this.#options.clock.now(),
      ...(principal.keyId === undefined ? {} : { keyId: principal.keyId }),
      ...(imageIds.length > 0 ? { imageIds } : {}),
      ...(parentId ? { fromVersionId: parentId } : {}),
    };
    request.keep(transaction.operation, { queuedId: queued.id });
    this.#options.images.keep(principal, transaction.operation, imageIds, project.id);
    return {
      project: withBranch(project, { ...branch, queue: [...branch.queue, queued] }),
      result: { queued },
    };
  }

  async #job(principal: Principal, project: ProjectRecord, version: Version, signal: AbortSignal) {
    const { versions, images } = this.#options;
    const before = (await versions.list(principal, project.id))
      .filter(({ id, status, branch }) =>
        id !== version.id && status === "complete" && branch === version.branch
      );
    const parts: ContentPart[] = [];
    for (const { id, mediaType } of await images.getAll(principal, version.imageIds ?? [])) {
      const bytes = await images.bytes(principal, id);
      if (bytes) parts.push({ type: "image", mediaType, data: bytes.toBase64() });
    }
    signal.throwIfAborted();
    const earlierRequests = before.reverse().map(({ prompt }) => prompt).filter(Boolean).slice(-8);
    return { principal, project, version, earlierRequests, images: parts };
  }

  /** Begins the next prompt of each branch that is idle. */
  async #goOn(profileId: string, projectId: string): Promise<void> {
    const { projects } = this.#options;
    const waits = ({ generatingId, queue }: ProjectBranch) => generatingId === undefined && queue.length > 0;
    for (;;) {
      const stored = await projects.find(profileId, projectId);
      if (!stored || stored.value.deletedAt !== undefined || !stored.value.branches.some(waits)) return;
      const { result, versionstamp } = await projects.change<
        { principal: Principal; begun: BegunVersion } | undefined
      >(
        backgroundPrincipal(profileId),
        projectId,
        async (project, transaction) => {
          const branch = project.branches.find(waits);
          const [next, ...queue] = branch?.queue ?? [];
          if (!branch || !next) return { project, result: undefined };
          const { text, keyId, imageIds = [], fromVersionId } = next;
          const principal = backgroundPrincipal(profileId, keyId);
          const from = fromVersionId === undefined ? {} : { parentId: fromVersionId };
          const begun = await this.begin(
            principal,
            project,
            { ...branch, queue },
            { text, imageIds, ...from },
            transaction,
          );
          return { project: begun.project, result: { principal, begun } };
        },
      );
      if (!result) return;
      this.launch(result.principal, result.begun, versionstamp);
    }
  }

  async #repeated(
    principal: Principal,
    projectId: string,
    { versionId, queuedId }: { versionId?: string; queuedId?: string },
  ): Promise<CreatedVersion> {
    const { projects, versions } = this.#options;
    const { value: project } = await projects.get(principal, projectId);
    if (versionId) return { project, version: await versions.get(principal, projectId, versionId) };
    const queued = project.branches.flatMap(({ queue }) => queue).find(({ id }) => id === queuedId);
    return { project, ...(queued ? { queued } : {}) };
  }

  #background(work: () => Promise<void>): void {
    const working: Promise<void> = work().catch((error) => {
      // Freshet is being shut down: what waits is begun at the next start.
      if (error instanceof FreshetError && error.code === "unavailable") return;
      this.#options.log.error("Cannot begin a prompt that waits", { error });
    }).finally(() => this.#working.delete(working));
    this.#working.add(working);
  }
}

function generating(): FreshetError {
  return new FreshetError("conflict", "A version is being generated on this branch", {
    hint: "Wait for it, stop it, or let the prompt wait",
  });
}
