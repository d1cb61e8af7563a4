import type { AnyPageComponent } from "../define.ts";
import type { MiddlewareFn, RouteHandler } from "../handlers.ts";
import type { Route, RouteConfig } from "../routes.ts";
import type { RouteModule } from "../snapshot.ts";

/** The route that a module of the routes folder exports. */
export function routeOf<State>(module: RouteModule, path: string): Route<State> {
  const route: Route<State> = {};
  const handler = module["handler"] ?? module["handlers"];
  const component = module["default"];
  if (isHandler<State>(handler)) route.handler = handler;
  if (isComponent<State>(component)) route.component = component;
  if (!route.handler && !route.component) {
    throw new Error(`Cannot use routes/${path}: it exports neither a handler nor a component as its default`);
  }
  const config = configOf(module);
  if (config) route.config = config;
  return route;
}

/** A route module's `config`. */
export function configOf(module: RouteModule): RouteConfig | undefined {
  return module["config"] as RouteConfig | undefined;
}

/** The component of an `_app` or `_layout`. */
export function componentOf<State>(module: RouteModule, path: string): AnyPageComponent<State> {
  const component = module["default"];
  if (!isComponent<State>(component)) {
    throw new Error(`Cannot use routes/${path}: its default export is no component`);
  }
  return component;
}

/** The middlewares of a `_middleware`: its default export or its `handler`, one or an array. */
export function middlewaresOf<State>(module: RouteModule, path: string): MiddlewareFn<State>[] {
  const exported = [module["default"] ?? module["handler"] ?? module["handlers"]].flat();
  if (exported.every(isMiddleware<State>)) return exported;
  throw new Error(`Cannot use routes/${path}: it exports neither a function nor an array of functions`);
}

function isHandler<State>(value: unknown): value is RouteHandler<unknown, State> {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

function isComponent<State>(value: unknown): value is AnyPageComponent<State> {
  return typeof value === "function";
}

function isMiddleware<State>(value: unknown): value is MiddlewareFn<State> {
  return typeof value === "function";
}
