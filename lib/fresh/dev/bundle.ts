import type { Metafile } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "../config.ts";
import type { ClientModule, ClientRuntime } from "../snapshot.ts";
import { runEsbuild } from "./esbuild_service.ts";
import { relativePath } from "./files.ts";
import { ImportMap } from "./import_map.ts";
import type { ResolvedBuildOptions } from "./options.ts";
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

/** Bundles islands and the framework's own client code; what several of them use goes into chunks of its own. */
export async function bundle(options: ResolvedBuildOptions, islands: string[], mode: Mode): Promise<Bundle> {
  const outdir = join(options.root, "_fresh_js");
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
    minify: mode === "production",
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
    plugins: [resolvePlugin(await ImportMap.near(options.root))],
    logLevel: "silent",
  });
  const files = new Map(
    result.outputFiles.map(({ path, contents }) => [relativePath(outdir, path), contents.slice()]),
  );
  const graph = outputGraph(result.metafile, relativePath(options.root, outdir));
  const module = (name: string): ClientModule => ({
    file: `${name}.js`,
    imports: importsOf(graph, `${name}.js`),
  });
  return {
    runtime: {
      islands: module("fresh-islands"),
      signals: module("fresh-signals"),
      navigation: module("fresh-navigation"),
    },
    islands: names.map(module),
    files,
  };
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

/** What each output file imports before it runs. */
function outputGraph({ outputs }: Metafile, outdir: string): Map<string, string[]> {
  const name = (path: string) => path.slice(outdir.length + 1);
  return new Map(
    Object.entries(outputs).map(([path, { imports }]) => {
      const files = imports.filter(({ kind, external }) => kind === "import-statement" && !external);
      return [name(path), files.map((file) => name(file.path))];
    }),
  );
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
