import {
  type CreatedVersion,
  FreshetError,
  newId,
  PROJECT_LIMITS,
  type ProjectBranch,
  type QueuedPrompt,
} from "../shared/mod.ts";
import { backgroundPrincipal, type Principal } from "../access/mod.ts";
import { IdempotentRequest, keys, type Transaction } from "../store/mod.ts";
import { branchOf, withBranch } from "./branches.ts";
import { finishVersion } from "./finish.ts";
import {
  type BegunVersion,
  generating,
  type Making,
  type MakingOptions,
  type PromptFields,
} from "./making.ts";
import type { ProjectRecord } from "./records.ts";

type PromptResult = { begun: BegunVersion } | { queued: QueuedPrompt };

interface WaitingPrompt {
  principal: Principal;
  project: ProjectRecord;
  branch: ProjectBranch;
  fields: PromptFields;
  transaction: Transaction;
  request: IdempotentRequest<{ versionId?: string; queuedId?: string }>;
}

/** Prompts to projects: each becomes a version at once, or waits until the one before it is made. */
export class Prompts {
  #options: MakingOptions;
  #making: Making;
  #working = new Set<Promise<void>>();

  constructor(options: MakingOptions, making: Making) {
    this.#options = options;
    this.#making = making;
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
          const begun = await this.#making.begin(principal, project, branch, fields, transaction);
          request.keep(transaction.operation, { versionId: begun.version.id });
          return { project: begun.project, result: { begun } };
        },
      );
      if ("queued" in result) return { project, queued: result.queued };
      this.#making.launch(principal, result.begun, versionstamp);
      return { project, version: result.begun.version };
    } catch (error) {
      const made = await repeated();
      if (made) return made;
      throw error;
    }
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
          const begun = await this.#making.begin(
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
      this.#making.launch(result.principal, result.begun, versionstamp);
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
