import { FreshetError, newId, type ProjectList, type ProjectSummary } from "../shared/mod.ts";
import { type Feed, keys, type Store, type Stored, type Transaction } from "../store/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { type ProjectRecord, studioRecords } from "./records.ts";

const DELETED_KEPT_MS = 7 * 24 * 60 * 60_000;
const LIST_SIZE = 50;
const TRIES = 20;

/** Changes a project and adds to its commit what belongs to the change. Called again when somebody else was faster. */
export type ProjectChange<T> = (
  project: ProjectRecord,
  transaction: Transaction,
) => Promise<{ project: ProjectRecord; result: T }>;

/** The records of projects with the order in which they are listed. */
export class ProjectStore {
  #store: Store;
  #clock: Clock;
  #feed: Feed;

  constructor(options: { store: Store; clock: Clock; feed: Feed }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#feed = options.feed;
  }

  /** A new project that is not stored yet. */
  draft(fields: Pick<ProjectRecord, "name" | "kinds"> & { model?: string }): ProjectRecord {
    const now = this.#clock.now();
    return {
      id: newId(),
      createdAt: now,
      updatedAt: now,
      branches: [{ name: "main", headId: null, queue: [] }],
      activeBranch: "main",
      versionCount: 0,
      lockedPaths: [],
      ...fields,
    };
  }

  /** Adds a new project to a commit. */
  add(profileId: string, operation: Deno.AtomicOperation, project: ProjectRecord): void {
    operation.set(keys.project(profileId, project.id), this.#store.encode(studioRecords.project, project));
    operation.set(keys.projectOrder(profileId, project.updatedAt, project.id), project.id);
  }

  /** One project. Throws `not_found`, also for deleted ones and those of other profiles. */
  async get({ profileId }: Principal, projectId: string): Promise<Stored<ProjectRecord>> {
    const stored = await this.find(profileId, projectId);
    if (stored && stored.value.deletedAt === undefined) return stored;
    throw new FreshetError("not_found", "There is no such project");
  }

  /** One project, deleted or not, or null. */
  async find(profileId: string, projectId: string): Promise<Stored<ProjectRecord> | null> {
    return await this.#store.get(studioRecords.project, keys.project(profileId, projectId));
  }

  /** A page of the list, newest change first; with a query those whose name has it. */
  async list(
    principal: Principal,
    { query = "", cursor, limit = LIST_SIZE }: { query?: string; cursor?: string; limit?: number },
  ): Promise<ProjectList> {
    const wanted = query.trim().toLowerCase();
    const order = this.#store.kv.list<string>(
      { prefix: keys.projectOrders(principal.profileId) },
      cursor ? { cursor } : {},
    );
    const projects: ProjectSummary[] = [];
    try {
      for await (const { value } of order) {
        const stored = await this.find(principal.profileId, value);
        if (!stored || !stored.value.name.toLowerCase().includes(wanted)) continue;
        projects.push(summaryOf(stored.value));
        if (projects.length === limit) return { projects, cursor: order.cursor };
      }
    } catch (cause) {
      if (!(cause instanceof TypeError) || !cursor) throw cause;
      throw new FreshetError("invalid_request", "This is no cursor of a list of projects", {
        field: "cursor",
        cause,
      });
    }
    return { projects };
  }

  /** Changes a project in one commit, trying again when another change came between. Throws `not_found`. */
  async change<T>(
    principal: Principal,
    projectId: string,
    change: ProjectChange<T>,
    options: { deleted?: boolean } = {},
  ): Promise<{ project: ProjectRecord; result: T; versionstamp: string }> {
    const { profileId } = principal;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const stored = options.deleted
        ? await this.find(profileId, projectId)
        : await this.get(principal, projectId);
      if (!stored) throw new FreshetError("not_found", "There is no such project");
      await using transaction = this.#store.transaction();
      const { project, result } = await change(stored.value, transaction);
      this.write(profileId, transaction.operation, stored, project);
      const commit = await transaction.commit();
      if (!commit.ok) continue;
      this.changed(profileId, projectId);
      return { project, result, versionstamp: commit.versionstamp };
    }
    throw new FreshetError("conflict", "The project is being changed by others at the same time", {
      retryAfter: 1,
    });
  }

  /** Adds a changed project to a commit that happens only if nobody else has changed it. */
  write(
    profileId: string,
    operation: Deno.AtomicOperation,
    stored: Stored<ProjectRecord>,
    project: ProjectRecord,
  ): void {
    const { value: old } = stored;
    operation.check(stored).set(stored.key, this.#store.encode(studioRecords.project, project));
    operation.delete(keys.projectOrder(profileId, old.updatedAt, old.id));
    if (project.deletedAt === undefined) {
      operation.set(keys.projectOrder(profileId, project.updatedAt, project.id), project.id);
    }
    const waits = project.branches.some(({ queue }) => queue.length > 0);
    const queueKey = keys.projectQueue(profileId, project.id);
    if (waits && project.deletedAt === undefined) operation.set(queueKey, true);
    else operation.delete(queueKey);
  }

  /** Marks a project as deleted; it can be brought back for a week. */
  async delete(principal: Principal, projectId: string): Promise<void> {
    await this.change(principal, projectId, (project, { operation }) => {
      const now = this.#clock.now();
      operation.set(keys.projectPurge(now + DELETED_KEPT_MS, principal.profileId, projectId), true);
      return Promise.resolve({ project: { ...project, deletedAt: now }, result: undefined });
    });
  }

  /** Brings a deleted project back. */
  async restore(principal: Principal, projectId: string): Promise<ProjectRecord> {
    const { project } = await this.change(principal, projectId, (deleted, { operation }) => {
      const { deletedAt, ...project } = deleted;
      if (deletedAt !== undefined) {
        operation.delete(keys.projectPurge(deletedAt + DELETED_KEPT_MS, principal.profileId, projectId));
      }
      return Promise.resolve({ project, result: undefined });
    }, { deleted: true });
    return project;
  }

  /** Tells open pages. */
  changed(profileId: string, projectId: string): void {
    this.#feed.publish(profileId, { type: "project:changed", projectId });
  }
}

function summaryOf(project: ProjectRecord): ProjectSummary {
  const { id, name, kinds, createdAt, updatedAt, versionCount, branches } = project;
  const isGenerating = branches.some(({ generatingId }) => generatingId !== undefined);
  return { id, name, kinds, createdAt, updatedAt, versionCount, isGenerating };
}
