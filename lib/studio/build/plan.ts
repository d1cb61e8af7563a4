import { FreshetError, projectPath } from "../../shared/mod.ts";

const FILES_MAX = 40;
const TEXT_MAX_CHARS = 6_000;
/** A prompt of this length, or of this many points, is of something large. */
const LARGE_CHARS = 300;
const LARGE_POINTS = 5;

/** What a model plans to write. */
export interface Plan {
  files: { path: string; purpose: string }[];
  /** The list of files, as the models that write them see it. */
  text: string;
  /** What was said besides. */
  summary: string;
}

/** Whether a request is of something large, so that planning it first is worth a call. */
export function isLarge(request: string): boolean {
  const points = request.match(/^\s*(?:[-*•]|\d+[.)])\s+/gm)?.length ?? 0;
  return request.length >= LARGE_CHARS || points >= LARGE_POINTS;
}

/** Reads the plan out of an answer: its lines `- path: what it is for`. Paths that no project may have are left out. */
export function readPlan(answer: string): Plan {
  const files = new Map<string, string>();
  const rest: string[] = [];
  for (const line of answer.replaceAll(/<think>[\s\S]*?<\/think>/g, "").split("\n")) {
    const match = /^\s*(?:[-*•]|\d+[.)])\s+[`*]*([\w./()[\]-]+\.\w+)[`*]*\s*(?:[:–—-]+\s*(.*))?$/.exec(line);
    const path = match?.[1] === undefined ? undefined : validPath(match[1]);
    if (path === undefined) {
      if (!/^\s*#{2,4}\s*(?:PLAN|END)\b/i.test(line)) rest.push(line);
    } else if (files.size < FILES_MAX) files.set(path, match?.[2]?.trim() ?? "");
  }
  const list = [...files].map(([path, purpose]) => ({ path, purpose }));
  return {
    files: list,
    text: list.map(({ path, purpose }) => `- ${path}: ${purpose}`).join("\n").slice(0, TEXT_MAX_CHARS),
    summary: rest.join("\n").trim().slice(0, TEXT_MAX_CHARS),
  };
}

function validPath(path: string): string | undefined {
  try {
    return projectPath(path);
  } catch (error) {
    if (error instanceof FreshetError) return undefined;
    throw error;
  }
}
