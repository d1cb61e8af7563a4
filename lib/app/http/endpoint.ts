import { type Feature, FreshetError } from "../../shared/mod.ts";
import { type Principal, requireScope, type Source } from "../../access/mod.ts";
import { accepted } from "../operations/common.ts";
import type { Services } from "../services.ts";
import { readJson, validate } from "./body.ts";
import type { Operation } from "./operation.ts";

const PARAM_MAX_CHARS = 200;

/** What an endpoint is called with: validated, and with the principal's scope checked. */
export interface EndpointCall<Body, Query> {
  services: Services;
  principal: Principal;
  /** A parameter of the path; "" cannot occur. Throws `not_found` for one that is longer than any id. */
  param: (name: string) => string;
  body: Body;
  query: Query;
  request: Request;
  /** The address of who asks: "127.0.0.1". */
  from: string;
}

/** The part of Fresh's context that an endpoint needs. */
interface EndpointContext {
  req: Request;
  url: URL;
  params: Record<string, string>;
  state: { services: Services; principal: Principal; source: Source };
}

/** Answers one method of a route. */
export type Endpoint = (ctx: EndpointContext) => Promise<Response>;

/**
 * Makes an endpoint of an operation: checks the scope, validates query and body by the operation's schemas, and sends what
 * `handle` returns as JSON, unless that is a response already.
 */
export function endpoint<Body, Query>(
  operation: Operation<Body, Query>,
  handle: (call: EndpointCall<Body, Query>) => unknown,
): Endpoint {
  const status = operation.success?.status ?? 200;
  const asksModel = operation.asksModel ?? operation.success === accepted;
  return async (ctx) => {
    const { services, principal } = ctx.state;
    requireFeature(services, operation.feature);
    requireScope(principal, operation.scope);
    // Before anything is written; the dispatcher would refuse the call only then.
    if (asksModel) await services.budgets.check(principal);
    const query = operation.query
      ? validate(operation.query, Object.fromEntries(ctx.url.searchParams))
      : undefined as Query;
    const body = operation.body
      ? await readJson(ctx.req, operation.body, operation.maxBytes)
      : undefined as Body;
    const param = (name: string) => idOf(ctx.params[name] ?? "");
    const result = await handle({
      services,
      principal,
      param,
      body,
      query,
      request: ctx.req,
      from: ctx.state.source.address,
    });
    if (result instanceof Response) return result;
    return status === 204 ? new Response(null, { status }) : Response.json(result, { status });
  };
}

/** Deno KV throws at keys that are too long. */
function idOf(param: string): string {
  if (param.length <= PARAM_MAX_CHARS) return param;
  throw new FreshetError("not_found", "There is nothing with such an id");
}

/** Throws `not_found` where a feature is switched off. */
export function requireFeature(
  { config }: Pick<Services, "config">,
  feature: Feature | undefined,
): void {
  if (feature === undefined || config.features[feature]) return;
  throw new FreshetError("not_found", `The feature "${feature}" is switched off`, {
    hint: "fresh.config.ts has the switch",
  });
}

/** A route's handler out of its endpoints; other methods are answered 405 in the one shape. */
export function methods(endpoints: Partial<Record<Operation["method"], Endpoint>>): Endpoint {
  const allowed = Object.keys(endpoints);
  return async (ctx) => {
    const method = ctx.req.method === "HEAD" ? "GET" : ctx.req.method;
    const answer = allowed.includes(method) ? endpoints[method as Operation["method"]] : undefined;
    if (answer) return ctx.req.method === "HEAD" ? await withoutBody(await answer(ctx)) : await answer(ctx);
    const error = new FreshetError(
      "method_not_allowed",
      `${method} is not offered here, only ${allowed.join(", ")}`,
    );
    return Response.json({ error: error.toBody() }, {
      status: error.status,
      headers: { allow: allowed.join(", ") },
    });
  };
}

/** What answers HEAD; a stream ends that nobody would read. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}
