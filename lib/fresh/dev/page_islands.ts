import type { Metafile, Plugin } from "esbuild";
import { dirname, resolve } from "node:path";
import { runEsbuild } from "./esbuild_service.ts";
import type { ImportMap } from "./import_map.ts";
import type { ResolvedBuildOptions } from "./options.ts";
import type { Project } from "./project.ts";

const MARKUP = /\.[jt]sx$/;

/**
 * The islands of each page, as far as the imports of its route's markup tell. Pages with the same islands are one, and an
 * island that no route is seen to import is a page of its own: how code is cut into files follows from this, nothing else.
 */
export async function pageIslands(
  options: ResolvedBuildOptions,
  { islands, routes }: Project,
  importMap: ImportMap,
): Promise<string[][]> {
  const isIsland = new Set(islands);
  const { metafile } = await runEsbuild({
    absWorkingDir: options.root,
    entryPoints: routes.map(({ file }) => file),
    outdir: options.outDir,
    write: false,
    metafile: true,
    bundle: true,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfigRaw: {},
    plugins: [markupOnly(isIsland, importMap)],
    logLevel: "silent",
  });
  const imports = importsByFile(metafile, options.root);
  const pages = new Map<string, string[]>();
  for (const { file } of routes) {
    const found = [...reachable(file, imports)].filter((path) => isIsland.has(path)).sort();
    if (found.length > 0) pages.set(found.join("\n"), found);
  }
  const seen = new Set([...pages.values()].flat());
  return [...pages.values(), ...islands.filter((file) => !seen.has(file)).map((file) => [file])];
}

/** Follows imports of markup only, and islands not at all: nothing else leads to an island. */
function markupOnly(isIsland: Set<string>, importMap: ImportMap): Plugin {
  return {
    name: "markup-only",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return undefined;
        const mapped = path.startsWith(".") ? null : importMap.resolve(path);
        const file = mapped?.type === "file" ? mapped.path : resolve(dirname(importer), path);
        const isFollowed = (path.startsWith(".") || mapped?.type === "file") && MARKUP.test(file);
        return isFollowed && !isIsland.has(file) ? { path: file } : { path: file, external: true };
      });
    },
  };
}

function importsByFile({ inputs }: Metafile, root: string): Map<string, string[]> {
  const entries = Object.entries(inputs).map(([path, { imports }]): [string, string[]] => [
    resolve(root, path),
    imports.map((imported) => resolve(root, imported.path)),
  ]);
  return new Map(entries);
}

function reachable(file: string, imports: Map<string, string[]>): Set<string> {
  const found = new Set([file]);
  for (const path of found) for (const imported of imports.get(path) ?? []) found.add(imported);
  return found;
}
