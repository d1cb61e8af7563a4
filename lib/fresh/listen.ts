import type { ListenOptions } from "./app.ts";
import type { RequestInfo } from "./request_info.ts";

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/** Serves a handler on the port of the options, else on the first free one of 8000 to 8019. */
export function listen(
  handler: (req: Request, info?: RequestInfo) => Promise<Response>,
  options: ListenOptions,
): Deno.HttpServer {
  if (options.port !== undefined) return Deno.serve({ ...options }, handler);
  for (let port = FIRST_PORT; port < LAST_PORT; port++) {
    try {
      return Deno.serve({ ...options, port }, handler);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  return Deno.serve({ ...options, port: LAST_PORT }, handler);
}
