import { getMimeType } from "hono/utils/mime";
import { FreshetError, type ProjectKind, projectPath } from "../../shared/mod.ts";
import { javaScriptOf } from "./javascript.ts";
import { missingPage, previewPage } from "./page.ts";
import { previewPolicy } from "./policy.ts";

/** Where the addresses of previews begin. */
const PREFIX = "/preview/";
const HTML = "text/html; charset=utf-8";
const JAVASCRIPT = "text/javascript; charset=utf-8";

/** What a preview is served from. */
export interface PreviewRequest {
  /** The content of a file of the version; null where it has none of that path. */
  read(path: string): Promise<string | null>;
  /** What follows the token in the address, as it stands there (percent-encoded) and without the query. */
  path: string;
  /** The token of the address, verified. */
  token: string;
  kinds: readonly ProjectKind[];
  /** The origin at which previews are served, such as `http://localhost:13000`. */
  origin: string;
  /** The origins of the pages that may show it in a frame. */
  embedders: readonly string[];
  /** The path of the bundled bridge (`lib/client/studio/preview/bridge/`) on this server. */
  bridge: string;
  /** The header of that name, by which our own page for a missing one is written. */
  acceptLanguage?: string | null;
  /** `GET` where absent. Any other is for the version's API only, but for the `OPTIONS` that browsers ask first. */
  method?: string;
  /** Hands the request to the version's API, which knows it by `/` and `path`; null where the API does not run. */
  ask?: () => Promise<Response | null>;
}

/** The token and the path of an address below `/preview/`; null for any other. `path` is "" where nothing follows. */
export function splitPreviewPath(pathname: string): { token: string; path: string } | null {
  if (!pathname.startsWith(PREFIX)) return null;
  const rest = pathname.slice(PREFIX.length);
  const end = rest.indexOf("/");
  // Without the slash behind the token, relative addresses of the page would lead elsewhere.
  return end > 0 ? { token: rest.slice(0, end), path: rest.slice(end + 1) } : null;
}

/** The address of a version's preview, to which the paths of its files are appended. */
export function previewAddress(origin: string, token: string): string {
  return `${origin}${PREFIX}${token}/`;
}

/**
 * Answers with a file of a version as a browser runs it: TypeScript without its types, pages with the bridge, everything under
 * the policy of `previewPolicy`. A folder is its `index.html`; of an API with a page, `public/` is the root. What is no file is
 * for `ask`; 404 for what the version does not have and for paths that `projectPath` refuses.
 */
export async function servePreview(request: PreviewRequest): Promise<Response> {
  const base = previewAddress(request.origin, request.token);
  const bridge = request.origin + request.bridge;
  const headers = previewHeaders(previewPolicy({ base, bridge, embedders: request.embedders }));
  const framed = (html: string) => previewPage(html, { base, bridge, nonce: request.token });
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
  const path = decoded(request.path);
  const file = path === null ? null : fileOf(path);
  const found = file === null || !isRead(request) ? null : await find(request, file);
  if (!found) {
    const answer = await request.ask?.();
    if (answer) return relayed(answer, headers);
    headers.set("content-type", HTML);
    return new Response(framed(missingPage(file ?? path ?? request.path, request.acceptLanguage ?? null)), {
      status: 404,
      headers,
    });
  }
  const type = contentTypeOf(found.path);
  headers.set("content-type", type);
  if (type === HTML) return new Response(framed(found.content), { headers });
  const isTypeScript = /\.[mc]?tsx?$/i.test(found.path);
  return new Response(isTypeScript ? javaScriptOf(found.path, found.content) : found.content, { headers });
}

function isRead({ method = "GET" }: PreviewRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** An answer of the version's API: of its headers only what describes the body, so that it cannot loosen ours. */
function relayed({ body, status, headers: given }: Response, headers: Headers): Response {
  headers.set("content-type", given.get("content-type") ?? "text/plain; charset=utf-8");
  return new Response(body, { status, headers });
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** The file that a path names; null for what cannot be a file of a project. */
function fileOf(path: string): string | null {
  try {
    return projectPath(path === "" || path.endsWith("/") ? `${path}index.html` : path);
  } catch (error) {
    if (error instanceof FreshetError) return null;
    throw error;
  }
}

async function find(
  { read, kinds }: PreviewRequest,
  path: string,
): Promise<{ path: string; content: string } | null> {
  const paths = [path, `public/${path}`];
  if (kinds.includes("api")) paths.reverse();
  for (const path of paths) {
    const content = await read(path);
    if (content !== null) return { path, content };
  }
  return null;
}

function contentTypeOf(path: string): string {
  if (/\.[mc]?tsx?$|\.[cm]?jsx?$/i.test(path)) return JAVASCRIPT;
  if (/\.html?$/i.test(path)) return HTML;
  return getMimeType(path) ?? "text/plain; charset=utf-8";
}

/**
 * The headers of every answer. The page's origin equals no other, so that its module scripts, fonts and requests are all
 * cross-origin: they need CORS, which opens nothing, since it is the token that lets one read. A cross-origin opener policy
 * would keep a sandboxed page from being opened in a tab at all.
 */
function previewHeaders(policy: string): Headers {
  return new Headers({
    "content-security-policy": policy,
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*, authorization",
    "access-control-allow-methods": "*",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "unsafe-none",
    "cross-origin-resource-policy": "cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
}
