import { ASSET_KEY, buildId } from "./build_id.ts";

/** A page asks for the same few assets again and again, an icon for each button. */
const KNOWN_MAX = 500;
let known: { id: string; paths: Map<string, string> } = { id: "", paths: new Map() };

/**
 * The address of a static file with the build id in its query, so that browsers may cache it for a year.
 * Addresses of other origins, relative ones and those that already carry the key stay as they are.
 *
 * @example
 * ```tsx
 * <link rel="stylesheet" href={asset("/css/main.css")} />
 * ```
 */
export function asset(path: string): string {
  const id = buildId();
  if (id === "" || !path.startsWith("/") || path.startsWith("//")) return path;
  if (known.id !== id || known.paths.size >= KNOWN_MAX) known = { id, paths: new Map() };
  const versioned = known.paths.get(path) ?? withBuildId(path, id);
  known.paths.set(path, versioned);
  return versioned;
}

function withBuildId(path: string, id: string): string {
  const url = new URL(path, "http://localhost");
  if (url.searchParams.has(ASSET_KEY)) return path;
  url.searchParams.set(ASSET_KEY, id);
  return url.pathname + url.search + url.hash;
}

/** Applies {@linkcode asset} to each address of a `srcset`. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset;
  return srcset.split(",").map((candidate) => {
    const [, space, address, rest] = /^(\s*)(\S*)(.*)$/s.exec(candidate) ?? [];
    return `${space ?? ""}${asset(address ?? "")}${rest ?? ""}`;
  }).join(",");
}
