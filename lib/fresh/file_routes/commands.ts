import type { Command } from "../commands.ts";
import type { RouteFile, RouteModule } from "../snapshot.ts";
import { componentOf, configOf, middlewaresOf, routeOf } from "./module.ts";
import { compareRouteFiles, fileName, folderOf } from "./order.ts";
import { filePattern, folderSegment } from "./pattern.ts";

/** What the files of the routes folder ask of an app. */
export function fileRouteCommands<State>(files: readonly RouteFile[]): Command<State>[] {
  return files
    .toSorted((a, b) => compareRouteFiles(a.path, b.path))
    .map((file) => isLoaded(file) ? loadedCommand<State>(file) : lazyRoute<State>(file));
}

type LoadedFile = RouteFile & { module: RouteModule };

function isLoaded(file: RouteFile): file is LoadedFile {
  return typeof file.module !== "function";
}

function lazyRoute<State>({ path, module }: RouteFile): Command<State> {
  const load = module as () => Promise<RouteModule>;
  return {
    type: "route",
    pattern: filePattern(path),
    segment: folderSegment(folderOf(path)),
    route: async () => routeOf<State>(await load(), path),
  };
}

function loadedCommand<State>({ path, module }: LoadedFile): Command<State> {
  const segment = folderSegment(folderOf(path));
  switch (fileName(path)) {
    case "_app":
      return { type: "appWrapper", component: componentOf<State>(module, path) };
    case "_layout":
      return {
        type: "layout",
        segment,
        component: componentOf<State>(module, path),
        config: configOf(module) ?? {},
      };
    case "_middleware":
      return { type: "use", segment, middlewares: middlewaresOf<State>(module, path) };
    case "_error":
    case "_500":
      return { type: "onError", segment, handler: routeOf<State>(module, path) };
    case "_404":
      return { type: "notFound", handler: routeOf<State>(module, path) };
    default: {
      const pattern = configOf(module)?.routeOverride ?? filePattern(path);
      return { type: "route", pattern, segment, route: routeOf<State>(module, path) };
    }
  }
}
