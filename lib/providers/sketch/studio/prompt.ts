import type { ProjectFile, ProjectKind, StudioPrompt, StudioTask } from "../../../shared/mod.ts";

const TASKS: readonly StudioTask[] = ["version", "plan", "file", "resume", "repair"];
const HEADING =
  /^## (TASK|KIND|LOCKED|FILES|OUTLINES|EARLIER REQUESTS|PLAN|WANTED|PROBLEMS|REQUEST)(?: (.*))?$/;

/** Reads what `renderStudioPrompt` wrote. Files end with a line break, whether or not they did before. */
export function readStudioPrompt(text: string): StudioPrompt {
  const sections = sectionsOf(text);
  const lines = (name: string) =>
    (sections.get(name) ?? "").split("\n").flatMap((line) => /^- (.*)$/.exec(line)?.[1] ?? []);
  const kinds = (sections.get("KIND") ?? "").split(/\s+/).filter((kind): kind is ProjectKind =>
    kind === "ui" || kind === "api"
  );
  return {
    task: TASKS.find((task) => task === sections.get("TASK")?.trim()) ?? "version",
    kinds: kinds.length > 0 ? kinds : ["ui"],
    files: readFiles(sections.get("FILES") ?? ""),
    outlines: lines("OUTLINES").map((line) => {
      const [, path = line, outline = ""] = /^(.*?): ?(.*)$/.exec(line) ?? [];
      return { path, outline };
    }),
    lockedPaths: lines("LOCKED"),
    earlierRequests: lines("EARLIER REQUESTS"),
    plan: sections.get("PLAN") ?? "",
    wanted: lines("WANTED"),
    problems: sections.get("PROBLEMS") ?? "",
    request: sections.get("REQUEST") ?? text,
  };
}

/** The sections by their names. Headings within a fenced file are the file's, and behind REQUEST comes nothing else. */
function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  let name = "";
  let fence = "";
  for (const line of text.split("\n")) {
    const heading = fence || name === "REQUEST" ? null : HEADING.exec(line);
    if (heading) {
      name = heading[1] ?? "";
      current = heading[2] === undefined ? [] : [heading[2]];
      sections.set(name, current);
      continue;
    }
    if (name === "FILES") fence = fenceAfter(line, fence);
    current.push(line);
  }
  return new Map([...sections].map(([key, lines]) => [key, lines.join("\n").replace(/^\n+|\n+$/g, "")]));
}

function readFiles(section: string): ProjectFile[] {
  const files: ProjectFile[] = [];
  let path = "";
  let fence = "";
  let lines: string[] = [];
  for (const line of section.split("\n")) {
    const next = fenceAfter(line, fence);
    if (!fence && !next) path = /^### FILE (.+)$/.exec(line)?.[1] ?? path;
    else if (!fence) lines = [];
    else if (next) lines.push(line);
    else if (path) files.push({ path, content: lines.map((text) => `${text}\n`).join("") });
    fence = next;
  }
  return files;
}

/** The fence that is open behind a line. */
function fenceAfter(line: string, fence: string): string {
  if (fence) return line === fence ? "" : fence;
  return /^(`{3,})\w*$/.exec(line)?.[1] ?? "";
}
