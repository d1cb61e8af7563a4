import type { ErrorHandler } from "./answer_route.ts";
import type { App } from "./app.ts";
import type { AnyPageComponent } from "./define.ts";
import type { MaybeLazyMiddleware, Method } from "./handlers.ts";
import type { LayoutConfig, MaybeLazyRoute, RouteConfig } from "./routes.ts";

/**
 * What was asked of an app, in order. Nothing is built before `handler()` is called, because the file routes are known
 * only once a build is attached.
 *
 * A `segment` is a path in the tree of middlewares and layouts, a `pattern` what URLs are matched with; for file routes
 * they differ.
 */
export type Command<State> =
  | { type: "use"; segment: string; middlewares: MaybeLazyMiddleware<State>[] }
  | { type: "handle"; pattern: string; methods: readonly Method[]; middlewares: MaybeLazyMiddleware<State>[] }
  | { type: "route"; pattern: string; segment: string; route: MaybeLazyRoute<State>; config?: RouteConfig }
  | { type: "layout"; segment: string; component: AnyPageComponent<State>; config: LayoutConfig }
  | { type: "appWrapper"; component: AnyPageComponent<State> }
  | { type: "onError"; segment: string; handler: ErrorHandler<State> }
  | { type: "notFound"; handler: ErrorHandler<State> }
  | { type: "fsRoutes"; base: string }
  | { type: "mountApp"; base: string; app: App<State> };
