import { FreshetError } from "../../shared/mod.ts";
import { lastLines } from "../problems.ts";
import { type CheckContext, codeFiles } from "./context.ts";
import type { ModuleGraph } from "./reports.ts";

/** The name of our own module that imports all code of the project. */
export const ENTRY = "entry.ts";

/** Reads the graph of all code of the project without running any of it. */
export async function readModuleGraph(context: Omit<CheckContext, "graph" | "lint">): Promise<ModuleGraph> {
  const { files, job, toolchain, signal } = context;
  const imports = codeFiles(files).map(({ path }) => `import ${JSON.stringify(moduleUrl(path))};\n`);
  await job.write(ENTRY, imports.join(""));
  const outcome = await toolchain.run(job, { subcommand: "info", args: ["--json", ENTRY] }, signal);
  const graph = outcome.code === 0 ? parse(outcome.stdout) : undefined;
  if (graph) return graph;
  throw new FreshetError(
    "invalid_request",
    outcome.isTimedOut || outcome.isFlooded
      ? "Cannot read the imports: there is too much of them"
      : `Cannot read the imports: ${lastLines(outcome.stderr, 3)}`,
  );
}

function moduleUrl(path: string): string {
  return `./project/${path.split("/").map(encodeURIComponent).join("/")}`;
}

function parse(text: string): ModuleGraph | undefined {
  const graph = JSON.parse(text) as Partial<ModuleGraph>;
  return Array.isArray(graph.modules) ? { ...graph, modules: graph.modules } : undefined;
}
