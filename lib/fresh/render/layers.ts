import { type ComponentChildren, type FunctionComponent, h, type VNode } from "preact";
import { type Context, internalsOf } from "../context.ts";
import type { AnyPageComponent, PageProps } from "../define.ts";
import type { LayoutConfig } from "../routes.ts";
import type { Layout } from "../segments.ts";

/** What wraps a page, from the inside out: layouts, then the app wrapper. */
export function wrappersOf<State>(ctx: Context<State>, options: LayoutConfig): AnyPageComponent<State>[] {
  const { segment, layoutConfig, appWrapper } = internalsOf(ctx);
  const configs = [layoutConfig, options];
  const layouts: Layout<State>[] = [];
  for (const { layout } of segment.lineage().reverse()) {
    if (!layout || configs.some((config) => config.skipInheritedLayouts)) continue;
    layouts.push(layout);
    configs.push(layout.config);
  }
  const isWrapped = !configs.some((config) => config.skipAppWrapper);
  return [...layouts.map(({ component }) => component), ...(appWrapper && isWrapped ? [appWrapper] : [])];
}

/**
 * Puts components around content, from the inside out; each finds what it wraps in `props.Component`. Async ones are awaited
 * here, and may answer with a response instead.
 */
export async function composeLayers<State>(
  ctx: Context<State>,
  innermost: ComponentChildren,
  layers: AnyPageComponent<State>[],
): Promise<ComponentChildren | Response> {
  let content = innermost;
  for (const component of layers) {
    const props = pageProps(ctx, content);
    if (isAsync(component)) {
      const result = await component(props);
      if (result instanceof Response) return result;
      content = result;
    } else {
      content = h(component as FunctionComponent<PageProps<never, State>>, props);
    }
  }
  return content;
}

function pageProps<State>(ctx: Context<State>, content: ComponentChildren): PageProps<never, State> {
  ctx.Component = () => content as VNode;
  const { config, url, req, params, info, state, isPartial, Component, error, route } = ctx;
  const data = ctx.data as never;
  return { config, url, req, params, info, state, isPartial, Component, error, route, data };
}

function isAsync(component: unknown): boolean {
  return Object.prototype.toString.call(component) === "[object AsyncFunction]";
}
