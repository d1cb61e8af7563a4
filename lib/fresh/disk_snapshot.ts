import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildManifest, diskReader, staticFilesOf } from "./manifest.ts";
import type { RouteFile, Snapshot } from "./snapshot.ts";

/** What a generated `_fresh/server.js` knows. */
export interface DiskBuild {
  /** Address of the project's directory. */
  root: URL;
  /** Address of the directory of the build. */
  outDir: URL;
  manifest: BuildManifest;
  /** The modules of the islands, in the order of the manifest. */
  islands: Record<string, unknown>[];
  routes: RouteFile[];
}

/** The snapshot of a build that was written to disk. */
export function diskSnapshot({ root, outDir, manifest, islands, routes }: DiskBuild): Snapshot {
  const rootPath = fileURLToPath(root);
  const bundles = join(fileURLToPath(outDir), "static", "_fresh", "js", manifest.buildId);
  return {
    root: rootPath,
    mode: manifest.mode,
    buildId: manifest.buildId,
    runtime: manifest.runtime,
    islands: manifest.islands.map((client, i) => ({ client, exports: islands[i] ?? {} })),
    routes,
    staticFiles: staticFilesOf(
      manifest,
      (path) => diskReader(join(bundles, path)),
      (path) => diskReader(join(rootPath, manifest.staticDir, path)),
    ),
  };
}
