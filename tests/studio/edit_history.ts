import { pathIdentity, type ProjectFile, projectPath } from "../../lib/shared/mod.ts";
import { below, changedText, pick, randomText } from "./random_text.ts";

type Random = () => number;

/** What one version does to the files of its parent. No path occurs twice, and the deletions come first. */
export interface Edit {
  /** The index of the version it begins with; null for the first. */
  parent: number | null;
  deleted: string[];
  renamed: { from: string; to: string }[];
  /** New files and new contents. */
  written: ProjectFile[];
  /** The index of the version whose files it brings back, where it does. */
  restored?: number;
  /** All files after it. */
  files: ReadonlyMap<string, string>;
}

const FOLDERS = ["", "", "", "src/", "src/parts/", "public/", "Ünï/", "日本/深い/"];
const NAMES = ["app", "main", "store", "index page", "README", "naïve", "🚀", "data.test", "a'b", "x+y=z"];
const ENDINGS = [".ts", ".ts", ".css", ".html", ".md", "", ".json"];

/** A history of 3 to 8 versions, each of which begins with the newest or with any one before it. */
export function randomHistory(random: Random): Edit[] {
  const edits: Edit[] = [];
  const count = 3 + below(random, 6);
  while (edits.length < count) {
    const parent = edits.length === 0
      ? null
      : random() < 0.7
      ? edits.length - 1
      : below(random, edits.length);
    if (parent !== null && random() < 0.08) {
      edits.push(restoringEdit(edits, parent, below(random, edits.length)));
      continue;
    }
    edits.push(randomEdit(random, parent, parent === null ? new Map() : edits[parent]?.files ?? new Map()));
  }
  return edits;
}

/** Brings the files of a version back, as changes of another one. */
function restoringEdit(edits: readonly Edit[], parent: number, restored: number): Edit {
  const before = edits[parent]?.files ?? new Map<string, string>();
  const files = edits[restored]?.files ?? new Map<string, string>();
  return {
    parent,
    restored,
    deleted: [...before.keys()].filter((path) => !files.has(path)),
    renamed: [],
    written: [...files].flatMap(([path, content]) => before.get(path) === content ? [] : [{ path, content }]),
    files,
  };
}

function randomEdit(random: Random, parent: number | null, before: ReadonlyMap<string, string>): Edit {
  const files = new Map(before);
  const edit: Edit = { parent, deleted: [], renamed: [], written: [], files };
  if (parent === null) {
    for (let i = below(random, 7); i >= 0; i--) create(random, edit, files);
    return edit;
  }
  if (random() < 0.04) {
    edit.deleted.push(...files.keys());
    files.clear();
    return edit;
  }
  const untouched = new Set(files.keys());
  const take = () => {
    const path = pick(random, [...untouched]);
    untouched.delete(path);
    return path;
  };
  for (let i = below(random, 4); i >= 0; i--) {
    const kind = random();
    if (untouched.size === 0 || kind < 0.25) create(random, edit, files);
    else if (kind < 0.7) modify(random, edit, files, take());
    else if (kind < 0.85) rename(random, edit, files, take());
    else {
      const path = take();
      edit.deleted.push(path);
      files.delete(path);
    }
  }
  return edit;
}

function create(random: Random, { written }: Edit, files: Map<string, string>): void {
  const path = freePath(random, files);
  const content = randomText(random);
  files.set(path, content);
  written.push({ path, content });
}

function modify(random: Random, { written }: Edit, files: Map<string, string>, path: string): void {
  const content = changedText(random, files.get(path) ?? "");
  files.set(path, content);
  written.push({ path, content });
}

function rename(random: Random, { renamed }: Edit, files: Map<string, string>, from: string): void {
  const content = files.get(from) ?? "";
  const to = freePath(random, files);
  files.delete(from);
  files.set(to, content);
  renamed.push({ from, to });
}

/** A path that no file has, that no file stands in the way of, and that stands in no file's way. */
function freePath(random: Random, files: ReadonlyMap<string, string>): string {
  for (;;) {
    const number = random() < 0.5 ? "" : below(random, 100);
    const path = projectPath(pick(random, FOLDERS) + pick(random, NAMES) + number + pick(random, ENDINGS));
    const identity = pathIdentity(path);
    const isTaken = [...files.keys()].map(pathIdentity).some((other) =>
      other === identity || other.startsWith(`${identity}/`) || identity.startsWith(`${other}/`)
    );
    if (!isTaken) return path;
  }
}
