/** What answers requests. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** For responses that no page policy was made for, such as error pages: they need no script at all. */
const STRICT_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The handler with the headers that every response has to carry. Around the whole app and not one of its middlewares, since
 * error pages are rendered after the middlewares were left.
 */
export function hardened(handler: Handler): Handler {
  return async (request, info) => {
    const response = await handler(request, info);
    const { headers } = response;
    if (!headers.has("content-security-policy")) headers.set("content-security-policy", STRICT_POLICY);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    return response;
  };
}
