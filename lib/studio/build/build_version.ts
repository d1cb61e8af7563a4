import {
  type ChatRequest,
  type ContentPart,
  type FinishReason,
  FreshetError,
  type ModelEntry,
  type Project,
  renderStudioPrompt,
  type RunEvent,
  type StudioPrompt,
  type ValidationReport,
  type Version,
} from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { ModelCall, Nodes } from "../../nodes/mod.ts";
import { changesBetween } from "../changes.ts";
import { shortTitle } from "../title_line.ts";
import type { VersionStore } from "../version_store.ts";
import { Workspace } from "../workspace.ts";
import { AnswerWriter, type FileProblem, type Written } from "./answer_writer.ts";
import { codingModel } from "./coding_model.ts";
import { projectContext } from "./context.ts";
import type { ModelForms } from "./model_forms.ts";
import { isLarge, readPlan } from "./plan.ts";
import { Prose } from "./prose.ts";
import { sideBySide } from "./side_by_side.ts";
import { systemPrompt } from "./system_prompt.ts";
import { problemsText, sameProblems, type Validate } from "./validation.ts";

/** Answers that break off are gone on with this often. */
const RESUMES_MAX = 2;
const REPAIRS_MAX = 2;
/** Fewer files are written sooner in one stream. */
const PLANNED_FILES_MIN = 4;
const AT_ONCE_MAX = 4;
const TEMPERATURE = 0.2;

/** What the making of a version needs. */
export interface BuildOptions {
  nodes: Nodes;
  versions: VersionStore;
  forms: ModelForms;
  clock: Clock;
  validate: Validate;
}

/** One version to be made. */
export interface BuildJob {
  principal: Principal;
  project: Project;
  version: Version;
  /** The requests of the versions before, oldest first. */
  earlierRequests: string[];
  images: ContentPart[];
}

/** Makes a version: its events are a run's. The files are stored as they are finished, before their events. */
export function buildVersion(
  job: BuildJob,
  options: BuildOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, FinishReason, undefined> {
  return new VersionBuild(job, options, signal).run();
}

class VersionBuild {
  readonly #job: BuildJob;
  readonly #options: BuildOptions;
  readonly #signal: AbortSignal;
  readonly #prose = new Prose();
  #model: ModelEntry | undefined;
  #contextLength = 0;
  #mayEdit = false;

  constructor(job: BuildJob, options: BuildOptions, signal: AbortSignal) {
    this.#job = job;
    this.#options = options;
    this.#signal = signal;
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
    const model = isWritten ? await this.#chooseModel() : "";
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
      title: this.#prose.title || version.title || shortTitle(version.prompt),
      summary: changes.length === 0 ? "Nothing changed" : changes.map(({ path }) => path).join(", "),
      filesChanged: changes,
    };
    return "stop";
  }

  async #chooseModel(): Promise<string> {
    const { principal, project } = this.#job;
    const { models } = await this.#options.nodes.models(principal, project.model ?? "");
    const id = codingModel(models, project.model ?? "");
    this.#model = models.find((model) => model.id === id);
    if (!this.#model) {
      throw new FreshetError("model_not_found", "No model is there to write the project", {
        hint: "Add a node in Settings",
      });
    }
    this.#mayEdit = await this.#options.forms.mayEdit(principal.profileId, this.#model);
    return id;
  }

  async *#write(workspace: Workspace): AsyncGenerator<RunEvent, void, undefined> {
    const { principal, version } = this.#job;
    const before = await workspace.readAll();
    yield { type: "step:start", step: "analyzing" };
    const prompt = this.#prompt("version", before);
    if (before.length === 0 && isLarge(prompt.request) && (yield* this.#writePlanned(prompt, workspace))) {
      return;
    }
    for (const { path } of prompt.files) yield { type: "activity", activity: { type: "read", path } };
    let written = yield* this.#ask(prompt, workspace);
    const { isComplete, edits, editsApplied, problems } = written;
    const isWellFormed = isComplete && !problems.some(({ type }) => type === "refused");
    await this.#options.forms.record(principal.profileId, this.#model?.id ?? "", {
      isWellFormed,
      edits,
      editsApplied,
    });
    for (let resumes = 0; !written.isComplete && resumes < RESUMES_MAX; resumes++) {
      written = yield* this.#resume(written, workspace);
    }
    if (written.unfinishedPath) {
      throw new FreshetError(
        "upstream",
        `The answer broke off in ${written.unfinishedPath}, again and again`,
      );
    }
    yield* this.#mend(problems, workspace);
    yield* this.#prose.end();
    if (workspace.files.length === 0) {
      throw new FreshetError("upstream", "The model wrote no files", {
        hint: version.parentId === null ? "Try again, or choose another model" : undefined,
      });
    }
  }

  /**
   * Plans the version, then writes its files side by side, each by a call of its own with the shared plan. False where the
   * nodes have no room for that, or the plan is of too few files.
   */
  async *#writePlanned(
    prompt: StudioPrompt,
    workspace: Workspace,
  ): AsyncGenerator<RunEvent, boolean, undefined> {
    const { principal } = this.#job;
    const room = await this.#options.nodes.dispatcher.room(principal, this.#model?.id ?? "");
    if (room < 2) return false;
    let text = "";
    for await (
      const event of this.#options.nodes.dispatcher.dispatch(this.#call({ ...prompt, task: "plan" }))
    ) {
      if (event.type === "text") text += event.text;
      else if (event.type === "usage" || event.type === "node" || event.type === "reasoning") yield event;
    }
    const plan = readPlan(text);
    if (plan.files.length < PLANNED_FILES_MIN) return false;
    const paths = plan.files.map(({ path }) => path);
    yield { type: "planning", message: plan.text, files: paths };
    yield { type: "activity", activity: { type: "planned", fileCount: paths.length } };
    yield { type: "step:start", step: "generating" };
    const work = paths.map((path) => () => this.#writeOne(path, { ...prompt, plan: plan.text }, workspace));
    const unwritten = (yield* sideBySide(work, Math.min(room, AT_ONCE_MAX))).filter((path) =>
      path !== undefined
    );
    yield* this.#prose.push(`${plan.summary}\n`);
    yield* this.#prose.end();
    if (unwritten[0]) throw new FreshetError("upstream", `The model did not write ${unwritten.join(", ")}`);
    return true;
  }

  /** Writes one file of a plan; its path comes back where the model did not manage, even the second time. */
  async *#writeOne(
    path: string,
    prompt: StudioPrompt,
    workspace: Workspace,
  ): AsyncGenerator<RunEvent, string | undefined, undefined> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const wanted = { ...prompt, task: "file" as const, wanted: [path] };
      yield* this.#ask(wanted, workspace, new Prose({ isSilent: true, hasFiles: true }), path);
      if (workspace.has(path)) return undefined;
    }
    return path;
  }

  /** Asks once more for what an answer that broke off had not finished. */
  async *#resume(written: Written, workspace: Workspace): AsyncGenerator<RunEvent, Written, undefined> {
    const path = written.unfinishedPath;
    if (path) yield { type: "activity", activity: { type: "resumed", path } };
    const prompt = this.#prompt("resume", await workspace.readAll());
    const wanted = path ? [path] : ["the files that are still missing; where none is, only ### END"];
    return yield* this.#ask({ ...prompt, wanted }, workspace);
  }

  /** Files whose edits missed, or that were shortened, are asked for again: first with the true text, then whole. */
  async *#mend(problems: FileProblem[], workspace: Workspace): AsyncGenerator<RunEvent, void, undefined> {
    let open = problems.filter(({ type }) => type === "edit" || type === "shortened");
    for (let round = 0; open.length > 0 && round < 2; round++) {
      const prompt = this.#prompt("repair", await workspace.readAll());
      if (round > 0) this.#mayEdit = false;
      const written = yield* this.#mendBy({
        ...prompt,
        wanted: [...new Set(open.map(({ path }) => path))],
        problems: open.map(({ path, reason }) => `${path}: ${reason}`).join("\n\n"),
      }, workspace);
      open = written.problems.filter(({ type }) => type === "edit" || type === "shortened");
    }
    if (open[0]) throw new FreshetError("upstream", `The model could not write ${open[0].path} as a whole`);
  }

  async *#validate(workspace: Workspace, isRepaired: boolean): AsyncGenerator<RunEvent, void, undefined> {
    const { project } = this.#job;
    let last: ValidationReport | undefined;
    for (let repairs = 0;; repairs++) {
      const report = yield* this.#options.validate(await workspace.readAll(), project.kinds, this.#signal);
      const isStuck = last !== undefined && sameProblems(last, report);
      const mayGoOn = isRepaired && report.outcome === "failed" && !isStuck && repairs < REPAIRS_MAX;
      if (!mayGoOn) return yield { type: "validation:complete", report: { ...report, repairs } };
      last = report;
      yield { type: "activity", activity: { type: "repaired", round: repairs + 1 } };
      const prompt = this.#prompt("repair", await workspace.readAll());
      const written = yield* this.#mendBy({ ...prompt, problems: problemsText(report) }, workspace);
      yield { type: "step:start", step: "validating" };
      if (!written.isComplete && written.unfinishedPath) {
        return yield { type: "validation:complete", report: { ...report, repairs: repairs + 1 } };
      }
    }
  }

  #prompt(task: StudioPrompt["task"], current: { path: string; content: string }[]): StudioPrompt {
    const { project, version, earlierRequests } = this.#job;
    const context = projectContext(current, version.prompt, this.#model);
    this.#contextLength = context.contextLength;
    return {
      task,
      kinds: project.kinds,
      files: context.files.map(({ path, content }) => ({ path, content })),
      outlines: context.outlines,
      lockedPaths: project.lockedPaths,
      request: version.prompt,
      earlierRequests,
      wanted: [],
      plan: "",
      problems: "",
    };
  }

  /** A call of the model that only mends: what it says besides is not for the person. */
  #mendBy(prompt: StudioPrompt, workspace: Workspace): AsyncGenerator<RunEvent, Written, undefined> {
    return this.#ask(prompt, workspace, new Prose({ isSilent: true }));
  }

  /** One call of the model, with its answer written into the workspace. */
  async *#ask(
    prompt: StudioPrompt,
    workspace: Workspace,
    prose = this.#prose,
    onlyPath?: string,
  ): AsyncGenerator<RunEvent, Written, undefined> {
    const writer = new AnswerWriter(workspace, prose, this.#job.project.lockedPaths, onlyPath);
    yield* this.#stream(this.#call(prompt), writer);
    return yield* writer.finish();
  }

  #call(prompt: StudioPrompt): ModelCall {
    const { principal, project, version, images } = this.#job;
    const text: ContentPart = { type: "text", text: renderStudioPrompt(prompt) };
    const system = systemPrompt(project.kinds, this.#mayEdit && project.versionCount > 1);
    const request: ChatRequest = {
      model: this.#model?.id ?? "",
      temperature: TEMPERATURE,
      contextLength: this.#contextLength,
      messages: [
        { role: "system", content: [{ type: "text", text: system }] },
        { role: "user", content: [...images, text] },
      ],
    };
    const source = {
      type: "project" as const,
      projectId: project.id,
      versionId: version.id,
      runId: version.runId ?? "",
    };
    return { principal, request, source, signal: this.#signal };
  }

  async *#stream(call: ModelCall, writer: AnswerWriter): AsyncGenerator<RunEvent, void, undefined> {
    let thinkingSince: number | undefined;
    for await (const event of this.#options.nodes.dispatcher.dispatch(call)) {
      if (event.type === "reasoning") thinkingSince ??= this.#options.clock.now();
      else if (thinkingSince !== undefined && event.type === "text") {
        const durationMs = this.#options.clock.now() - thinkingSince;
        thinkingSince = undefined;
        yield { type: "activity", activity: { type: "thought", durationMs } };
      }
      if (event.type === "text") yield* writer.push(event.text);
      else if (event.type === "loading") yield { ...event, type: "status", status: "loading" };
      else if (event.type === "reasoning" || event.type === "usage" || event.type === "node") yield event;
    }
  }
}
