/** Files that apply to others, in the order in which they must be added. */
const SPECIAL_ORDER = ["_app", "_middleware", "_layout", "_error", "_500", "_404"];

/** The name of a file of the routes folder, without its folder. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a file of the routes folder; empty for the routes folder itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Whether a file applies to others and is no route. */
export function isSpecial(path: string): boolean {
  return SPECIAL_ORDER.includes(fileName(path));
}

/**
 * Orders the files of the routes folder: first those that apply to others, outer folders first; then routes, the more
 * particular pattern first: a literal name before a parameter, before an optional one, before a rest.
 */
export function compareRouteFiles(a: string, b: string): number {
  const special = Number(isSpecial(b)) - Number(isSpecial(a));
  if (special !== 0) return special;
  return isSpecial(a) ? compareSpecial(a, b) : compareRoutes(a, b);
}

function compareSpecial(a: string, b: string): number {
  return depth(a) - depth(b) || SPECIAL_ORDER.indexOf(fileName(a)) - SPECIAL_ORDER.indexOf(fileName(b)) ||
    compareText(a, b);
}

function compareRoutes(a: string, b: string): number {
  const namesA = urlNames(a);
  const namesB = urlNames(b);
  for (let i = 0; i < Math.max(namesA.length, namesB.length); i++) {
    const difference = vagueness(namesA[i]) - vagueness(namesB[i]);
    if (difference !== 0) return difference;
  }
  return compareText(a, b);
}

function urlNames(path: string): string[] {
  const names = path.split("/").filter((name) => !name.startsWith("("));
  return names.at(-1) === "index" ? names.slice(0, -1) : names;
}

function vagueness(name: string | undefined): number {
  if (name === undefined) return 0;
  if (name.startsWith("[...")) return 4;
  if (name.startsWith("[[")) return 3;
  if (/^\[\w+\]$/.test(name)) return 2;
  return name.includes("[") ? 1.5 : 1;
}

function depth(path: string): number {
  return path.split("/").length;
}

/** Not by locale: builds must be the same everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
