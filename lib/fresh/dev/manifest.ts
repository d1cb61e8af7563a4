import type { Mode } from "../config.ts";
import type { BuildManifest, ServedFile } from "../manifest.ts";
import type { Bundle } from "./bundle.ts";
import { hashOf, relativePath } from "./files.ts";
import type { ResolvedBuildOptions } from "./options.ts";

/** Describes a build. Its id follows from what is served alone, so that the same sources give the same id everywhere. */
export async function createManifest(
  options: ResolvedBuildOptions,
  mode: Mode,
  { files, runtime, islands }: Bundle,
  staticPaths: string[],
): Promise<BuildManifest> {
  const bundled = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  const bundles = await Promise.all(bundled.map(([path, content]) => servedFile(path, content)));
  const staticFiles = await Promise.all(
    staticPaths.map(async (path) =>
      servedFile(relativePath(options.staticDir, path), await Deno.readFile(path))
    ),
  );
  const buildId = await hashOf(JSON.stringify([mode, bundles, staticFiles]));
  const staticDir = relativePath(options.root, options.staticDir);
  return { buildId, mode, runtime, islands, bundles, staticDir, staticFiles };
}

async function servedFile(path: string, content: Uint8Array<ArrayBuffer>): Promise<ServedFile> {
  return { path, hash: await hashOf(content), size: content.length };
}
