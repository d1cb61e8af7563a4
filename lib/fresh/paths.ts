/** A path or pattern below a base path. The base has no trailing slash, the root is `""`. */
export function joinPaths(base: string, path: string): string {
  if (path === "" || path === "/") return base || "/";
  // An optional group brings its own slash: `{/:version}?` below `/docs` also matches `/docs`.
  return path.startsWith("/") || path.startsWith("{/") ? base + path : `${base}/${path}`;
}

/** `/foo/*`, `/foo/` and `/foo` name the same base, `*` and `/` the empty one. */
export function basePathOf(pattern: string): string {
  const trimmed = pattern.replace(/\/?\*?$/, "");
  return trimmed === "" || trimmed.startsWith("/") ? trimmed : `/${trimmed}`;
}

/** A URL's path with runs of slashes collapsed. */
export function collapseSlashes(path: string): string {
  return path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
}

/** A path without its trailing slash; the root stays `/`. */
export function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
