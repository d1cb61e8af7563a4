import type { FileEntry } from "./file_tree.ts";

/** Names of files at which reading a project begins, the most telling first. */
const ENTRIES = ["index.html", "main.ts", "app.ts", "main.tsx", "main.js", "server.ts", "mod.ts", "index.ts"];
const README = /^readme(\.\w+)?$/i;

/**
 * The file that a person wants to see first: the entry that lies nearest to the root (so the server of an API before the page
 * in its `public/`), else the README, else whatever was changed.
 */
export function firstFileOf(
  files: readonly Pick<FileEntry, "path" | "state">[],
): Pick<FileEntry, "path" | "state"> | undefined {
  const there = files.filter(({ state }) => state !== "deleted" && state !== "dropped");
  const rank = ({ path }: { path: string }) => {
    const place = ENTRIES.indexOf(nameOf(path));
    return place < 0 ? Infinity : depthOf(path) * ENTRIES.length + place;
  };
  const [entry] = there.filter((file) => rank(file) < Infinity).sort((a, b) => rank(a) - rank(b));
  return entry ??
    there.find(({ path }) => README.test(path)) ??
    there.find(({ state }) => state !== "same") ??
    there[0];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function depthOf(path: string): number {
  return path.split("/").length - 1;
}
