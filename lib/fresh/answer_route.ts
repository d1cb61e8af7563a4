import { type Context, internalsOf } from "./context.ts";
import type { HandlerFn, Lazy, Method, MiddlewareFn, PageResponse } from "./handlers.ts";
import { renderComponent } from "./render/page.ts";
import { reportError } from "./report.ts";
import type { MaybeLazyRoute, Route, RouteConfig } from "./routes.ts";
import { HttpError } from "./runtime/http_error.ts";

/** What `onError` and `notFound` take: a middleware, a route, or a function that imports either. */
export type ErrorHandler<State> =
  | MiddlewareFn<State>
  | Route<State>
  | Lazy<MiddlewareFn<State> | Route<State>>;

/** The middleware that answers with a route. Without a handler for the method the request counts as unmatched. */
export function routeMiddleware<State>(
  routeOrLazy: MaybeLazyRoute<State>,
  config?: RouteConfig,
): MiddlewareFn<State> {
  let loaded: Route<State> | undefined = typeof routeOrLazy === "function" ? undefined : routeOrLazy;
  return async (ctx) => {
    const route = loaded ??= await (routeOrLazy as () => Promise<Route<State>>)();
    internalsOf(ctx).layoutConfig = config ?? route.config ?? {};
    const handler = handlerFor(route, ctx.req.method);
    return handler ? await answer(ctx, route, handler) : await ctx.next();
  };
}

/** The middleware of an `onError` or `notFound`. */
export function errorMiddleware<State>(
  handler: ErrorHandler<State>,
  defaultStatus: (error: unknown) => number,
): MiddlewareFn<State> {
  type Target = MiddlewareFn<State> | Route<State>;
  let loaded: Target | undefined = typeof handler === "function" ? undefined : handler;
  const run = (ctx: Context<State>, target: Target) =>
    typeof target === "function" ? target(ctx) : answerError(ctx, target, defaultStatus(ctx.error));
  return async (ctx) => {
    if (loaded) return await run(ctx, loaded);
    const result: Response | Target = await (handler as MiddlewareFn<State>)(ctx);
    if (result instanceof Response) return result;
    loaded = result;
    return await run(ctx, result);
  };
}

/** The status of an error page: that of an `HttpError`, else 500. */
export function errorStatus(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

async function answerError<State>(
  ctx: Context<State>,
  route: Route<State>,
  status: number,
): Promise<Response> {
  internalsOf(ctx).layoutConfig = route.config ?? {};
  const handler = handlerFor(route, ctx.req.method);
  if (handler) return await answer(ctx, route, handler, status);
  // A page alone has no way to log.
  if (!(ctx.error instanceof HttpError)) reportError(ctx.error);
  return await answer(ctx, route, onlyComponent, status);
}

function handlerFor<State>(route: Route<State>, method: string): HandlerFn<unknown, State> | undefined {
  if (typeof route.handler === "function") return route.handler;
  const own = route.handler?.[method as Method];
  if (own) return own;
  if (method === "HEAD" && route.handler?.GET) return route.handler.GET;
  return route.component && (method === "GET" || method === "HEAD") ? onlyComponent : undefined;
}

function onlyComponent(): PageResponse<undefined> {
  return { data: undefined };
}

async function answer<State>(
  ctx: Context<State>,
  route: Route<State>,
  handler: HandlerFn<unknown, State>,
  defaultStatus = 200,
): Promise<Response> {
  const result = await handler(ctx);
  if (result instanceof Response) return result;
  if (!route.component) {
    const name = ctx.route ?? ctx.url.pathname;
    throw new Error(`Cannot render ${name}: its handler returned data, but it has no component`);
  }
  ctx.data = result?.data;
  const init: ResponseInit = { status: result?.status ?? defaultStatus };
  if (result?.headers) init.headers = result.headers;
  return await renderComponent(ctx, route.component, init);
}
