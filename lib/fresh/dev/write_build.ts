import { dirname, join } from "node:path";
import type { BuildManifest } from "../manifest.ts";
import type { Bundle } from "./bundle.ts";
import type { ResolvedBuildOptions } from "./options.ts";
import type { Project } from "./project.ts";
import { serverModule } from "./server_module.ts";

/** Writes a build: `server.js`, and the bundles below `static/_fresh/js/BUILD_ID/`. Bundles of older builds are removed. */
export async function writeBuild(
  options: ResolvedBuildOptions,
  project: Project,
  bundle: Bundle,
  manifest: BuildManifest,
): Promise<void> {
  const bundles = join(options.outDir, "static", "_fresh", "js");
  await removeIfPresent(bundles);
  for (const [name, content] of bundle.files) {
    const path = join(bundles, manifest.buildId, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, content);
  }
  await Deno.writeTextFile(join(options.outDir, "server.js"), serverModule(options, project, manifest));
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
