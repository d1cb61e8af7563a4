import type { FunctionComponent, VNode } from "preact";
import type { ResolvedFreshConfig } from "./config.ts";
import type { AnyPageComponent } from "./define.ts";
import { renderPage } from "./render/page.ts";
import { iterableStream, type StreamSource } from "./stream.ts";
import type { RequestInfo } from "./request_info.ts";
import type { LayoutConfig } from "./routes.ts";
import type { Segment } from "./segments.ts";
import type { Snapshot } from "./snapshot.ts";
import { type UpgradeOptions, upgradeWebSocket, type WebSocketHandlers } from "./websocket.ts";

/** What a context carries for the framework itself. */
export interface ContextInternals<State> {
  snapshot: Snapshot | null;
  appWrapper: AnyPageComponent<State> | null;
  /** Whether the app answers 404s by a handler of its own. */
  hasNotFound: boolean;
  /** Whose layouts apply to what is rendered now. */
  segment: Segment<State>;
  /** The config of the route that answers. */
  layoutConfig: LayoutConfig;
  /** Given to inline scripts and styles; null until something is rendered. */
  nonce: string | null;
}

/** What a context is made of. */
export interface ContextInit<State> {
  config: ResolvedFreshConfig;
  req: Request;
  url: URL;
  info: RequestInfo;
  route: string | null;
  params: Record<string, string>;
  internals: ContextInternals<State>;
}

/** Options of `ctx.render()`. */
export type RenderOptions = LayoutConfig;

/** The internals of a context, for the framework's own modules. */
export let internalsOf: <State>(ctx: Context<State>) => ContextInternals<State>;

/** One request on its way through middlewares and a handler: what was asked, and ways to answer. */
export class Context<State> {
  /** The configuration the app runs with. */
  readonly config: ResolvedFreshConfig;
  /** The URL as the client asked for it. */
  readonly url: URL;
  /** The request. */
  readonly req: Request;
  /** What the server knows of the connection. */
  readonly info: RequestInfo;
  /** The pattern that matched, such as `/chats/:id`; null where none did. */
  readonly route: string | null;
  /** What the pattern captured, decoded; an encoded slash stays `%2F`. */
  readonly params: Record<string, string>;
  /** Filled by middlewares for those that follow, and for pages. An object of its own for each request. */
  readonly state: State = {} as State;
  /** What the handler gave to its page. */
  data: unknown = undefined;
  /** What was thrown, on an error page; else null. */
  error: unknown = null;
  /** Whether client navigation asks for partials. */
  readonly isPartial: boolean;
  /** In a layout or app wrapper: what it wraps. */
  Component: FunctionComponent = () => null;
  /** Runs what follows and gives its response. */
  next: () => Promise<Response> = () => Promise.reject(new Error("Cannot call next: no request is running"));

  /** Of no type here, so that a context of a richer state may stand for one of a poorer: middlewares rely on it. */
  readonly #internals: unknown;

  static {
    internalsOf = <State>(ctx: Context<State>) => ctx.#internals as ContextInternals<State>;
  }

  constructor(init: ContextInit<State>) {
    this.config = init.config;
    this.url = init.url;
    this.req = init.req;
    this.info = init.info;
    this.route = init.route;
    this.params = init.params;
    this.isPartial = init.url.searchParams.has("fresh-partial");
    this.#internals = init.internals;
  }

  /** Redirects, with 302 unless a status is given. A path never becomes another host: `//host` turns into `/host`. */
  redirect(to: string, status = 302): Response {
    const location = /^[/\\]/.test(to) ? to.replace(/^[/\\]+/, "/") : to;
    const headers = { location: location.replace(/[^\x21-\x7e]/gu, encodeURIComponent) };
    return new Response(null, { status, headers });
  }

  /** Renders markup inside the layouts and the app wrapper that apply here. */
  render(vnode: VNode | null, init: ResponseInit = {}, options: RenderOptions = {}): Promise<Response> {
    return renderPage(this, vnode, init, options);
  }

  /** Answers with plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answers with HTML that is complete as it is: nothing is rendered, wrapped or escaped. */
  html(content: string, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Answers with JSON. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Answers with the chunks of an iterable, text as UTF-8, as they come. There is no content type unless `init` has one.
   * When the client leaves, a generator's `finally` runs.
   */
  stream(source: StreamSource, init?: ResponseInit): Response {
    return new Response(iterableStream(source), init);
  }

  /**
   * Turns the request into a WebSocket: either gives the socket and the response to return, or binds handlers to the
   * socket and gives the response. Throws an `HttpError` with status 400 where the request asks for no WebSocket.
   */
  upgrade(options?: UpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: UpgradeOptions): Response;
  upgrade(
    first?: UpgradeOptions | WebSocketHandlers,
    second?: UpgradeOptions,
  ): Response | { socket: WebSocket; response: Response } {
    return upgradeWebSocket(this.req, first, second);
  }
}
