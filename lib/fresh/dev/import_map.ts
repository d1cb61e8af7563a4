import { dirname, join, resolve } from "node:path";

/** What a bare specifier stands for. */
export type Resolved =
  | { type: "npm"; specifier: string }
  | { type: "fresh"; entry: string }
  | { type: "file"; path: string }
  | { type: "unsupported"; target: string };

/** The `imports` of a project's `deno.json`. */
export class ImportMap {
  /** `directory` holds the `deno.json`: its relative paths and `node_modules` are there. */
  constructor(readonly directory: string, readonly imports: Readonly<Record<string, string>>) {}

  /** Reads the nearest `deno.json` or `deno.jsonc` at or above a directory. */
  static async near(directory: string): Promise<ImportMap> {
    for (const name of ["deno.json", "deno.jsonc"]) {
      const text = await readIfPresent(join(directory, name));
      if (text !== undefined) return new ImportMap(directory, parseImports(text));
    }
    const parent = dirname(directory);
    return parent === directory ? new ImportMap(directory, {}) : await ImportMap.near(parent);
  }

  /** Resolves a specifier that is not relative; undefined where the map does not say. */
  resolve(specifier: string): Resolved | undefined {
    if (/^(npm|jsr|https?):/.test(specifier)) return this.#target(specifier);
    const exact = this.imports[specifier];
    if (exact !== undefined) return this.#target(exact);
    const prefixes = Object.keys(this.imports).filter((key) =>
      specifier.startsWith(key.endsWith("/") ? key : `${key}/`)
    );
    const longest = prefixes.sort((a, b) => b.length - a.length)[0];
    const target = longest === undefined ? undefined : this.imports[longest];
    if (longest === undefined || target === undefined) return undefined;
    const rest = specifier.slice(longest.length);
    return this.#target(target + rest);
  }

  #target(target: string): Resolved {
    const fresh = /^jsr:\/?@fresh\/core(?:@[^/]*)?\/?(.*)$/.exec(target);
    if (fresh) return { type: "fresh", entry: fresh[1] ?? "" };
    const npm = /^npm:\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(target);
    if (npm) return { type: "npm", specifier: `${npm[1]}${npm[2] ?? ""}` };
    if (target.startsWith(".") || target.startsWith("/")) {
      return { type: "file", path: resolve(this.directory, target) };
    }
    return { type: "unsupported", target };
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function parseImports(text: string): Record<string, string> {
  const config = JSON.parse(withoutComments(text)) as {
    imports?: Record<string, string>;
  };
  return config.imports ?? {};
}

/** JSON with comments and trailing commas as plain JSON; texts stay as they are. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? "")
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? "");
}
