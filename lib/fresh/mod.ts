/**
 * `fresh`: apps, and what their handlers and pages are made of.
 * @module
 */
export { App, type ListenOptions } from "./app.ts";
export type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
export type { Context, Context as FreshContext } from "./context.ts";
export { createDefine, type Define, type PageProps } from "./define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Lazy,
  type MaybeLazyMiddleware,
  type Method,
  type Middleware,
  type MiddlewareFn,
  page,
  type PageResponse,
  type RouteHandler,
} from "./handlers.ts";
export { cors, type CORSOptions } from "./middlewares/cors.ts";
export { csp, type CSPOptions } from "./middlewares/csp.ts";
export { csrf, type CsrfOptions } from "./middlewares/csrf.ts";
export { staticFiles } from "./middlewares/static_files.ts";
export { trailingSlashes } from "./middlewares/trailing_slashes.ts";
export type { LayoutConfig, Route, RouteConfig } from "./routes.ts";
export { HttpError } from "./runtime/http_error.ts";
