import { type Context, Hono } from "hono";
import { FreshetError, newId } from "../shared/mod.ts";
import type { Source } from "../access/mod.ts";
import { errorResponse } from "./openai_error.ts";
import { type Env, type GatewayOptions, GatewayService, MODELS } from "./service.ts";

/** OpenAI's API over all nodes. */
export interface Gateway {
  /** Answers a request below `/v1`. Never rejects: errors are responses in OpenAI's shape. */
  fetch(request: Request, source: Source): Promise<Response>;
  /** Ends what is under way with a typed error (503, or in the stream) and waits for it. */
  close(): Promise<void>;
}

/** Makes the gateway. Paths are whole (`/v1/chat/completions`), so it is mounted without a prefix being cut off. */
export function createGateway(options: GatewayOptions): Gateway {
  const service = new GatewayService(options);
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("requestId", newId());
    await next();
    c.res.headers.set("x-request-id", c.get("requestId"));
  });
  app.use(async (c, next) => {
    c.set("principal", await options.authenticator.authenticate(c.req.raw.headers, c.env.source));
    await next();
  });
  app.on("POST", ["/v1/chat/completions", "/v1/embeddings"], async (c, next) => {
    await next();
    const headers = options.limits?.headers(c.get("principal")) ?? {};
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.post("/v1/chat/completions", (c) => service.chatCompletions(c));
  app.post("/v1/embeddings", (c) => service.embeddings(c));
  app.get("/v1/models", (c) => service.models(c));
  app.get(`${MODELS}*`, (c) => service.model(c));
  app.all("/v1/chat/completions", methodNotAllowed("POST"));
  app.all("/v1/embeddings", methodNotAllowed("POST"));
  app.all("/v1/models", methodNotAllowed("GET"));
  app.all(`${MODELS}*`, methodNotAllowed("GET"));
  app.notFound((c) => errorResponse(unknownPath(c)));
  app.onError((cause, c) => service.fail(cause, c));
  return {
    fetch: async (request, source) => await app.fetch(request, { source }),
    close: () => service.close(),
  };
}

function methodNotAllowed(allowed: string): (c: Context<Env>) => Response {
  return ({ req }) => {
    const message = `${req.method} is not allowed for ${req.path}: use ${allowed}`;
    return errorResponse(new FreshetError("method_not_allowed", message), { allow: allowed });
  };
}

function unknownPath({ req }: Context<Env>): FreshetError {
  return new FreshetError("not_found", `There is no ${req.method} ${req.path}`);
}
