import type { Payload } from "./request_writer.ts";
import { extractBody } from "./request_payload.ts";

/** What the arguments of `fetch` ask for. */
export interface FetchRequest {
  method: string;
  url: URL;
  headers: Headers;
  payload: Payload;
  redirect: RequestRedirect;
  signal: AbortSignal | undefined;
}

const NORMALIZED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The URL that a call of `fetch` is for. Throws a TypeError where it is none. */
export function urlOf(input: RequestInfo | URL): URL {
  return new URL(input instanceof Request ? input.url : input);
}

/**
 * Reads the arguments of `fetch` as its standard has it: `init` goes before a `Request`. The body of a `Request` is read to its
 * end first, for whether it is a stream that goes on for long does not show.
 */
export async function readFetchRequest(
  url: URL,
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<FetchRequest> {
  const base = input instanceof Request ? input : undefined;
  const method = normalizeMethod(init.method ?? base?.method ?? "GET");
  const headers = new Headers(init.headers ?? base?.headers);
  const signal = init.signal === undefined ? base?.signal : init.signal;
  signal?.throwIfAborted();
  const body = init.body ?? undefined;
  if ((body !== undefined || base?.body) && (method === "GET" || method === "HEAD")) {
    throw new TypeError(`Cannot send body: a ${method} request has none`);
  }
  const { payload, contentType } = body === undefined
    ? { payload: await payloadOf(base) }
    : await extractBody(body);
  if (contentType !== undefined && !headers.has("content-type")) headers.set("content-type", contentType);
  setDefaults(headers);
  const redirect = init.redirect ?? base?.redirect ?? "follow";
  return { method, url, headers, payload, redirect, signal: signal ?? undefined };
}

async function payloadOf(request: Request | undefined): Promise<Payload> {
  return request?.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
}

function normalizeMethod(method: string): string {
  const upper = method.toUpperCase();
  if (FORBIDDEN.has(upper)) throw new TypeError(`Cannot request: method ${upper} is forbidden`);
  return NORMALIZED.has(upper) ? upper : method;
}

function setDefaults(headers: Headers): void {
  if (!headers.has("accept")) headers.set("accept", "*/*");
  // A proxy that compresses holds tokens back until its block is full.
  if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
  if (!headers.has("user-agent")) headers.set("user-agent", navigator.userAgent);
}
