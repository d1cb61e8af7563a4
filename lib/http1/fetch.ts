import { bodyStream } from "./body_stream.ts";
import type { Client } from "./client.ts";
import { decodeContent } from "./content_coding.ts";
import { ConnectionError } from "./errors.ts";
import type { Incoming } from "./exchange.ts";
import { type FetchRequest, readFetchRequest, urlOf } from "./fetch_request.ts";
import { MAX_REDIRECTS } from "./limits.ts";
import { followingRequest, isRedirect } from "./redirects.ts";

/** The part of `fetch` that client libraries use. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** Statuses that a `Response` has no body for. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** `fetch` over the client for http: URLs; others go to `fallback` as they are. */
export function createFetch(client: Client, fallback: Fetch): Fetch {
  return async (input, init) => {
    const asked = urlOf(input);
    if (asked.protocol !== "http:") return await fallback(input, init);
    let request = await readFetchRequest(asked, input, init);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      // The scheme and port of another origin may be reached in other ways.
      if (request.url.protocol !== "http:") return await fallback(request.url, initOf(request));
      const { method, url, headers, payload, signal, redirect } = request;
      const incoming = await client.request({ method, url, fields: [...headers], payload }, signal);
      const location = locationOf(incoming);
      if (location === undefined || redirect === "manual") {
        return responseOf(incoming, request, redirects > 0);
      }
      drop(incoming);
      if (redirect === "error") {
        throw new TypeError(`Cannot request: the server redirects with status ${incoming.status}`);
      }
      request = followingRequest(request, incoming.status, location);
    }
    throw new TypeError(`Cannot follow redirect: there were ${MAX_REDIRECTS} before it`);
  };
}

function locationOf({ status, fields }: Incoming): string | undefined {
  if (!isRedirect(status)) return undefined;
  return fields.find(([name]) => name.toLowerCase() === "location")?.[1];
}

/** The response to a request as `fetch` would give it. */
export function responseOf(
  incoming: Incoming,
  { url, method }: Pick<FetchRequest, "url" | "method">,
  redirected: boolean,
): Response {
  const { status, statusText, fields, body } = incoming;
  const headers = new Headers(fields);
  let content: ReadableStream<Uint8Array<ArrayBuffer>> | null = null;
  try {
    if (method === "HEAD" || WITHOUT_BODY.has(status)) drop(incoming);
    else content = body.isEnded ? bodyStream(body) : decodeContent(bodyStream(body), headers);
  } catch (error) {
    drop(incoming);
    throw error;
  }
  const response = new Response(content, { status, statusText, headers });
  // A constructed response has no address, which the client libraries show in their errors.
  return Object.defineProperties(response, {
    url: { value: url.href.slice(0, url.href.length - url.hash.length) },
    redirected: { value: redirected },
  });
}

/** Closes the connection, if the body is not over already: reading it may take for ever. */
function drop({ body }: Incoming): void {
  body.close(new ConnectionError("Connection closed: the response was not read"));
}

function initOf({ method, headers, payload, redirect, signal }: FetchRequest): RequestInit {
  const body = payload instanceof Uint8Array ? new Uint8Array(payload) : payload;
  return { method, headers, body: body ?? null, redirect, signal: signal ?? null };
}
