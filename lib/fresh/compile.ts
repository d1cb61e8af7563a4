import { errorMiddleware, errorStatus, routeMiddleware } from "./answer_route.ts";
import { segmentChain } from "./chain.ts";
import type { Command } from "./commands.ts";
import type { AnyPageComponent } from "./define.ts";
import { fileRouteCommands } from "./file_routes/commands.ts";
import { type Method, METHODS, type MiddlewareFn, unwrapLazy } from "./handlers.ts";
import { joinPaths } from "./paths.ts";
import { Router } from "./router.ts";
import { Segment } from "./segments.ts";
import type { RouteFile } from "./snapshot.ts";

/** What answers a path: the middlewares before it, and itself. */
export interface Target<State> {
  before: MiddlewareFn<State>[];
  handlers: MiddlewareFn<State>[];
}

/** An app's commands turned into what answers requests. */
export interface Compiled<State> {
  router: Router<Target<State>>;
  root: Segment<State>;
  /** What runs for an address that nothing answers. */
  rootChain: MiddlewareFn<State>[];
  appWrapper: AnyPageComponent<State> | null;
  notFound: MiddlewareFn<State> | null;
}

/** Builds the router and the segments. `routeFiles` is null where no build is attached. */
export function compile<State>(
  commands: readonly Command<State>[],
  basePath: string,
  routeFiles: RouteFile[] | null,
): Compiled<State> {
  const compiler = new Compiler<State>(routeFiles);
  compiler.run(commands, basePath, "");
  const { router, root, appWrapper, notFound } = compiler;
  return { router, root, rootChain: segmentChain(root), appWrapper, notFound };
}

class Compiler<State> {
  readonly router: Router<Target<State>> = new Router();
  readonly root: Segment<State> = new Segment();
  appWrapper: AnyPageComponent<State> | null = null;
  notFound: MiddlewareFn<State> | null = null;

  constructor(readonly routeFiles: RouteFile[] | null) {}

  /** Runs commands below a base of URL patterns and one of segments; they differ by the app's base path. */
  run(commands: readonly Command<State>[], base: string, segmentBase: string): void {
    for (const command of commands) this.#apply(command, base, segmentBase);
  }

  #apply(command: Command<State>, base: string, segmentBase: string): void {
    const segmentAt = (path: string) => this.root.at(joinPaths(segmentBase, path));
    switch (command.type) {
      case "use":
        segmentAt(command.segment).middlewares.push(...command.middlewares.map(unwrapLazy));
        break;
      case "handle": {
        const handlers = command.middlewares.map(unwrapLazy);
        this.#add(command.methods, joinPaths(base, command.pattern), segmentAt(command.pattern), handlers);
        break;
      }
      case "route": {
        const handlers = [routeMiddleware(command.route, command.config)];
        this.#add(METHODS, joinPaths(base, command.pattern), segmentAt(command.segment), handlers);
        break;
      }
      case "layout": {
        const { component, config } = command;
        segmentAt(command.segment).layout = { component, config };
        break;
      }
      case "onError":
        segmentAt(command.segment).onError = errorMiddleware(command.handler, errorStatus);
        break;
      case "appWrapper":
        this.appWrapper = command.component;
        break;
      case "notFound":
        // A page without a handler keeps status 200, as upstream's does: error pages belong to `onError`.
        this.notFound = errorMiddleware(command.handler, () => 200);
        break;
      case "fsRoutes":
        this.#addFileRoutes(command.base, base, segmentBase);
        break;
      case "mountApp":
        this.#mount(command, base, segmentBase);
        break;
    }
  }

  #add(
    methods: readonly Method[],
    pattern: string,
    segment: Segment<State>,
    handlers: MiddlewareFn<State>[],
  ): void {
    this.router.add(methods, pattern, { before: segmentChain(segment), handlers });
  }

  #addFileRoutes(mount: string, base: string, segmentBase: string): void {
    if (!this.routeFiles) {
      throw new Error("Cannot add file routes: no build is attached to the app, as the Builder does it");
    }
    this.run(fileRouteCommands<State>(this.routeFiles), base + mount, segmentBase + mount);
  }

  /** The wrapper and the 404 page belong to the outer app. */
  #mount(command: Command<State> & { type: "mountApp" }, base: string, segmentBase: string): void {
    const { app, base: mount } = command;
    const inner = app.commands.filter(({ type }) => type !== "appWrapper" && type !== "notFound");
    this.run(inner, base + mount + app.basePath, segmentBase + mount + app.basePath);
  }
}
