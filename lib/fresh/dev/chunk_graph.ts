import type { Metafile } from "esbuild";
import { posix } from "node:path";

/** A file that a bundler wrote, and what it imports. */
export interface Chunk {
  /** File name below the output directory. */
  name: string;
  text: string;
  /** The names that it exports. */
  exports: string[];
  /** What is imported before it runs. */
  imports: string[];
  /** What it may import later. */
  later: string[];
}

/** The files of a build by name. */
export type ChunkGraph = Map<string, Chunk>;

/** Reads what a build made. `outdir` as in the metafile's paths. */
export function chunkGraph(
  { outputs }: Metafile,
  outdir: string,
  textOf: (name: string) => string,
): ChunkGraph {
  const nameOf = (path: string) => posix.relative(outdir, path);
  return new Map(
    Object.entries(outputs).map(([path, { imports, exports }]) => {
      const name = nameOf(path);
      const of = (wanted: string) =>
        imports.filter(({ kind, external }) => kind === wanted && !external).map(({ path }) => nameOf(path));
      const chunk = {
        name,
        text: textOf(name),
        exports,
        imports: of("import-statement"),
        later: of("dynamic-import"),
      };
      return [name, chunk];
    }),
  );
}

/** Chunks and all that they import before they run; with `later`, what they may import later too. */
export function loadedWith(
  graph: ChunkGraph,
  names: Iterable<string>,
  options = { later: false },
): Set<string> {
  const found = new Set(names);
  for (const name of found) {
    const chunk = graph.get(name);
    for (const imported of chunk?.imports ?? []) found.add(imported);
    if (options.later) { for (const imported of chunk?.later ?? []) found.add(imported); }
  }
  return found;
}
