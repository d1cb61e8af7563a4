import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { type Context, internalsOf } from "../context.ts";
import type { AnyPageComponent } from "../define.ts";
import type { LayoutConfig } from "../routes.ts";
import { setBuildId } from "../runtime/build_id.ts";
import { bootScript, partialScript } from "./boot_script.ts";
import { composeDocument } from "./document.ts";
import { composeLayers, wrappersOf } from "./layers.ts";
import { RenderState } from "./render_state.ts";
import { visit } from "./visit.ts";
import { onPrecompiledAttribute, withVNodeHook } from "./vnode.ts";

// Precompiled markup is text before the renderer sees it, so its `f-client-nav={false}` is kept here.
onPrecompiledAttribute((name, value) =>
  name === "f-client-nav" && typeof value === "boolean" ? `${name}="${value}"` : undefined
);

/** An element on which client navigation is turned on. Values are in double quotes, and may have angle brackets in them. */
const CLIENT_NAVIGATION = /<[a-z](?:[^<>"]|"[^"]*")*\sf-client-nav(?!="false")/i;

/** Renders a route's component with the data of its handler, inside the layouts and the app wrapper. */
export async function renderComponent<State>(
  ctx: Context<State>,
  component: AnyPageComponent<State>,
  init: ResponseInit,
): Promise<Response> {
  const content = await composeLayers(ctx, null, [component, ...wrappersOf(ctx, {})]);
  return content instanceof Response ? content : htmlResponse(ctx, content, init);
}

/** Renders markup inside the layouts and the app wrapper that apply. */
export async function renderPage<State>(
  ctx: Context<State>,
  vnode: VNode | null,
  init: ResponseInit,
  options: LayoutConfig,
): Promise<Response> {
  const content = await composeLayers(ctx, vnode, wrappersOf(ctx, options));
  return content instanceof Response ? content : htmlResponse(ctx, content, init);
}

function htmlResponse<State>(ctx: Context<State>, content: ComponentChildren, init: ResponseInit): Response {
  const internals = internalsOf(ctx);
  internals.nonce ??= crypto.randomUUID().replaceAll("-", "");
  const state = new RenderState(internals.snapshot, internals.nonce, ctx.isPartial);
  setBuildId(internals.snapshot?.buildId ?? "");
  const html = withVNodeHook(
    (vnode) => visit(vnode, state),
    () => renderToString(h(Fragment, null, content)),
  );
  const { end, preload } = pageEnd(ctx, html, state);
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", "text/html; charset=utf-8");
  for (const address of preload) {
    headers.append("link", `<${encodeURI(address)}>; rel="modulepreload"; as="script"`);
  }
  return new Response(composeDocument(html, state, end), { ...init, headers });
}

/** What a page ends with to be brought to life. */
function pageEnd<State>(
  ctx: Context<State>,
  html: string,
  state: RenderState,
): { end: string; preload: string[] } {
  const { basePath } = ctx.config;
  if (ctx.isPartial) return { end: partialScript(state, basePath), preload: [] };
  const hasNavigation = state.partials.size > 0 || CLIENT_NAVIGATION.test(html);
  const script = bootScript(state, basePath, hasNavigation);
  const development = state.snapshot?.developmentScript ?? "";
  return {
    end: (script?.html ?? "") +
      (development && `<script type="module" src="${basePath}${development}"></script>`),
    preload: script?.preload ?? [],
  };
}
