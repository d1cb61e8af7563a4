import { enterErrorPage, isNotFound, runChain } from "./chain.ts";
import type { Compiled, Target } from "./compile.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { Context } from "./context.ts";
import type { MiddlewareFn } from "./handlers.ts";
import { reportError } from "./report.ts";
import { type RequestInfo, requestUrl } from "./request_info.ts";
import type { Match } from "./router.ts";
import { HttpError } from "./runtime/http_error.ts";
import type { Snapshot } from "./snapshot.ts";

/** What every request of an app is answered with. */
export interface Dispatcher<State> {
  config: ResolvedFreshConfig;
  snapshot: Snapshot | null;
  compiled: Compiled<State>;
}

/** Answers one request; nothing is thrown. */
export async function dispatch<State>(
  dispatcher: Dispatcher<State>,
  req: Request,
  info: RequestInfo,
): Promise<Response> {
  const { config, compiled } = dispatcher;
  const url = requestUrl(req, config.trustProxy);
  const match = compiled.router.match(req.method, url.pathname);
  const ctx = createContext(dispatcher, req, url, info, match);
  const response = await answer(ctx, compiled, chainFor(compiled, req.method, match));
  if (match.type === "method" && response.status === 405) {
    return withHeader(response, "allow", match.allowed.join(", "));
  }
  return req.method === "HEAD" && response.body ? await withoutBody(response) : response;
}

function createContext<State>(
  { config, snapshot, compiled }: Dispatcher<State>,
  req: Request,
  url: URL,
  info: RequestInfo,
  match: Match<Target<State>>,
): Context<State> {
  return new Context<State>({
    config,
    req,
    url,
    info,
    route: match.type === "none" ? null : match.route,
    params: match.type === "none" ? {} : match.params,
    internals: {
      snapshot,
      appWrapper: compiled.appWrapper,
      hasNotFound: compiled.notFound !== null,
      segment: compiled.root,
      layoutConfig: {},
      nonce: null,
    },
  });
}

function chainFor<State>(
  compiled: Compiled<State>,
  method: string,
  match: Match<Target<State>>,
): MiddlewareFn<State>[] {
  const notFound = notFoundStep(compiled);
  switch (match.type) {
    case "found":
      return [...match.target.before, ...match.target.handlers, notFound];
    case "method":
      return [...match.nearest.before, wrongMethodStep(method, match.allowed)];
    case "none":
      return [...compiled.rootChain, notFound];
  }
}

/** Inside the middlewares, so that they see the 404 page as they see any other. */
function notFoundStep<State>({ notFound, root }: Compiled<State>): MiddlewareFn<State> {
  return (ctx) => {
    const error = new HttpError(404);
    if (!notFound) throw error;
    enterErrorPage(ctx, root, error);
    return notFound(ctx);
  };
}

function wrongMethodStep<State>(method: string, allowed: string[]): MiddlewareFn<State> {
  return () => {
    if (method !== "OPTIONS") throw new HttpError(405);
    return new Response(null, { status: 204, headers: { allow: allowed.join(", ") } });
  };
}

async function answer<State>(
  ctx: Context<State>,
  compiled: Compiled<State>,
  chain: MiddlewareFn<State>[],
): Promise<Response> {
  try {
    return await runChain(ctx, chain);
  } catch (error) {
    const handler = isNotFound(error) ? compiled.notFound : null;
    return handler ? await answerNotFound(ctx, compiled, handler, error) : plainError(error);
  }
}

async function answerNotFound<State>(
  ctx: Context<State>,
  { root }: Compiled<State>,
  notFound: MiddlewareFn<State>,
  error: unknown,
): Promise<Response> {
  enterErrorPage(ctx, root, error);
  try {
    return await notFound(ctx);
  } catch (failure) {
    return plainError(failure);
  }
}

function plainError(error: unknown): Response {
  if (error instanceof HttpError) return new Response(error.message, { status: error.status });
  reportError(error);
  return new Response("Internal server error", { status: 500 });
}

/** A response that came from `fetch` has headers that cannot be changed, so it is copied. */
function withHeader(response: Response, name: string, value: string): Response {
  const copy = new Response(response.body, response);
  copy.headers.set(name, value);
  return copy;
}

/** `HEAD` is answered by `GET` handlers; what they opened to stream is let go. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}
