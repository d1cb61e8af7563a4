import { previewOrigin } from "../studio/mod.ts";

/** What answers requests. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Everything that a page loads comes from this server. Islands set sizes and positions by style attributes. */
const pagePolicy = (nonce: string, previews: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    `frame-src ${previews}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** For what is no page of ours, and for error pages: no script at all. */
const STRICT_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What a response may say otherwise: a preview has stricter ones. */
const DEFAULTS = { "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin" };

/**
 * The handler with the headers that every response has to carry. Around the whole app and not one of its middlewares, since
 * error pages are rendered after the middlewares were left. A page's nonce is taken from the policy that Fresh made: Fresh's
 * own would upgrade requests to HTTPS, which breaks plain HTTP in a local network. A response's own policy stays.
 */
export function hardened(handler: Handler): Handler {
  return async (request, info) => {
    const response = URL.canParse(request.url) ? await handler(request, info) : withoutAddress();
    const { headers } = response;
    const policy = headers.get("content-security-policy");
    const nonce = policy?.match(/'nonce-([^']+)'/)?.[1];
    if (nonce !== undefined) {
      headers.set("content-security-policy", pagePolicy(nonce, previewOrigin(request.url)));
    } else if (!policy || policy.includes("upgrade-insecure-requests")) {
      headers.set("content-security-policy", STRICT_POLICY);
    }
    headers.set("x-content-type-options", "nosniff");
    for (const [name, value] of Object.entries(DEFAULTS)) {
      if (!headers.has(name)) headers.set(name, value);
    }
    return response;
  };
}

/** A `Host` that is no host makes no address. Whoever sends it gets no line of the log. */
function withoutAddress(): Response {
  return new Response("The Host of this request makes no address\n", { status: 400 });
}
