/**
 * The `URLPattern` pathname of a file's path: `blog/[id]` gives `/blog/:id`, `[[id]]` is optional, `[...rest]` takes what is
 * left, a group such as `(marketing)` is no part of the URL, and `index` stands for its folder.
 */
export function filePattern(path: string): string {
  const names = path.split("/");
  if (names.at(-1) === "index") names.pop();
  const pattern = names.filter((name) => !isGroup(name)).map(namePattern).join("");
  return pattern || "/";
}

/** The segment of a folder: groups and all, with the names that `app.use()` would have for it. */
export function folderSegment(folder: string): string {
  return folder.split("/").map((name) => name.replace(/^\[(\w+)\]$/, ":$1"))
    .join("/");
}

function isGroup(name: string): boolean {
  return name.startsWith("(") && name.endsWith(")");
}

function namePattern(name: string): string {
  const optional = /^\[\[(\w+)\]\]$/.exec(name);
  if (optional) return `{/:${optional[1]}}?`;
  const rest = /^\[\.\.\.(\w+)\]$/.exec(name);
  if (rest) return `/:${rest[1]}*`;
  const parts = name.split(/\[(\w+)\]/);
  return `/${parts.map((part, i) => i % 2 ? `:${part}` : separated(part, i)).join("")}`;
}

/** What follows a parameter must not be taken for more of its name. */
function separated(literal: string, position: number): string {
  const escaped = literal.replace(/[:*+?(){}\\]/g, "\\$&");
  return position > 0 && /^\w/.test(escaped) ? `{${escaped}}` : escaped;
}
