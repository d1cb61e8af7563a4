/** What the server knows of a connection: the second argument of a `Deno.serve` handler. */
export type RequestInfo = Deno.ServeHandlerInfo;

/** Stands in where a handler is called without one, as tests do. */
export const LOCAL_INFO: RequestInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** The URL as the client asked for it; behind a trusted proxy that is what the proxy was asked for. */
export function requestUrl(req: Request, trustProxy: boolean): URL {
  const url = new URL(req.url);
  if (!trustProxy) return url;
  const protocol = firstValue(req, "x-forwarded-proto");
  if (protocol === "http" || protocol === "https") url.protocol = protocol;
  const host = firstValue(req, "x-forwarded-host");
  if (host !== undefined) {
    if (!host.includes(":")) url.port = "";
    url.host = host;
  }
  return url;
}

/** Each proxy appends: the first value is the client's side. */
function firstValue(req: Request, header: string): string | undefined {
  return req.headers.get(header)?.split(",")[0]?.trim() || undefined;
}
