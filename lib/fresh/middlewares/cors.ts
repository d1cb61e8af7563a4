import type { Context } from "../context.ts";
import type { MiddlewareFn } from "../handlers.ts";

/** Options of {@linkcode cors}. */
export interface CORSOptions<State> {
  /** Which origins may read responses; `*`, any, unless given. A function gives the allowed origin, or null for none. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => string | null | undefined);
  /** Methods that a preflight allows; `GET HEAD PUT POST DELETE PATCH` unless given. */
  allowMethods?: string[] | ((origin: string, ctx: Context<State>) => string[]);
  /** Request headers that a preflight allows; those it asks for unless given. */
  allowHeaders?: string[];
  /** Seconds for which a browser may keep the answer to a preflight. */
  maxAge?: number;
  /** Whether requests may carry cookies. */
  credentials?: boolean;
  /** Response headers that scripts may read. */
  exposeHeaders?: string[];
}

const ALL_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets pages of other origins read responses, and answers preflights with 204. */
export function cors<State>(options: CORSOptions<State> = {}): MiddlewareFn<State> {
  return async (ctx) => {
    const isPreflight = ctx.req.method === "OPTIONS" && ctx.req.headers.has("access-control-request-method");
    const response = isPreflight ? new Response(null, { status: 204 }) : await ctx.next();
    setOriginHeaders(response.headers, ctx, options);
    if (isPreflight) setPreflightHeaders(response.headers, ctx, options);
    else if (options.exposeHeaders?.length) {
      response.headers.set("access-control-expose-headers", options.exposeHeaders.join(","));
    }
    return response;
  };
}

function setOriginHeaders<State>(headers: Headers, ctx: Context<State>, options: CORSOptions<State>): void {
  const allowed = allowedOrigin(ctx, options.origin);
  if (allowed) headers.set("access-control-allow-origin", allowed);
  // The answer depends on who asks, and caches must know.
  if (allowed !== "*") headers.append("vary", "Origin");
  if (options.credentials) headers.set("access-control-allow-credentials", "true");
}

function allowedOrigin<State>(
  ctx: Context<State>,
  origin: CORSOptions<State>["origin"] = "*",
): string | null | undefined {
  const asking = ctx.req.headers.get("origin") ?? "";
  if (typeof origin === "function") return origin(asking, ctx);
  if (Array.isArray(origin)) return origin.includes(asking) ? asking : null;
  return origin === "*" || origin === asking ? origin : null;
}

function setPreflightHeaders<State>(
  headers: Headers,
  ctx: Context<State>,
  options: CORSOptions<State>,
): void {
  const { maxAge, allowMethods = ALL_METHODS } = options;
  if (maxAge !== undefined) headers.set("access-control-max-age", String(maxAge));
  const asking = ctx.req.headers.get("origin") ?? "";
  const methods = typeof allowMethods === "function" ? allowMethods(asking, ctx) : allowMethods;
  if (methods.length) headers.set("access-control-allow-methods", methods.join(","));
  const requested = ctx.req.headers.get("access-control-request-headers");
  const allowHeaders = options.allowHeaders?.length ? options.allowHeaders.join(",") : requested;
  if (allowHeaders) headers.set("access-control-allow-headers", allowHeaders);
  if (!options.allowHeaders?.length && requested) headers.append("vary", "Access-Control-Request-Headers");
}
