import type { ErrorHandler } from "./answer_route.ts";
import type { Command } from "./commands.ts";
import { compile } from "./compile.ts";
import { type FreshConfig, normalizeBasePath, type ResolvedFreshConfig } from "./config.ts";
import type { AnyPageComponent } from "./define.ts";
import { dispatch } from "./dispatch.ts";
import { type MaybeLazyMiddleware, type Method, METHODS } from "./handlers.ts";
import { listen } from "./listen.ts";
import { basePathOf } from "./paths.ts";
import { LOCAL_INFO, type RequestInfo } from "./request_info.ts";
import type { LayoutConfig, MaybeLazyRoute, RouteConfig } from "./routes.ts";
import { setBuildId } from "./runtime/build_id.ts";
import { snapshotOf } from "./snapshot.ts";
import type { UpgradeOptions, WebSocketHandlers } from "./websocket.ts";

/** Options of `app.listen()`: those of `Deno.serve`. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>;

/**
 * An app: its routes, middlewares, layouts and error pages. Every method but `handler` and `listen` returns the app, and what is
 * added applies in order: a middleware does not reach the routes that were added before it.
 *
 * @example
 * ```ts
 * export const app = new App<State>()
 *   .use(staticFiles())
 *   .get("/api/time", (ctx) => ctx.json({ now: Date.now() }))
 *   .fsRoutes();
 * ```
 */
export class App<State = unknown> {
  /** What was asked of the app so far, in order. */
  readonly commands: Command<State>[] = [];
  /** The prefix of every path: empty, or such as `/docs`. */
  readonly basePath: string;
  readonly #config: FreshConfig;

  constructor(config: FreshConfig = {}) {
    this.#config = config;
    this.basePath = normalizeBasePath(config.basePath);
  }

  #push(command: Command<State>): this {
    this.commands.push(command);
    return this;
  }

  #handle(methods: readonly Method[], pattern: string, middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#push({ type: "handle", methods, pattern: pattern === "*" ? "/*" : pattern, middlewares });
  }

  /** Adds middlewares for every path, or for a path and those below it. */
  use(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(first: string | MaybeLazyMiddleware<State>, ...rest: MaybeLazyMiddleware<State>[]): this {
    return typeof first === "string"
      ? this.#push({ type: "use", segment: first, middlewares: rest })
      : this.#push({ type: "use", segment: "/", middlewares: [first, ...rest] });
  }

  /** Answers `GET`, and `HEAD` where nothing else does. */
  get(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  /** Answers `POST`. */
  post(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  /** Answers `PUT`. */
  put(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["PUT"], path, middlewares);
  }

  /** Answers `PATCH`. */
  patch(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["PATCH"], path, middlewares);
  }

  /** Answers `DELETE`. */
  delete(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["DELETE"], path, middlewares);
  }

  /** Answers `HEAD` otherwise than by the `GET` handler. */
  head(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(["HEAD"], path, middlewares);
  }

  /** Answers every method. `/v1/*` does not match `/v1`. */
  all(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this {
    return this.#handle(METHODS, path, middlewares);
  }

  /** Answers WebSocket upgrades. */
  ws(path: string, handlers: WebSocketHandlers, options?: UpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Adds a route as a file would: a handler, a component, or both; a function is called for it on the first request. */
  route(path: string, route: MaybeLazyRoute<State>, config?: RouteConfig): this {
    const pattern = config?.routeOverride ?? path;
    return this.#push({ type: "route", pattern, segment: path, route, ...(config ? { config } : {}) });
  }

  /** Wraps the pages at and below a path in a component, which renders `props.Component` inside of itself. */
  layout(path: string, component: AnyPageComponent<State>, config: LayoutConfig = {}): this {
    return this.#push({ type: "layout", segment: path, component, config });
  }

  /** Wraps every page: the place for `<html>`, `<head>` and `<body>`. */
  appWrapper(component: AnyPageComponent<State>): this {
    return this.#push({ type: "appWrapper", component });
  }

  /** Answers what is thrown at and below a path. The nearest to the route answers. */
  onError(path: string, handler: ErrorHandler<State>): this {
    return this.#push({ type: "onError", segment: path, handler });
  }

  /** Answers addresses that nothing else answers, and every thrown 404. */
  notFound(handler: ErrorHandler<State>): this {
    return this.#push({ type: "notFound", handler });
  }

  /** Adds the routes of the routes folder here, below a path where one is given. They come from the attached build. */
  fsRoutes(pattern = "*"): this {
    return this.#push({ type: "fsRoutes", base: basePathOf(pattern) });
  }

  /** Adds the routes, middlewares, layouts and error handlers of another app below a path. */
  mountApp(path: string, app: App<State>): this {
    return this.#push({ type: "mountApp", base: basePathOf(path), app });
  }

  /** The function that answers requests, as `Deno.serve` takes it. Later calls on the app do not change it. */
  handler(): (req: Request, info?: RequestInfo) => Promise<Response> {
    const snapshot = snapshotOf(this);
    if (snapshot) setBuildId(snapshot.buildId);
    const config: ResolvedFreshConfig = {
      root: snapshot?.root ?? Deno.cwd(),
      basePath: this.basePath,
      mode: this.#config.mode ?? snapshot?.mode ?? "production",
      trustProxy: this.#config.trustProxy ?? false,
    };
    const compiled = compile(this.commands, this.basePath, snapshot?.routes ?? null);
    return (req, info = LOCAL_INFO) => dispatch({ config, snapshot, compiled }, req, info);
  }

  /** Serves until the process ends; on the first free port of 8000 to 8019 unless one is given. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), options).finished;
  }
}
