import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { fileURLToPath } from "node:url";
import type { ImportMap } from "./import_map.ts";

/** Marks what this plugin asks esbuild to resolve by itself. */
const BY_ESBUILD = Symbol();

/** Lets esbuild resolve bare specifiers as Deno does: by the import map of `deno.json`, packages from `node_modules`. */
export function resolvePlugin(importMap: ImportMap): Plugin {
  return {
    name: "deno-imports",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        // Packages import each other by Node's rules.
        if (args.pluginData === BY_ESBUILD || /[\\/]node_modules[\\/]/.test(args.importer)) return undefined;
        return resolveBare(build, importMap, args);
      });
    },
  };
}

async function resolveBare(
  build: PluginBuild,
  importMap: ImportMap,
  { path, kind }: OnResolveArgs,
): Promise<OnResolveResult | undefined> {
  const resolved = importMap.resolve(path);
  switch (resolved?.type) {
    case undefined:
      return undefined;
    case "file":
      return { path: resolved.path };
    case "npm":
      return await build.resolve(resolved.specifier, {
        kind,
        resolveDir: importMap.directory,
        pluginData: BY_ESBUILD,
      });
    case "fresh":
      if (resolved.entry === "runtime") {
        return { path: fileURLToPath(import.meta.resolve("../runtime/mod.ts")) };
      }
      return error(path, "islands may import fresh/runtime only");
    case "unsupported":
      return error(path, `"${resolved.target}" is neither from npm nor a local file`);
  }
}

function error(path: string, reason: string): OnResolveResult {
  return { errors: [{ text: `Cannot bundle "${path}" for the browser: ${reason}` }] };
}
