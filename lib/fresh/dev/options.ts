import { resolve } from "node:path";

/** Options of `new Builder()`. Paths are absolute or relative to the root. */
export interface BuildOptions {
  /** The project's directory; the working directory unless given. */
  root?: string;
  /** Where a build is written; `_fresh` unless given. */
  outDir?: string;
  /** Files served as they are; `static` unless given. */
  staticDir?: string;
  /** Modules of islands; `islands` unless given. */
  islandDir?: string;
  /** File routes; `routes` unless given. */
  routeDir?: string;
  /** The module that exports `app`; `main.ts` unless given. */
  serverEntry?: string;
  /** The oldest browsers that bundles are for, as esbuild names them. */
  target?: string | string[];
  /** Files that are neither routes nor islands, by their path; tests unless given. */
  ignore?: RegExp[];
}

/** Options with every path absolute. */
export interface ResolvedBuildOptions extends Required<Omit<BuildOptions, "target">> {
  target: string[];
}

const DEFAULT_TARGET = ["chrome109", "edge109", "firefox115", "safari16"];
const TEST_FILE = /[._]test\.[cm]?[jt]sx?$/;

/** Fills in the defaults. */
export function resolveOptions(options: BuildOptions): ResolvedBuildOptions {
  const root = resolve(options.root ?? Deno.cwd());
  return {
    root,
    outDir: resolve(root, options.outDir ?? "_fresh"),
    staticDir: resolve(root, options.staticDir ?? "static"),
    islandDir: resolve(root, options.islandDir ?? "islands"),
    routeDir: resolve(root, options.routeDir ?? "routes"),
    serverEntry: resolve(root, options.serverEntry ?? "main.ts"),
    target: [options.target ?? DEFAULT_TARGET].flat(),
    ignore: options.ignore ?? [TEST_FILE],
  };
}
