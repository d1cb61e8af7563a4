import type { CheckProblem } from "../../shared/mod.ts";
import { cleanText, isBelow, pathInProject } from "../problems.ts";
import { codeFiles } from "./context.ts";
import type { CheckContext, Finding } from "./context.ts";
import type { Dependency, GraphModule } from "./reports.ts";
import { pathToFileURL } from "node:url";

/** Modules of Node that compute and touch nothing. */
const NODE_MODULES = new Set(
  ("assert assert/strict async_hooks buffer crypto diagnostics_channel events path path/posix path/win32 querystring " +
    "stream stream/promises stream/web string_decoder timers timers/promises url util util/types")
    .split(" ").map((name) => `node:${name}`),
);

/**
 * What a project may import: its own files, hono, and the harmless modules of Node. This is a gate, not a matter of taste: Deno
 * loads what is imported by a literal path with no permission at all, so that `import x from "/etc/passwd" with { type: "text" }`
 * would succeed. Therefore everything that is not known to be allowed is refused, and nothing runs or is type-checked before.
 * Paths made at run time are not seen here; for those Deno asks for the permission to read.
 */
export async function checkImports(context: CheckContext): Promise<Finding> {
  if (codeFiles(context.files).length === 0) return { skipped: "There is no code" };
  const { modules, redirects = {} } = await context.graph();
  const judge = new ImportJudge(
    context,
    new Map(modules.map((module) => [module.specifier, module])),
    redirects,
  );
  const problems = modules.flatMap((module) => judge.problemsOf(module));
  const reached = [...modules.map(({ specifier }) => specifier), ...Object.values(redirects)];
  if (problems.length === 0) {
    for (const specifier of reached) {
      if (!judge.mayBeReached(specifier)) problems.push({ message: judge.refusal(specifier, specifier) });
    }
  }
  return { problems };
}

class ImportJudge {
  readonly #honoUrl: string;
  readonly #entryUrl: string;

  constructor(
    readonly context: CheckContext,
    readonly modules: ReadonlyMap<string, GraphModule>,
    readonly redirects: Readonly<Record<string, string>>,
  ) {
    const { workspace } = context.toolchain;
    this.#honoUrl = `${
      pathToFileURL(workspace.denoDirectory).href
    }/npm/registry.npmjs.org/hono/${workspace.hono.version}/`;
    this.#entryUrl = `${pathToFileURL(context.job.directory).href}/entry.ts`;
  }

  /** What is wrong with the imports of a file of the project. */
  problemsOf(module: GraphModule): CheckProblem[] {
    const path = pathInProject(module.specifier, this.context.job);
    if (path === undefined) return [];
    const problems = (module.dependencies ?? []).flatMap((dependency) =>
      this.#dependencyProblem(path, dependency)
    );
    const types = module.typesDependency?.dependency.specifier;
    if (types !== undefined && !this.#mayImport(types)) {
      problems.push({ path, message: this.refusal(types, types) });
    }
    return problems;
  }

  /** Whether something that the graph holds is harmless, whoever imports it. */
  mayBeReached(specifier: string): boolean {
    return specifier === this.#entryUrl || specifier.startsWith("node:") || this.#mayImport(specifier);
  }

  refusal(written: string, resolved: string): string {
    const named = `Cannot import ${JSON.stringify(cleanText(written, this.context.job))}: `;
    if (/^https?:/.test(resolved)) return `${named}nothing can be loaded from the network`;
    if (resolved.startsWith("node:")) return `${named}projects may not use this module of Node`;
    if (resolved.startsWith("npm:hono") || resolved.startsWith("npm:/hono")) {
      return `${named}write it as "hono" or "hono/…"`;
    }
    if (/^(?:npm|jsr):/.test(resolved)) return `${named}hono is the only package there is`;
    if (resolved.startsWith("file:")) {
      return `${named}it is outside of the project${written.startsWith("/") ? `; begin with "./"` : ""}`;
    }
    return `${named}only files of the project, hono and harmless modules of Node can be`;
  }

  #dependencyProblem(path: string, { specifier, code, type }: Dependency): CheckProblem[] {
    for (const resolution of [code, type]) {
      if (!resolution) continue;
      const { start } = resolution.span ?? {};
      const place = { path, ...(start ? { line: start.line + 1, column: start.character + 1 } : {}) };
      const { specifier: resolved } = resolution;
      if (resolved === undefined) return [{ ...place, message: this.refusal(specifier, "") }];
      if (!this.#mayImport(resolved)) return [{ ...place, message: this.refusal(specifier, resolved) }];
      const missing = this.#missing(specifier, resolved);
      if (missing) return [{ ...place, message: missing }];
    }
    return [];
  }

  #mayImport(specifier: string): boolean {
    return NODE_MODULES.has(specifier) || isBelow(specifier, this.#honoUrl) ||
      pathInProject(specifier, this.context.job) !== undefined;
  }

  /** A file of the project that is imported must be there. One that does not parse is the matter of another check. */
  #missing(written: string, resolved: string): string | undefined {
    const path = pathInProject(resolved, this.context.job);
    if (path === undefined || !this.modules.get(resolved)?.error) return undefined;
    const paths = new Set(this.context.files.map((file) => file.path));
    if (paths.has(path)) return undefined;
    const meant = ["", "/index", "/mod"].flatMap((end) => [`${end}.ts`, `${end}.js`, `${end}.tsx`])
      .find((end) => paths.has(path + end) || paths.has(path.replace(/\.js$/, "") + end));
    const hint = meant ? `; file names are written out, as in "${written.replace(/\.js$/, "")}${meant}"` : "";
    return `Cannot import ${JSON.stringify(written)}: there is no such file${hint}`;
  }
}
