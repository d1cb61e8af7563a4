import { type Context, internalsOf } from "./context.ts";
import type { MiddlewareFn } from "./handlers.ts";
import { HttpError } from "./runtime/http_error.ts";
import type { Segment } from "./segments.ts";

/** Runs middlewares one inside the other: `ctx.next()` in each runs those after it. The last must not call it. */
export async function runChain<State>(
  ctx: Context<State>,
  chain: readonly MiddlewareFn<State>[],
  position = 0,
): Promise<Response> {
  const middleware = chain[position];
  if (!middleware) throw new HttpError(404);
  const outer = ctx.next;
  ctx.next = () => runChain(ctx, chain, position + 1);
  try {
    return await middleware(ctx);
  } finally {
    ctx.next = outer;
  }
}

/** What runs before a route in a segment: for each segment from the root its error boundary, then its middlewares. */
export function segmentChain<State>(segment: Segment<State>): MiddlewareFn<State>[] {
  return segment.lineage().flatMap((step) => [boundary(step), ...step.middlewares]);
}

/**
 * Makes a segment's layouts apply to what is rendered inside, and gives what is thrown inside to its `onError`. A 404 is
 * let through to `notFound` where the app has one.
 */
function boundary<State>(segment: Segment<State>): MiddlewareFn<State> {
  return async (ctx) => {
    const internals = internalsOf(ctx);
    internals.segment = segment;
    try {
      return await ctx.next();
    } catch (error) {
      if (!segment.onError || (isNotFound(error) && internals.hasNotFound)) throw error;
      enterErrorPage(ctx, segment, error);
      return await segment.onError(ctx);
    }
  };
}

/** Makes a context that of an error page: what the failed route had set no longer applies. */
export function enterErrorPage<State>(ctx: Context<State>, segment: Segment<State>, error: unknown): void {
  const internals = internalsOf(ctx);
  internals.segment = segment;
  internals.layoutConfig = {};
  ctx.data = undefined;
  ctx.error = error;
}

/** Whether an error means that there is nothing at the address. */
export function isNotFound(error: unknown): boolean {
  return error instanceof HttpError && error.status === 404;
}
