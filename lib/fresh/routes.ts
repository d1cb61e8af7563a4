import type { AnyPageComponent } from "./define.ts";
import type { RouteHandler } from "./handlers.ts";

/** How a layout takes part in what is around it. */
export interface LayoutConfig {
  /** Render without the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Render without the app wrapper. */
  skipAppWrapper?: boolean;
}

/** A route module's `config` export. */
export interface RouteConfig extends LayoutConfig {
  /** The `URLPattern` pathname that replaces the one the file's path gives. */
  routeOverride?: string;
}

/** What answers a path: a handler, a component, or a handler that gives a component its data. */
export interface Route<State> {
  handler?: RouteHandler<unknown, State>;
  component?: AnyPageComponent<State>;
  config?: RouteConfig;
}

/** A route, or a function that imports it when it is first requested. */
export type MaybeLazyRoute<State> =
  | Route<State>
  | (() => Promise<Route<State>>);
