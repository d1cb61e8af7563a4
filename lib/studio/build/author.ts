import {
  type ChatRequest,
  type ContentPart,
  FreshetError,
  type ModelEntry,
  renderStudioPrompt,
  type RunEvent,
  type StudioPrompt,
  type ValidationReport,
} from "../../shared/mod.ts";
import type { ModelCall } from "../../nodes/mod.ts";
import type { Workspace } from "../workspace.ts";
import { AnswerWriter, type FileProblem, type Written } from "./answer_writer.ts";
import type { BuildJob, BuildOptions } from "./job.ts";
import { codingModel } from "./coding_model.ts";
import { projectContext } from "./context.ts";
import { isLarge, readPlan } from "./plan.ts";
import { Prose } from "./prose.ts";
import { sideBySide } from "./side_by_side.ts";
import { systemPrompt } from "./system_prompt.ts";
import { problemsText } from "./validation.ts";

/** Answers that break off are gone on with this often. */
const RESUMES_MAX = 2;
/** Fewer files are written sooner in one stream. */
const PLANNED_FILES_MIN = 4;
const AT_ONCE_MAX = 4;
const TEMPERATURE = 0.2;

/** The model that writes a version: what it is asked, and how its answers become files. */
export class Author {
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

  /** What the model called the version. */
  get title(): string | undefined {
    return this.#prose.title;
  }

  /** Chooses the model, and returns its id. Throws `model_not_found`. */
  async choose(): Promise<string> {
    const { principal, project } = this.#job;
    const { nodes } = this.#options;
    const wished = project.model ?? "";
    let { models } = await nodes.modelsOrMeet(principal, wished);
    if (wished && !models.some(({ id }) => id === wished)) {
      // Its node may have been added a moment ago.
      await nodes.catalog.refresh(principal);
      ({ models } = await nodes.models(principal, wished));
    }
    const id = wished || codingModel(models);
    this.#model = models.find((model) => model.id === id);
    if (!this.#model) {
      const what = wished ? `No node has the model ${wished}` : "No model is there to write the project";
      throw new FreshetError("model_not_found", what, {
        hint: wished ? "Choose another model for the project" : "Add a node in Settings",
      });
    }
    this.#mayEdit = await this.#options.forms.mayEdit(principal.profileId, this.#model);
    return id;
  }

  /** Writes what the version's prompt asks for. Throws `upstream` where the model does not manage. */
  async *write(workspace: Workspace): AsyncGenerator<RunEvent, void, undefined> {
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

  /** Asks for the repair of what the checks found; false where the answer broke off in a file. */
  async *repair(
    report: ValidationReport,
    workspace: Workspace,
  ): AsyncGenerator<RunEvent, boolean, undefined> {
    const prompt = this.#prompt("repair", await workspace.readAll());
    const written = yield* this.#mendBy({ ...prompt, problems: problemsText(report) }, workspace);
    return written.isComplete || written.unfinishedPath === undefined;
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
      else if (event.type === "queue") {
        const { position, waiting, expectedMs } = event;
        yield { type: "status", status: "queued", message: "", position, waiting, expectedMs };
      } else if (event.type === "reasoning" || event.type === "usage" || event.type === "node") yield event;
    }
  }
}
