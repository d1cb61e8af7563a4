import { listFiles, relativePath } from "./files.ts";
import { isSpecial } from "../file_routes/order.ts";
import type { ResolvedBuildOptions } from "./options.ts";

/** A file of the routes folder. */
export interface RouteSource {
  /** Path below the routes folder without the extension. */
  path: string;
  file: string;
  /** Whether it is imported when it is first requested, not with the app. */
  isLazy: boolean;
}

/** The source files that a build starts from, absolute. */
export interface Project {
  islands: string[];
  routes: RouteSource[];
  staticFiles: string[];
}

const MODULE = /\.[cm]?[jt]sx?$/;

/** Finds a project's islands, routes and static files. */
export async function scanProject(options: ResolvedBuildOptions): Promise<Project> {
  const isModule = (file: string) =>
    MODULE.test(file) && !options.ignore.some((pattern) => pattern.test(file));
  const inRoutes = (await listFiles(options.routeDir)).filter(isModule);
  const islands = (await listFiles(options.islandDir)).filter(isModule);
  const routeFiles = inRoutes.filter((file) => !file.includes("(_"));
  return {
    islands: [...islands, ...inRoutes.filter((file) => file.includes("(_islands)"))],
    routes: await Promise.all(routeFiles.map((file) => routeSource(options.routeDir, file))),
    staticFiles: await listFiles(options.staticDir),
  };
}

async function routeSource(routeDir: string, file: string): Promise<RouteSource> {
  const path = relativePath(routeDir, file).replace(MODULE, "");
  // A route that names its own pattern must be known before it is first requested.
  const isLazy = !isSpecial(path) && !(await Deno.readTextFile(file)).includes("routeOverride");
  return { path, file, isLazy };
}
