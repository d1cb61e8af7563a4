import type { CheckProblem } from "../../shared/mod.ts";

/** A place in a module; counts from 0, as `deno info` does. */
interface Position {
  line: number;
  character: number;
}

interface Resolution {
  specifier?: string;
  error?: string;
  span?: { start: Position };
}

/** An import, export from, or reference of a module. */
export interface Dependency {
  specifier: string;
  code?: Resolution;
  type?: Resolution;
}

/** A module of the graph; `error` where it could not be read or parsed. */
export interface GraphModule {
  specifier: string;
  error?: string;
  dependencies?: Dependency[];
  typesDependency?: { specifier: string; dependency: Resolution };
}

/** What `deno info --json` says of everything the project's code imports. */
export interface ModuleGraph {
  modules: GraphModule[];
  redirects?: Record<string, string>;
}

/** What the linter says: files it cannot parse, and what else it found. */
export interface LintReport {
  syntaxErrors: CheckProblem[];
  problems: CheckProblem[];
}
