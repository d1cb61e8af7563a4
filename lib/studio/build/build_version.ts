import { type FinishReason, type RunEvent, toFreshetError, type ValidationReport } from "../../shared/mod.ts";
import { changesBetween } from "../changes.ts";
import { shortTitle } from "../title_line.ts";
import { Workspace } from "../workspace.ts";
import { Author } from "./author.ts";
import { EarlyChecks } from "./early_checks.ts";
import type { BuildJob, BuildOptions } from "./job.ts";
import { sameProblems } from "./validation.ts";

const REPAIRS_MAX = 2;

/** Makes a version: its events are a run's. The files are stored as they are finished, before their events. */
export function buildVersion(
  job: BuildJob,
  options: BuildOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, FinishReason, undefined> {
  return told(new VersionBuild(job, options, signal).run(), signal);
}

/** Says in the stream of a version why it fails, before the run does. */
async function* told(
  events: AsyncGenerator<RunEvent, FinishReason, undefined>,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, FinishReason, undefined> {
  try {
    return yield* events;
  } catch (error) {
    if (!signal.aborted) yield { type: "error", error: toFreshetError(error).toBody() };
    throw error;
  }
}

class VersionBuild {
  readonly #job: BuildJob;
  readonly #options: BuildOptions;
  readonly #signal: AbortSignal;
  readonly #author: Author;

  constructor(job: BuildJob, options: BuildOptions, signal: AbortSignal) {
    this.#job = job;
    this.#options = options;
    this.#signal = signal;
    this.#author = new Author(job, options, signal);
  }

  async *run(): AsyncGenerator<RunEvent, FinishReason, undefined> {
    const { version, project, principal } = this.#job;
    const { versions } = this.#options;
    const place = { profileId: principal.profileId, projectId: project.id };
    // A version by hand has its files already.
    const own = await versions.ownManifest(place, version.id);
    const parent = await versions.manifest(place, version.parentId);
    const workspace = new Workspace({
      blobs: versions.blobs,
      ...place,
      base: own ?? parent,
    });
    const { id: versionId, number: versionNumber, branch } = version;
    const isWritten = version.origin === "prompt" || version.origin === "retry";
    // Its prompt may have waited for long, even for the next start.
    if (isWritten) await this.#options.apiKeys.recall(principal);
    const model = isWritten ? await this.#author.choose() : "";
    if (isWritten) yield { type: "start", model, startedAt: this.#options.clock.now() };
    yield { type: "version:start", versionId, versionNumber, branch };
    yield { type: "step:start", step: "planning" };
    if (isWritten) yield* this.#write(workspace);
    yield { type: "step:start", step: "validating" };
    yield* this.#validate(workspace, isWritten);
    const read = (file: Parameters<typeof versions.blobs.read>[2]) =>
      versions.blobs.read(place.profileId, place.projectId, file);
    const { changes } = await changesBetween(parent, workspace.files, read);
    yield {
      type: "version:complete",
      title: this.#author.title || version.title || shortTitle(version.prompt),
      summary: changes.length === 0 ? "Nothing changed" : changes.map(({ path }) => path).join(", "),
      filesChanged: changes,
    };
    return "stop";
  }

  /** Lets the model write, and looks at the files that are finished meanwhile. */
  async *#write(workspace: Workspace): AsyncGenerator<RunEvent, void, undefined> {
    const { project } = this.#job;
    const early = new EarlyChecks(
      async (signal) => this.#options.validate.early(await workspace.readAll(), project.kinds, signal),
    );
    try {
      for await (const event of this.#author.write(workspace)) {
        yield event;
        if (event.type === "file:complete") early.look();
        yield* early.found();
      }
    } finally {
      await early.stop();
    }
  }

  async *#validate(workspace: Workspace, isRepaired: boolean): AsyncGenerator<RunEvent, void, undefined> {
    const { project } = this.#job;
    let last: ValidationReport | undefined;
    for (let repairs = 0;; repairs++) {
      const report = yield* this.#options.validate.all(
        await workspace.readAll(),
        project.kinds,
        this.#signal,
      );
      const isStuck = last !== undefined && sameProblems(last, report);
      const mayGoOn = isRepaired && report.outcome === "failed" && !isStuck && repairs < REPAIRS_MAX;
      if (!mayGoOn) return yield { type: "validation:complete", report: { ...report, repairs } };
      last = report;
      yield { type: "activity", activity: { type: "repaired", round: repairs + 1 } };
      const isWhole = yield* this.#author.repair(report, workspace);
      yield { type: "step:start", step: "validating" };
      if (!isWhole) return yield { type: "validation:complete", report: { ...report, repairs: repairs + 1 } };
    }
  }
}
