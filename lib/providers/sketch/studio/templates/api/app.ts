import { Hono } from "hono";
// #if cors
import { cors } from "hono/cors";
// #end
// #if both
import { serveStatic } from "hono/deno";
// #end
// #if logging
import { logger } from "hono/logger";
// #end
// #if auth
import { Accounts } from "./auth/accounts.ts";
import { requireUser } from "./auth/require_user.ts";
import { authRoutes } from "./auth/routes.ts";
// #end
import { answerError, answerNotFound } from "./errors.ts";
// #if openapi
import { openapiDocument } from "./openapi.ts";
// #end
// #if rateLimit
import { rateLimit } from "./rate_limit.ts";
// #end
// #each
import { widgetRoutes } from "./routes/widgets.ts";
import { createWidgets } from "./store/widgets.ts";
// #end

/** The whole API, with stores of its own, so that every test begins with empty ones. */
export function createApp(): Hono {
  const app = new Hono();
  app.onError(answerError);
  app.notFound(answerNotFound);
  // #if logging
  app.use(logger());
  // #end
  // #if cors
  app.use(cors());
  // #end
  // #if rateLimit
  app.use(rateLimit({ requests: 120, windowMs: 60_000 }));
  // #end

  app.get("/health", (c) => c.json({ status: "ok" }));
  // #if openapi
  app.get("/openapi.json", (c) => c.json(openapiDocument));
  // #end
  // #if auth

  const accounts = new Accounts();
  app.route("/auth", authRoutes(accounts));
  // #each
  app.use("/widgets/*", requireUser(accounts));
  // #end
  // #end

  // #each
  app.route("/widgets", widgetRoutes(createWidgets()));
  // #end
  // #if !both
  //:
  //: app.get("/", (c) => c.json({ name: "~title~", resources: [~paths~] }));
  // #end
  // #if both

  app.use("*", serveStatic({ root: "./public" }));
  // #end
  return app;
}
