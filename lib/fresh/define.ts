import type { ComponentChildren } from "preact";
import type { Context } from "./context.ts";
import type { Middleware, PageResponse, RouteHandler } from "./handlers.ts";

/** The props of page, layout, error and app wrapper components. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<Context<State>, "config" | "url" | "req" | "params" | "info" | "state" | "isPartial">
  & Pick<Context<State>, "Component" | "error" | "route">
  & { data: Data };

/** What a page or layout returns: markup, or instead a response; async ones are awaited before the page is rendered. */
export type ComponentResult = ComponentChildren | Response | Promise<ComponentChildren | Response>;

/** A component that is rendered with {@linkcode PageProps}. */
export type PageComponent<Data, State> = (props: PageProps<Data, State>) => ComponentResult;

/** A page component of whatever data: `never` may stand for any. */
export type AnyPageComponent<State> = PageComponent<never, State>;

/** The data in one of the results that a handler may have: `never` for a response. */
type DataIn<Result> = Result extends PageResponse<infer Data> ? Data : never;

type DataOf<Fn> = Fn extends (ctx: never) => infer Result ? DataIn<Awaited<Result>> : never;

/** The data that a handler (or any of a handler object's methods) gives to its page; without a handler there is none. */
export type HandlerData<Handler> = [Handler] extends [never] ? undefined
  : Handler extends (ctx: never) => unknown ? DataOf<Handler>
  : { [M in keyof Handler]: DataOf<Handler[M]> }[keyof Handler];

/** The functions of {@linkcode createDefine}: each returns its argument, and lends it the app's types. */
export interface Define<State> {
  /** Types a route's `handler` export. */
  handlers<Handlers extends RouteHandler<unknown, State>>(handlers: Handlers): Handlers;
  /** Types a page component; `define.page<typeof handler>` gives it the data of its handler. */
  page<Handler extends RouteHandler<unknown, State> = never, Data = HandlerData<Handler>>(
    component: PageComponent<Data, State>,
  ): PageComponent<Data, State>;
  /** Types a layout or app wrapper, which renders `props.Component` inside of itself. */
  layout(component: PageComponent<unknown, State>): PageComponent<unknown, State>;
  /** Types a middleware, or an array of them. */
  middleware<M extends Middleware<State>>(middleware: M): M;
}

/**
 * Functions that give handlers, pages, layouts and middlewares the types of an app's state.
 *
 * @example
 * ```ts
 * export const define = createDefine<State>();
 * export const handler = define.handlers({ GET: () => page({ answer: 42 }) });
 * export default define.page<typeof handler>(({ data }) => <p>{data.answer}</p>);
 * ```
 */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}
