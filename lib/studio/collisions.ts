import { pathIdentity } from "../shared/mod.ts";

/**
 * Two paths of which a file system cannot have both as files: they differ only in upper and lower case or in the form of their
 * accents, or one is a folder of the other. Undefined where there are none.
 */
export function collidingPaths(paths: readonly string[]): [string, string] | undefined {
  const owners = new Map<string, string>();
  for (const path of paths) {
    const other = owners.get(pathIdentity(path));
    if (other !== undefined) return [path, other];
    owners.set(pathIdentity(path), path);
  }
  for (const path of paths) {
    const identity = pathIdentity(path);
    for (let slash = identity.indexOf("/"); slash >= 0; slash = identity.indexOf("/", slash + 1)) {
      const other = owners.get(identity.slice(0, slash));
      if (other !== undefined) return [path, other];
    }
  }
  return undefined;
}
