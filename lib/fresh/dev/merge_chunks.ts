import type { Plugin } from "esbuild";
import { posix } from "node:path";
import type { Chunk, ChunkGraph } from "./chunk_graph.ts";
import { type ChunkGroup, groupChunks } from "./chunk_groups.ts";
import { runEsbuild } from "./esbuild_service.ts";

/** Where the exports of a chunk are after merging. */
export interface MovedChunk {
  file: string;
  /** The new name of each export. */
  names: Record<string, string>;
}

/** What merging makes. */
export interface MergedChunks {
  /** By file name. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** What each file imports before it runs. */
  imports: Map<string, string[]>;
  /** By name of the chunk. */
  moved: Map<string, MovedChunk>;
}

/** An import statement as esbuild writes it where white space is kept. */
const IMPORT = /^import (?:\{([^}]*)\} from )?"(\.{1,2}\/[^"]+)";$/gm;

/**
 * Makes few files of many chunks, and minifies them. A bundler makes a chunk of whatever several entries share, down to single
 * functions; each is a request, and compressed without what it has in common with the others. `pages` are the chunks that each
 * page imports; `kept` are those that others import by name.
 */
export async function mergeChunks(
  graph: ChunkGraph,
  pages: string[][],
  kept: Set<string>,
  target: string[],
): Promise<MergedChunks> {
  const groups = groupChunks(graph, pages);
  const plan = new MergePlan(graph, groups, new Set(pages.flat()), kept);
  const { outputFiles, metafile } = await runEsbuild({
    absWorkingDir: "/",
    entryPoints: groups.map(({ file }) => ({ in: `group:${file}`, out: file.replace(/\.js$/, "") })),
    outdir: "/out",
    write: false,
    metafile: true,
    bundle: true,
    format: "esm",
    platform: "browser",
    minify: true,
    target,
    legalComments: "none",
    plugins: [mergePlugin(graph, plan)],
    logLevel: "silent",
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [posix.relative("/out", path), contents.slice()]),
  );
  const imports = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => {
      const found = output.imports.filter(({ kind }) => kind === "import-statement");
      return [posix.relative("out", path), found.map(({ path }) => posix.normalize(path))];
    }),
  );
  for (const [name, text] of plan.facades()) {
    files.set(name, new TextEncoder().encode(text));
    imports.set(name, [plan.groupOf(name).file]);
  }
  return { files, imports, moved: plan.moved };
}

/** Which chunk goes where, and how its exports are called there. */
class MergePlan {
  readonly moved = new Map<string, MovedChunk>();
  readonly #graph: ChunkGraph;
  readonly #groups = new Map<string, ChunkGroup>();
  /** What is imported by its name, by code that was not read for names. */
  readonly #named: Set<string>;

  constructor(graph: ChunkGraph, groups: ChunkGroup[], entries: Set<string>, kept: Set<string>) {
    this.#graph = graph;
    this.#named = new Set([...kept, ...[...graph.values()].flatMap(({ later }) => later)]);
    for (const group of groups) for (const name of group.chunks) this.#groups.set(name, group);
    const used = this.#usedNames();
    for (const { file, chunks, isInitial } of groups) {
      let count = 0;
      for (const name of chunks) {
        const isWhole = entries.has(name) || this.#named.has(name);
        const wanted = isWhole ? graph.get(name)?.exports ?? [] : [...used.get(name) ?? []].sort();
        const keepsNames = !isInitial && this.#named.has(name);
        const names = wanted.map((own): [string, string] => [own, keepsNames ? own : shortName(count++)]);
        this.moved.set(name, { file, names: Object.fromEntries(names) });
      }
    }
  }

  groupOf(name: string): ChunkGroup {
    const group = this.#groups.get(name);
    if (!group) throw new Error(`Cannot merge chunks: ${name} is none`);
    return group;
  }

  /** What a group exports of its chunks. */
  groupSource(file: string): string {
    const chunks = [...this.moved].filter(([, moved]) => moved.file === file);
    return chunks.map(([name, { names }]) => {
      const exports = Object.entries(names).map(([own, alias]) => `${own} as ${alias}`);
      const source = JSON.stringify(`chunk:${name}`);
      return exports.length > 0 ? `export {${exports}} from ${source};` : `import ${source};`;
    }).join("\n");
  }

  /** What others may import of a group. */
  linkSource(file: string): string {
    const names = [...this.moved.values()].filter((moved) => moved.file === file)
      .flatMap(({ names }) => Object.values(names));
    const path = JSON.stringify(`./${file}`);
    return names.length > 0 ? `export {${names}} from ${path};` : `import ${path};`;
  }

  /** A chunk whose imports from other groups go there. */
  chunkSource(chunk: Chunk): string {
    const own = this.groupOf(chunk.name);
    return chunk.text.replaceAll(IMPORT, (whole, list: string | undefined, path: string) => {
      const target = imported(chunk.name, path);
      const moved = this.moved.get(target);
      if (!moved) return whole;
      const isInside = moved.file === own.file;
      const source = JSON.stringify(isInside ? `chunk:${target}` : `link:${moved.file}`);
      if (list === undefined) return `import ${source};`;
      const names = specifiers(list).map(([name, local]) =>
        `${isInside ? name : moved.names[name] ?? name} as ${local}`
      );
      return `import {${names}} from ${source};`;
    });
  }

  /** Files in the place of merged chunks that others import by their name, and what they say. */
  *facades(): Generator<[string, string]> {
    for (const name of this.#named) {
      const moved = this.moved.get(name);
      if (!moved || moved.file === name) continue;
      const exports = Object.entries(moved.names).map(([own, alias]) => `${alias} as ${own}`);
      const path = posix.relative(posix.dirname(name), moved.file);
      yield [name, `export{${exports}}from"${path.startsWith(".") ? path : `./${path}`}";`];
    }
  }

  /** The names that chunks of other groups import, by chunk. */
  #usedNames(): Map<string, Set<string>> {
    const used = new Map<string, Set<string>>();
    for (const chunk of this.#graph.values()) {
      for (const [, list = "", path = ""] of chunk.text.matchAll(IMPORT)) {
        const target = imported(chunk.name, path);
        if (this.#groups.get(target) === this.#groups.get(chunk.name)) continue;
        const names = used.get(target) ?? new Set();
        used.set(target, names);
        for (const [name] of specifiers(list)) names.add(name);
      }
    }
    return used;
  }
}

function mergePlugin(graph: ChunkGraph, plan: MergePlan): Plugin {
  const load = (contents: string) => ({ contents, loader: "js" as const });
  return {
    name: "merge-chunks",
    setup(build) {
      build.onResolve({ filter: /^(group|chunk|link):/ }, ({ path }) => {
        const at = path.indexOf(":");
        return { namespace: path.slice(0, at), path: path.slice(at + 1) };
      });
      build.onResolve({ filter: /^\./ }, ({ path, importer, namespace }) => {
        if (namespace !== "chunk") return { path, external: true };
        // Only imports for later are left as they were.
        return { path: `./${imported(importer, path)}`, external: true };
      });
      build.onLoad({ filter: /.*/, namespace: "group" }, ({ path }) => load(plan.groupSource(path)));
      build.onLoad({ filter: /.*/, namespace: "link" }, ({ path }) => load(plan.linkSource(path)));
      build.onLoad({ filter: /.*/, namespace: "chunk" }, ({ path }) => {
        const chunk = graph.get(path);
        return chunk ? load(plan.chunkSource(chunk)) : undefined;
      });
    },
  };
}

function imported(importer: string, path: string): string {
  return posix.join(posix.dirname(importer), path);
}

/** The names of an import statement's list, each with the name that it has there. */
function specifiers(list: string): [name: string, local: string][] {
  return list.split(",").map((part) => part.trim()).filter(Boolean).map((part) => {
    const [name = "", local = name] = part.split(/\s+as\s+/);
    return [name, local];
  });
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The nth name: a … Z, aa, …; as exported names, reserved words are names too. */
function shortName(n: number): string {
  const letter = LETTERS[n % LETTERS.length] ?? "";
  return n < LETTERS.length ? letter : shortName(Math.floor(n / LETTERS.length) - 1) + letter;
}
