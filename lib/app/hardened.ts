/** What answers requests. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Everything that a page loads comes from this server. Islands set sizes and positions by style attributes. */
const pagePolicy = (nonce: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
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

/**
 * The handler with the headers that every response has to carry. Around the whole app and not one of its middlewares, since
 * error pages are rendered after the middlewares were left. A page's nonce is taken from the policy that Fresh made: Fresh's
 * own would upgrade requests to HTTPS, which breaks plain HTTP in a local network. A response's own policy stays.
 */
export function hardened(handler: Handler): Handler {
  return async (request, info) => {
    const response = await handler(request, info);
    const { headers } = response;
    const policy = headers.get("content-security-policy");
    const nonce = policy?.match(/'nonce-([^']+)'/)?.[1];
    if (nonce !== undefined) headers.set("content-security-policy", pagePolicy(nonce));
    else if (!policy || policy.includes("upgrade-insecure-requests")) {
      headers.set("content-security-policy", STRICT_POLICY);
    }
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    return response;
  };
}
