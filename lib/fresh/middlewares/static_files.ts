import { type Context, internalsOf } from "../context.ts";
import type { MiddlewareFn } from "../handlers.ts";
import { collapseSlashes } from "../paths.ts";
import { ASSET_KEY } from "../runtime/build_id.ts";
import { HttpError } from "../runtime/http_error.ts";
import type { StaticFile } from "../snapshot.ts";

/**
 * Serves the files of the static folder and the bundles for the browser, as they were when the app was built. A file whose address
 * carries the key of this build may be cached for a year; any other must revalidate, by its ETag.
 */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async (ctx) => {
    const file = findFile(ctx);
    if (!file) return await ctx.next();
    if (ctx.req.method !== "GET" && ctx.req.method !== "HEAD") throw new HttpError(405);
    return await serve(ctx, file);
  };
}

function findFile<State>(ctx: Context<State>): StaticFile | undefined {
  const { snapshot } = internalsOf(ctx);
  const path = collapseSlashes(ctx.url.pathname);
  const { basePath } = ctx.config;
  if (!snapshot || !path.startsWith(`${basePath}/`)) return undefined;
  return snapshot.staticFiles.get(decodePath(path.slice(basePath.length)));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

async function serve<State>(ctx: Context<State>, file: StaticFile): Promise<Response> {
  const { snapshot } = internalsOf(ctx);
  const key = ctx.url.searchParams.get(ASSET_KEY);
  if (key !== null && key !== snapshot?.buildId) return currentAddress(ctx.url);
  const headers = cacheHeaders(file, key !== null || file.immutable, ctx.config.mode === "development");
  if (
    headers.has("etag") && matches(ctx.req.headers.get("if-none-match"), file.hash)
  ) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("content-type", file.contentType);
  if (ctx.req.method === "HEAD") {
    headers.set("content-length", String(file.size));
    return new Response(null, { headers });
  }
  const { body, size } = await file.open();
  headers.set("content-length", String(size));
  return new Response(body, { headers });
}

/** A page of an older build asked: what it gets now must not be cached as if it were of that build. */
function currentAddress(url: URL): Response {
  const current = new URL(url);
  current.searchParams.delete(ASSET_KEY);
  const location = collapseSlashes(current.pathname) + current.search;
  return new Response(null, { status: 307, headers: { location } });
}

/** While an app is developed its files change under it: their hashes of the start say nothing. */
function cacheHeaders(file: StaticFile, immutable: boolean, development: boolean): Headers {
  const headers = new Headers();
  if (development && !file.immutable) {
    headers.set("cache-control", "no-cache, no-store, max-age=0, must-revalidate");
    return headers;
  }
  headers.set("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
  headers.set("etag", `W/"${file.hash}"`);
  return headers;
}

function matches(ifNoneMatch: string | null, hash: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((tag) =>
    tag.trim() === "*" || tag.trim().replace(/^W\//, "") === `"${hash}"`
  );
}
