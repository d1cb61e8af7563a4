import { createHash } from "node:crypto";
import { type ChunkGraph, loadedWith } from "./chunk_graph.ts";

/** Chunks that become one file. */
export interface ChunkGroup {
  /** The file that they become. */
  file: string;
  chunks: string[];
  /** Whether it is loaded with pages, not only when something asks for it. */
  isInitial: boolean;
}

/** The part of all pages from which on a chunk is loaded with every page: fewer files are worth more than its bytes. */
const COMMON_FROM = 0.5;

/**
 * Which chunks become one file: those that the very same pages load when they open, and the same ones may load later. What a
 * chunk imports is loaded by all that load the chunk, so files import each other in one direction only. What no page loads when
 * it opens stays by itself.
 */
export function groupChunks(graph: ChunkGraph, pages: string[][]): ChunkGroup[] {
  const initial = pagesByChunk(pages.map((entries) => loadedWith(graph, entries)));
  const ever = pagesByChunk(pages.map((entries) => loadedWith(graph, entries, { later: true })));
  const groups = Map.groupBy([...graph.keys()].sort(), (name) => {
    const loading = initial.get(name);
    if (!loading) return name;
    return loading.length >= pages.length * COMMON_FROM ? "common" : `${loading}/${ever.get(name) ?? ""}`;
  });
  return [...groups].map(([key, chunks]) => {
    const isInitial = initial.has(chunks[0] ?? "");
    return { file: isInitial ? `chunk-${hashOf(chunks)}.js` : key, chunks, isInitial };
  });
}

function pagesByChunk(pages: Set<string>[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [page, names] of pages.entries()) {
    for (const name of names) found.set(name, [...found.get(name) ?? [], page]);
  }
  return found;
}

/** The names of chunks follow from their contents, so that of a group does too. */
function hashOf(names: string[]): string {
  return createHash("sha256").update(names.join()).digest("hex").slice(0, 8).toUpperCase();
}
