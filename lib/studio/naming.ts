import type { ProjectFile, ProjectKind } from "../shared/mod.ts";

const NAME_MAX_CHARS = 60;
const API = /\b(?:rest|apis?|endpoints?|backend|crud|webhooks?|microservice|http service|json server)\b/i;
const UI =
  /\b(?:ui|page|pages|website|web ?site|web ?app|dashboard|front-?end|interface|landing|game|form|calendar|calculator|timer|clock|canvas|chart|charts|button|layout|css|html)\b/i;

/** What kinds of project a prompt asks for: a page unless it speaks of an API. */
export function kindsOf(prompt: string): ProjectKind[] {
  const isApi = API.test(prompt);
  if (!isApi) return ["ui"];
  return UI.test(prompt) ? ["ui", "api"] : ["api"];
}

/** What kinds of project files are: one with a page is a page, one with a server an API. */
export function kindsOfFiles(files: readonly ProjectFile[]): ProjectKind[] {
  const kinds: ProjectKind[] = [];
  if (files.some(({ path }) => /^(?:public\/)?index\.html$/.test(path))) kinds.push("ui");
  if (files.some(({ path, content }) => path === "main.ts" && content.includes("export default"))) {
    kinds.push("api");
  }
  return kinds.length > 0 ? kinds : ["ui"];
}

/** A name for a project: the beginning of its prompt. */
export function projectName(prompt: string): string {
  const line = prompt.trim().split(/\n|(?<=[.!?])\s/)[0] ?? "";
  const words = line
    .replace(
      /^(?:please |can you |could you )?(?:build|make|create|write|generate|design)(?: me)?\s+(?:an?|the|some)?\s*/i,
      "",
    )
    .replace(/^(?:an?|the)\s+/i, "")
    .replace(/[.!?]+$/, "")
    .split(/\s+/);
  let name = "";
  for (const word of words) {
    if (name.length + word.length + 1 > NAME_MAX_CHARS) break;
    name = name ? `${name} ${word}` : word;
  }
  // What is cut off may leave words behind that lead nowhere.
  if (name.length < line.length) {
    name = name.replace(/(?:[\s,]+(?:and|or|with|an?|the|of|for|to|in|by|on))+$/i, "");
  }
  name = name || prompt.trim().slice(0, NAME_MAX_CHARS);
  return name.charAt(0).toUpperCase() + name.slice(1) || "Project";
}
