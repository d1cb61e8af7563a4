import type { MiddlewareFn } from "../handlers.ts";

/** Redirects so that paths always, or never, end with a slash. The root and paths that name a file stay. */
export function trailingSlashes<State>(mode: "always" | "never"): MiddlewareFn<State> {
  return (ctx) => {
    const { pathname, search } = ctx.url;
    if (pathname === "/") return ctx.next();
    const hasSlash = pathname.endsWith("/");
    if (mode === "never" && hasSlash) return ctx.redirect(pathname.replace(/\/+$/, "") + search);
    const isFile = /\.[^/]*$/.test(pathname);
    if (mode === "always" && !hasSlash && !isFile) return ctx.redirect(`${pathname}/${search}`);
    return ctx.next();
  };
}
