import { type ProjectFile, renderFile, type StudioPrompt } from "../../../shared/mod.ts";
import { readBrief } from "./brief.ts";
import { type Changes, changesBetween } from "./changes.ts";
import { followUp } from "./follow_up.ts";
import { PROJECT_FILE, readProjectFile } from "./project_file.ts";
import { purposeOf } from "./purposes.ts";
import { renderProject } from "./render.ts";
import type { ProjectSpec } from "./spec.ts";
import {
  cannotAnswer,
  firstPlan,
  firstSummary,
  followUpSummary,
  repairSummary,
  shortTitle,
} from "./summary.ts";

const END = "### END";

/** What a request makes of a project. */
interface Work {
  plan: string;
  before: ProjectFile[];
  after: ProjectFile[];
  title: string;
  summarize: (changes: Changes) => string;
}

/** The answer to a studio prompt, in the wire format. The same prompt always gets the same answer. */
export async function answerStudioPrompt(prompt: StudioPrompt, sees: { image: boolean }): Promise<string> {
  const known = knownSpec(prompt);
  if (prompt.task === "repair") return await repair(prompt, known);
  if (!known && prompt.files.length + prompt.outlines.length > 0 && prompt.task === "version") {
    return cannot(cannotAnswer.notMine, sees);
  }
  const work = known ? await change(prompt, known) : await begin(prompt);
  if (prompt.task === "file" || prompt.task === "resume") return only(work, prompt);
  if (!work) return cannot(cannotAnswer.notUnderstood(prompt.request), sees);
  const changes = changesBetween({
    before: work.before,
    after: work.after,
    current: prompt.files,
    lockedPaths: prompt.lockedPaths,
    unseenPaths: prompt.outlines.map(({ path }) => path),
  });
  if (prompt.task === "plan") return plan(changes);
  return [
    [work.plan, "", ...fileList(changes)].join("\n"),
    ...changes.written.map(renderFile),
    ...changes.deleted.map((path) => `### DELETE ${path}`),
    `TITLE: ${work.title}\n\n${withImage(work.summarize(changes), sees)}`,
    END,
  ].join("\n\n");
}

/** What the project is made from, by its own file or, where that is not shown, by all that was asked before. */
function knownSpec({ files, outlines, earlierRequests, kinds }: StudioPrompt): ProjectSpec | undefined {
  const file = files.find(({ path }) => path === PROJECT_FILE);
  if (file) return readProjectFile(file.content);
  const [first, ...others] = earlierRequests;
  if (first === undefined || !outlines.some(({ path }) => path === PROJECT_FILE)) return undefined;
  return others.reduce((spec, request) => followUp(spec, request).spec, readBrief(first, kinds));
}

async function begin({ request, kinds }: StudioPrompt): Promise<Work> {
  const spec = readBrief(request, kinds);
  return {
    plan: firstPlan(spec),
    before: [],
    after: await renderProject(spec),
    title: shortTitle(spec.title),
    summarize: () => firstSummary(spec),
  };
}

/** Undefined where nothing of the request was understood. */
async function change({ request, kinds }: StudioPrompt, known: ProjectSpec): Promise<Work | undefined> {
  const result = followUp(known, request);
  const added = kinds.filter((kind) => !known.kinds.includes(kind));
  const spec = added.length > 0 ? { ...result.spec, kinds: [...result.spec.kinds, ...added] } : result.spec;
  if (added.length > 0) {
    result.did.push(`The project has ${added.includes("ui") ? "a page" : "an API"} as well now`);
  }
  if (result.did.length + result.already.length === 0) return undefined;
  return {
    plan: result.did.length > 0
      ? `I change what the request names: ${result.did.join("; ")}.`
      : "There is nothing to change.",
    before: await renderProject(known),
    after: await renderProject(spec),
    title: result.did.length > 0 ? shortTitle(result.title || "Wider project") : "No change",
    summarize: (changes) => followUpSummary(result, changes),
  };
}

/** For single files: those that are wanted, as they are to be. */
async function only(work: Work | undefined, prompt: StudioPrompt): Promise<string> {
  const known = knownSpec(prompt);
  const all = work?.after ?? (known ? await renderProject(known) : []);
  const wanted = all.filter(({ path }) => prompt.wanted.includes(path) && !prompt.lockedPaths.includes(path));
  const missing = prompt.wanted.filter((path) => !wanted.some((file) => file.path === path));
  const title = work?.title ?? "Files";
  const summary = missing.length > 0
    ? `I have nothing to write for ${missing.join(", ")}.`
    : "These are the files asked for.";
  return [...wanted.map(renderFile), `TITLE: ${title}\n\n${summary}`, END].join("\n\n");
}

async function repair(prompt: StudioPrompt, known: ProjectSpec | undefined): Promise<string> {
  const all = known ? await renderProject(known) : [];
  const current = new Map(prompt.files.map(({ path, content }) => [path, content]));
  const differing = all.filter(({ path, content }) =>
    current.get(path) !== content && !prompt.lockedPaths.includes(path)
  );
  const named = differing.filter(({ path }) => prompt.problems.includes(path));
  const files = named.length > 0 ? named : differing;
  return [...files.map(renderFile), `TITLE: Repair\n\n${repairSummary(files.map(({ path }) => path))}`, END]
    .join("\n\n");
}

function plan(changes: Changes): string {
  const deleted = changes.deleted.map((path) => `- ${path}: is deleted`);
  return ["### PLAN", ...fileList(changes), ...deleted, "", END].join("\n");
}

function fileList({ written }: Changes): string[] {
  return written.map(({ path }) => `- ${path}: ${purposeOf(path)}`);
}

function cannot(text: string, sees: { image: boolean }): string {
  return `TITLE: No change\n\n${withImage(text, sees)}\n\n${END}`;
}

function withImage(text: string, { image }: { image: boolean }): string {
  return image ? `I cannot see images, so I went by the words alone.\n\n${text}` : text;
}
