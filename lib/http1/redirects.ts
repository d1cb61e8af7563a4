import type { FetchRequest } from "./fetch_request.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What describes a body that is sent no more. */
const BODY_HEADERS = "content-encoding content-language content-length content-location content-type".split(
  " ",
);
/** The standard names the first; model servers take their keys in others, and no other origin is to learn them. */
const CREDENTIAL_HEADERS =
  "authorization cookie proxy-authorization x-api-key api-key x-goog-api-key x-auth-token".split(" ");

/** True for a status that leads elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * The request that follows a redirect (fetch standard, "HTTP-redirect fetch"): a 303, and a 301 or 302 of a POST, turn into a GET
 * without a body, and another origin gets no credentials. Throws a TypeError for a target that is not to be followed.
 */
export function followingRequest(request: FetchRequest, status: number, location: string): FetchRequest {
  const url = URL.parse(location, request.url);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new TypeError(`Cannot follow redirect: ${JSON.stringify(location)} is no HTTP address`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("Cannot follow redirect: its address has a user name or password in it");
  }
  if (url.hash === "") url.hash = request.url.hash;
  const headers = new Headers(request.headers);
  if (url.origin !== request.url.origin) { for (const name of CREDENTIAL_HEADERS) headers.delete(name); }
  if (turnsIntoGet(status, request.method)) {
    for (const name of BODY_HEADERS) headers.delete(name);
    return { ...request, url, headers, method: "GET", payload: undefined };
  }
  if (request.payload instanceof ReadableStream) {
    throw new TypeError("Cannot follow redirect: a stream cannot be sent a second time");
  }
  return { ...request, url, headers };
}

function turnsIntoGet(status: number, method: string): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST";
}
