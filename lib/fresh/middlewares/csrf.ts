import type { Context } from "../context.ts";
import type { MiddlewareFn } from "../handlers.ts";
import { HttpError } from "../runtime/http_error.ts";

/** Options of {@linkcode csrf}. */
export interface CsrfOptions<State> {
  /** The origins requests may come from; the app's own unless given. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => boolean);
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that another site made the browser send, with 403. Browsers say where a request comes from in
 * `Sec-Fetch-Site` and `Origin`; a request with neither comes from no browser and passes.
 */
export function csrf<State>(options: CsrfOptions<State> = {}): MiddlewareFn<State> {
  return (ctx) => {
    const { method, headers } = ctx.req;
    if (SAFE_METHODS.has(method)) return ctx.next();
    const site = headers.get("sec-fetch-site");
    const origin = headers.get("origin");
    const isAllowed = site === "same-origin" || site === "none" ||
      (origin === null ? site === null : isAllowedOrigin(origin, ctx, options.origin));
    if (!isAllowed) throw new HttpError(403);
    return ctx.next();
  };
}

function isAllowedOrigin<State>(
  origin: string,
  ctx: Context<State>,
  allowed: CsrfOptions<State>["origin"] = ctx.url.origin,
): boolean {
  return typeof allowed === "function" ? allowed(origin, ctx) : [allowed].flat().includes(origin);
}
