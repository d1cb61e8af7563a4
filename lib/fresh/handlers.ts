import type { Context } from "./context.ts";

/** The HTTP methods a handler object may have. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** All of {@linkcode Method}, in the order an `Allow` header lists them. */
export const METHODS: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** How a page is answered: 200 without further headers unless given. */
export interface PageInit {
  status?: number;
  headers?: HeadersInit;
}

/** What {@linkcode page} returns: the data of the route's component. */
export interface PageResponse<Data> extends PageInit {
  data: Data;
}

/** What a handler answers with: a response of its own, or the data the route's component is rendered with. */
export type HandlerResult<Data> = Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;

/** Handles every method of a route. */
export type HandlerFn<Data, State> = (ctx: Context<State>) => HandlerResult<Data>;

/** Handles each method of a route by a function of its own. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** A route's `handler` (or `handlers`) export. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/**
 * Runs before, after or instead of what follows it: `ctx.next()` gives the response of the rest. In place of a response it
 * may return the true middleware, which is then kept (a lazily imported one).
 */
export type MiddlewareFn<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** One middleware or several, run in the order given. */
export type Middleware<State> = MiddlewareFn<State> | MiddlewareFn<State>[];

/** A function that imports a middleware or a handler when it is first needed. */
export type Lazy<T> = () => Promise<T>;

/** A middleware, or a function that imports it. */
export type MaybeLazyMiddleware<State> = MiddlewareFn<State> | Lazy<MiddlewareFn<State>>;

/**
 * Hands data to the component of the same route, which is then rendered with it as `props.data`.
 *
 * @example
 * ```ts
 * export const handler = define.handlers({
 *   GET: (ctx) => page({ name: ctx.params.name }, { headers: { "cache-control": "no-store" } }),
 * });
 * ```
 */
export function page(): PageResponse<undefined>;
export function page<Data>(data: Data, init?: PageInit): PageResponse<Data>;
export function page(data?: unknown, init: PageInit = {}): PageResponse<unknown> {
  return { ...init, data };
}

/** Resolves a middleware that may be a lazy one: what it returns in place of a response is kept and run from then on. */
export function unwrapLazy<State>(middleware: MaybeLazyMiddleware<State>): MiddlewareFn<State> {
  let loaded: MiddlewareFn<State> | undefined;
  return async (ctx) => {
    if (loaded) return await loaded(ctx);
    const result = await (middleware as MiddlewareFn<State>)(ctx) as Response | MiddlewareFn<State>;
    if (typeof result !== "function") return result;
    loaded = result;
    return await loaded(ctx);
  };
}
