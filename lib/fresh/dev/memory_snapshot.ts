import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildManifest, diskReader, type FileReader, staticFilesOf } from "../manifest.ts";
import type { RouteFile, RouteModule, Snapshot } from "../snapshot.ts";
import type { Bundle } from "./bundle.ts";
import type { ResolvedBuildOptions } from "./options.ts";
import type { Project, RouteSource } from "./project.ts";

/** The snapshot of a build that stays in this process: islands and routes are imported from their sources. */
export async function memorySnapshot(
  options: ResolvedBuildOptions,
  project: Project,
  bundle: Bundle,
  manifest: BuildManifest,
): Promise<Snapshot> {
  const islands = await Promise.all(project.islands.map(importModule));
  const routes = await Promise.all(project.routes.map(importRoute));
  return {
    root: options.root,
    mode: manifest.mode,
    buildId: manifest.buildId,
    runtime: manifest.runtime,
    islands: manifest.islands.map((client, i) => ({ client, exports: islands[i] ?? {} })),
    routes,
    staticFiles: staticFilesOf(
      manifest,
      (path) => memoryReader(bundle.files.get(path)),
      (path) => diskReader(join(options.staticDir, path)),
    ),
  };
}

async function importRoute({ path, file, isLazy }: RouteSource): Promise<RouteFile> {
  return { path, module: isLazy ? () => importModule(file) : await importModule(file) };
}

async function importModule(file: string): Promise<RouteModule> {
  return await import(pathToFileURL(file).href);
}

function memoryReader(content: Uint8Array<ArrayBuffer> = new Uint8Array()): FileReader {
  return () => Promise.resolve({ body: content, size: content.length });
}
