import type { ProjectFile, ProjectKind } from "./studio.ts";
import { languageOfPath } from "./project_path.ts";

/** The first line of every system prompt of the studio, by which Sketch knows what is asked of it. */
export const STUDIO_MARKER = "You write software projects for Freshet's build studio.";

/**
 * What a model is asked for: a whole version (`version`), only the plan of a large one (`plan`), one file of a plan (`file`),
 * the rest after an answer that broke off (`resume`), or the repair of what the checks found (`repair`).
 */
export type StudioTask = "version" | "plan" | "file" | "resume" | "repair";

/** What stands in the person's message of a studio prompt. */
export interface StudioPrompt {
  task: StudioTask;
  kinds: ProjectKind[];
  /** Files of the version before, whole. */
  files: ProjectFile[];
  /** Files that did not fit, a line each: what they export. */
  outlines: { path: string; outline: string }[];
  lockedPaths: string[];
  /** What the person asks for; earlier requests of the project come first, oldest first. */
  request: string;
  earlierRequests: string[];
  /** For `file` and `resume`: the files to write. */
  wanted: string[];
  /** For `file`: the plan that all files share. */
  plan: string;
  /** For `repair`: what the checks found, as they said it. */
  problems: string;
}

/** The prompt as text: sections that begin with a line of their own, files fenced as in the model's answer. */
export function renderStudioPrompt(prompt: StudioPrompt): string {
  const sections = [
    `## TASK ${prompt.task}`,
    `## KIND ${prompt.kinds.join(" ")}`,
    list("## LOCKED", prompt.lockedPaths),
    prompt.files.length > 0 ? `## FILES\n${prompt.files.map(renderFile).join("\n")}` : "",
    list("## OUTLINES", prompt.outlines.map(({ path, outline }) => `${path}: ${outline}`)),
    list("## EARLIER REQUESTS", prompt.earlierRequests.map((text) => text.replaceAll(/\s+/g, " "))),
    prompt.plan ? `## PLAN\n${prompt.plan}` : "",
    list("## WANTED", prompt.wanted),
    prompt.problems ? `## PROBLEMS\n${prompt.problems}` : "",
    `## REQUEST\n${prompt.request}`,
  ];
  return sections.filter(Boolean).join("\n\n");
}

/** A whole file in the studio's wire format, in a fence longer than any within. */
export function renderFile({ path, content }: ProjectFile): string {
  const longest = Math.max(
    2,
    ...[...content.matchAll(/^ {0,3}(`{3,})/gm)].map(([, ticks = ""]) => ticks.length),
  );
  const fence = "`".repeat(longest + 1);
  const end = content === "" || content.endsWith("\n") ? "" : "\n";
  return `### FILE ${path}\n${fence}${languageOfPath(path)}\n${content}${end}${fence}`;
}

function list(heading: string, items: string[]): string {
  return items.length > 0 ? `${heading}\n${items.map((item) => `- ${item}`).join("\n")}` : "";
}
