import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "../config.ts";
import type { ClientModule, ClientRuntime } from "../snapshot.ts";
import { chunkGraph, loadedWith } from "./chunk_graph.ts";
import { runEsbuild } from "./esbuild_service.ts";
import { relativePath } from "./files.ts";
import { ImportMap } from "./import_map.ts";
import { mergeChunks } from "./merge_chunks.ts";
import type { ResolvedBuildOptions } from "./options.ts";
import { pageIslands } from "./page_islands.ts";
import type { Project } from "./project.ts";
import { resolvePlugin } from "./resolve_plugin.ts";

/** The code for the browser. */
export interface Bundle {
  runtime: ClientRuntime;
  /** In the order of the islands' files. */
  islands: ClientModule[];
  /** By file name below `/_fresh/js/BUILD_ID/`. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

const RUNTIME_ENTRIES = {
  islands: "../client/islands.ts",
  signals: "../client/signals.ts",
  navigation: "../client/navigation.ts",
};

/**
 * Bundles islands and the framework's own client code; what several of them use goes into chunks of its own. For production the
 * chunks that pages load together become one file.
 */
export async function bundle(options: ResolvedBuildOptions, project: Project, mode: Mode): Promise<Bundle> {
  const { islands } = project;
  const outdir = join(options.root, "_fresh_js");
  const importMap = await ImportMap.near(options.root);
  const names = islandNames(options, islands);
  const result = await runEsbuild({
    absWorkingDir: options.root,
    entryPoints: [
      ...Object.entries(RUNTIME_ENTRIES).map(([name, path]) => ({
        in: fileURLToPath(import.meta.resolve(path)),
        out: `fresh-${name}`,
      })),
      ...islands.map((file, i) => ({ in: file, out: names[i] ?? "" })),
    ],
    outdir,
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: options.target,
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfigRaw: {},
    // White space and names go when chunks are merged.
    minifySyntax: mode === "production",
    sourcemap: mode === "development" ? "inline" : false,
    legalComments: "none",
    chunkNames: "chunk-[hash]",
    define: {
      "process.env.NODE_ENV": JSON.stringify(mode),
      "import.meta.env": JSON.stringify({
        MODE: mode,
        DEV: mode === "development",
        PROD: mode === "production",
      }),
    },
    plugins: [resolvePlugin(importMap)],
    logLevel: "silent",
  });
  const files = new Map(result.outputFiles.map((file) => [relativePath(outdir, file.path), file]));
  const graph = chunkGraph(
    result.metafile,
    relativePath(options.root, outdir),
    (name) => files.get(name)?.text ?? "",
  );
  const entryOf = new Map(islands.map((file, i) => [file, `${names[i]}.js`]));
  if (mode === "development") {
    return bundleOf(
      names,
      new Map([...files].map(([name, { contents }]) => [name, contents.slice()])),
      (file) => ({ file, imports: [...loadedWith(graph, [file])].filter((name) => name !== file).sort() }),
    );
  }
  const pages = (await pageIslands(options, project, importMap)).map((files) => [
    runtimeFile("islands"),
    ...files.flatMap((file) => entryOf.get(file) ?? []),
  ]);
  const byName = new Set([runtimeFile("signals"), runtimeFile("navigation")]);
  const merged = await mergeChunks(graph, pages, byName, options.target);
  return bundleOf(names, merged.files, (name) => {
    const { file, names } = merged.moved.get(name) ?? { file: name, names: {} };
    const imports = importsOf(merged.imports, file);
    return file === name ? { file, imports } : { file, imports, names };
  });
}

function bundleOf(
  names: string[],
  files: Bundle["files"],
  module: (file: string) => ClientModule,
): Bundle {
  return {
    runtime: {
      islands: module(runtimeFile("islands")),
      signals: module(runtimeFile("signals")),
      navigation: module(runtimeFile("navigation")),
    },
    islands: names.map((name) => module(`${name}.js`)),
    files,
  };
}

function runtimeFile(name: keyof typeof RUNTIME_ENTRIES): string {
  return `fresh-${name}.js`;
}

/** A name for each island's bundle, after its file. */
function islandNames(options: ResolvedBuildOptions, islands: string[]): string[] {
  const taken = new Set<string>();
  return islands.map((file) => {
    const isOwn = file.startsWith(join(options.islandDir, "/"));
    const path = relativePath(isOwn ? options.islandDir : options.routeDir, file).replace(/\.\w+$/, "");
    const base = `islands/${path.replace(/[^\w/-]/g, "_")}`;
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    return name;
  });
}

function importsOf(graph: Map<string, string[]>, file: string): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const imported of graph.get(name) ?? []) {
      if (found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(file);
  return [...found].sort();
}
