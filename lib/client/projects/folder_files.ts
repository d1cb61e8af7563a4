import { PROJECT_LIMITS } from "../../shared/mod.ts";

/** Folders that hold nothing a project is made of. */
const LEFT_OUT = new Set(["node_modules", ".git", ".DS_Store", "__MACOSX"]);

/** A folder as a browser gives it. */
export interface ChosenFolder {
  name: string;
  /** By their paths, which begin with the folder's name. */
  files: Map<string, File>;
  /** The paths of files that are no text, which a project cannot hold. */
  skipped: string[];
  /** Bytes. */
  size: number;
}

/** Why a folder cannot become a project. */
export type FolderProblem = "empty" | "tooMany" | "tooLarge";

/** The files of a chosen folder without what no project needs (dependencies, Git's own) or can hold. */
export function folderOf(chosen: readonly File[]): ChosenFolder {
  const files = new Map<string, File>();
  const skipped: string[] = [];
  let name = "";
  let size = 0;
  for (const file of chosen) {
    const [top = "", ...parts] = file.webkitRelativePath.split("/");
    if (parts.length === 0 || parts.some((part) => LEFT_OUT.has(part))) continue;
    name = top;
    if (isMedia(file)) {
      skipped.push(parts.join("/"));
      continue;
    }
    files.set(file.webkitRelativePath, file);
    size += file.size;
  }
  return { name, files, skipped, size };
}

/** What keeps a folder from becoming a project, before it is sent in vain. */
export function problemOfFolder({ files, size }: ChosenFolder): FolderProblem | null {
  if (files.size === 0) return "empty";
  if (files.size > PROJECT_LIMITS.files) return "tooMany";
  return size > PROJECT_LIMITS.totalBytes ? "tooLarge" : null;
}

/** By its name's ending, as browsers tell it; what else is no text, the server finds. */
function isMedia({ type }: File): boolean {
  return /^(image|video|audio|font)\//.test(type) && type !== "image/svg+xml";
}
