import {
  type ContentPart,
  FreshetError,
  type ManifestFile,
  type ProjectBranch,
  type Version,
  type VersionOrigin,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { PreparedRun, Runs } from "../runs/mod.ts";
import { keys, type Store, type Transaction } from "../store/mod.ts";
import { withBranch } from "./branches.ts";
import { buildVersion } from "./build/build_version.ts";
import type { BuildOptions } from "./build/job.ts";
import type { ImageStore } from "./image_store.ts";
import type { ProjectStore } from "./project_store.ts";
import { type ProjectRecord, studioRecords } from "./records.ts";
import type { VersionStore } from "./version_store.ts";

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

/** The runs that make versions. One version of a branch is made at a time. */
export class Making {
  #options: MakingOptions;

  constructor(options: MakingOptions) {
    this.#options = options;
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
}

/** A branch is asked for a version while one of it is being made. */
export function generating(): FreshetError {
  return new FreshetError("conflict", "A version is being generated on this branch", {
    hint: "Wait for it, stop it, or let the prompt wait",
  });
}
