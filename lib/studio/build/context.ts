import { estimateTokens, type ModelEntry, type ProjectFile, renderFile } from "../../shared/mod.ts";

/** Where a server does not tell, what hosted services offer at the least. */
const CONTEXT_UNKNOWN = 32_000;
/** More than this costs time on every prompt and helps no more. */
const CONTEXT_MAX = 64_000;
/** Of the context, for the files of the version before; the rest is for the answer. */
const FILES_SHARE = 0.45;
const OUTLINE_CHARS = 300;

/** What of a project fits into a prompt. */
export interface ProjectContext {
  /** Whole files. */
  files: ProjectFile[];
  /** What the others export, a line each. */
  outlines: { path: string; outline: string }[];
  /** Tokens to load the model with, where the server lets us choose. */
  contextLength: number;
}

/**
 * Chooses what a model sees of a project: files that the request names first, then small ones and those that hold the
 * others together, as far as the model's context reaches; of the rest an outline.
 */
export function projectContext(
  files: readonly ProjectFile[],
  request: string,
  model: ModelEntry | undefined,
): ProjectContext {
  const contextLength = Math.min(model?.contextLength ?? CONTEXT_UNKNOWN, CONTEXT_MAX);
  let left = Math.floor(contextLength * FILES_SHARE);
  const chosen = new Set<string>();
  for (const file of byWorth(files, request.toLowerCase())) {
    const cost = estimateTokens(renderFile(file));
    if (cost > left) continue;
    left -= cost;
    chosen.add(file.path);
  }
  return {
    files: files.filter(({ path }) => chosen.has(path)),
    outlines: files.filter(({ path }) => !chosen.has(path)).map(({ path, content }) => ({
      path,
      outline: outlineOf(content),
    })),
    contextLength,
  };
}

function byWorth(files: readonly ProjectFile[], request: string): ProjectFile[] {
  const words = new Set(request.split(/[^\p{L}\p{N}._-]+/u).map((word) => word.replace(/[.]+$/, "")));
  const worth = ({ path, content }: ProjectFile) => {
    const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
    const isNamed = words.has(name) || words.has(name.replace(/\.\w+$/, ""));
    const isEntry = /^(main|app|index)\./.test(name);
    return (isNamed ? -1e9 : 0) + (isEntry ? -1e6 : 0) + content.length;
  };
  return files.map((file) => ({ file, worth: worth(file) }))
    .sort((a, b) => a.worth - b.worth)
    .map(({ file }) => file);
}

/** What a file offers to others: the beginnings of its exports, or of the file where it has none. */
function outlineOf(content: string): string {
  const exported = content.split("\n").filter((line) => line.startsWith("export "));
  const text = exported.length > 0 ? exported.join("; ") : content.trimStart();
  return text.replaceAll(/\s+/g, " ").slice(0, OUTLINE_CHARS);
}
