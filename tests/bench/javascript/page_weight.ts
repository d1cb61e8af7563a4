import type { Metafile, Plugin } from "esbuild";
import { gzipSync } from "node:zlib";
import { runEsbuild } from "../../../lib/fresh/dev/esbuild_service.ts";

/** Sends a request for a path to a Freshet. */
export type FetchPath = (path: string) => Promise<Response>;

/** One script, with its bytes as they are sent and gzipped. */
export interface Script {
  path: string;
  bytes: number;
  gzipped: number;
}

/** All JavaScript of a page. */
export interface PageWeight {
  /** What the page loads at start: its preloads and boot script, with all that they import. */
  initial: Script[];
  /** What it may load later: dynamic imports, with all that they import. */
  lazy: Script[];
  /** The addresses of workers that it may start. */
  workers: string[];
}

type Graph = Metafile["inputs"];

const NAMESPACE = "page";

/** Weighs the JavaScript of a page, by its HTML and the import statements of its modules. */
export async function weighPage(path: string, fetchPath: FetchPath): Promise<PageWeight> {
  const html = await readText(path, fetchPath);
  const { preloads, inline } = scriptsOf(html);
  const scripts = new Map<string, Script>();
  const workers = new Set<string>();
  const load = async (path: string) => {
    const text = await readText(path, fetchPath);
    scripts.set(path, weigh(path, text));
    // Workers are named by their address.
    for (const [worker] of text.matchAll(/(?<=["'`])\/gen\/[\w./-]+\.js(?=["'`])/g)) workers.add(worker);
    return text;
  };
  const graph = await readGraph([...preloads, ...inline], load);
  const entries = [...preloads, ...inline.flatMap(({ name }) => importsOf(graph, name, "import-statement"))];
  const initial = reachable(graph, entries, ["import-statement"]);
  const all = reachable(graph, entries, ["import-statement", "dynamic-import"]);
  const chosen = (paths: Iterable<string>) => [...paths].flatMap((path) => scripts.get(path) ?? []);
  const later = [...all].filter((path) => !initial.has(path));
  return { initial: chosen(initial), lazy: chosen(later), workers: [...workers] };
}

/** Weighs scripts by themselves, as workers are. */
export async function weighScripts(paths: string[], fetchPath: FetchPath): Promise<Script[]> {
  return await Promise.all(paths.map(async (path) => weigh(path, await readText(path, fetchPath))));
}

/** Bytes of scripts together. */
export function totalOf(scripts: Script[]): { bytes: number; gzipped: number } {
  return scripts.reduce(
    (sum, { bytes, gzipped }) => ({ bytes: sum.bytes + bytes, gzipped: sum.gzipped + gzipped }),
    { bytes: 0, gzipped: 0 },
  );
}

interface InlineScript {
  name: string;
  text: string;
}

function scriptsOf(html: string): { preloads: string[]; inline: InlineScript[] } {
  const preloads = [...html.matchAll(/<link\b[^>]*\brel="modulepreload"[^>]*>/g)]
    .flatMap(([tag]) => tag.match(/\bhref="([^"]+)"/)?.[1] ?? []);
  const tags = [...html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)];
  const sources = tags.flatMap(([, attributes]) => attributes?.match(/\bsrc="([^"]+)"/)?.[1] ?? []);
  const inline = tags.filter(([, attributes]) => attributes?.includes('type="module"'))
    .map(([, , text = ""], i) => ({ name: `inline-${i}`, text }));
  return { preloads: [...preloads, ...sources], inline };
}

/** The modules and what they import; esbuild reads the statements. */
async function readGraph(
  entries: (string | InlineScript)[],
  load: (path: string) => Promise<string>,
): Promise<Graph> {
  const inline = new Map(
    entries.flatMap((entry) => typeof entry === "string" ? [] : [[entry.name, entry.text]]),
  );
  const plugin: Plugin = {
    name: "page",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => ({
        path: kind === "entry-point" || inline.has(importer)
          ? path
          : new URL(path, `http://x${importer}`).pathname,
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => ({
        contents: inline.get(path) ?? await load(path),
        loader: "js",
      }));
    },
  };
  const result = await runEsbuild({
    entryPoints: entries.map((entry) => typeof entry === "string" ? entry : entry.name),
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: "out",
    write: false,
    metafile: true,
    plugins: [plugin],
    logLevel: "silent",
  });
  return result.metafile.inputs;
}

function importsOf(graph: Graph, path: string, kind: string): string[] {
  const imports = graph[`${NAMESPACE}:${path}`]?.imports ?? [];
  return imports.filter((found) => found.kind === kind).map((found) =>
    found.path.slice(NAMESPACE.length + 1)
  );
}

function reachable(graph: Graph, entries: string[], kinds: string[]): Set<string> {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const kind of kinds) for (const next of importsOf(graph, path, kind)) visit(next);
  };
  for (const entry of entries) visit(entry);
  return found;
}

function weigh(path: string, text: string): Script {
  const bytes = new TextEncoder().encode(text);
  return { path, bytes: bytes.length, gzipped: gzipSync(bytes).length };
}

async function readText(path: string, fetchPath: FetchPath): Promise<string> {
  const response = await fetchPath(path);
  if (!response.ok) throw new Error(`Cannot load ${path}: ${response.status} ${await response.text()}`);
  return await response.text();
}
