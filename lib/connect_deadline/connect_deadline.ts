import { type Clock, systemClock } from "../host/mod.ts";
import { ConnectionError, type Fetch } from "../http1/mod.ts";
import { type Connect, ConnectCheck } from "./connect_check.ts";
import { readProxies } from "./proxies.ts";

/** How connections are checked. */
export interface ConnectDeadlineOptions {
  /** ms that connecting may take; 10,000 unless given. */
  timeoutMs?: number;
  clock?: Clock;
  connect?: Connect;
  /** Variables of the environment; those of the process unless given. */
  env?: (name: string) => string | undefined;
}

/**
 * `fetch` that rejects with a `ConnectionError` where the host takes no connection in time. While a request to a host that was
 * not reached in the last 30 s has no response, one connection is opened beside it, for all such requests, and closed again; where
 * a proxy of the environment takes the request, nothing is checked. Only the connection has a deadline: what comes after it, a
 * TLS handshake as well, may take its time.
 */
export function withConnectDeadline(send: Fetch, options: ConnectDeadlineOptions = {}): Fetch {
  const { timeoutMs = 10_000, clock = systemClock, connect = Deno.connect, env } = options;
  const proxies = readProxies(env);
  const checks = new Map<string, ConnectCheck>();
  const checkOf = (url: URL, address: string): ConnectCheck => {
    const known = checks.get(address);
    if (known) return known;
    for (const [other, { isOver }] of checks) if (isOver) checks.delete(other);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const check = new ConnectCheck({ hostname, port: portOf(url), timeoutMs, clock, connect });
    checks.set(address, check);
    return check;
  };

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!/^https?:$/.test(url.protocol) || proxies.take(url)) return await send(input, init);
    const address = `${url.hostname}:${portOf(url)}`;
    const check = checkOf(url, address);
    if (check.isTrusted) {
      const response = await send(input, init);
      check.reached();
      return response;
    }
    const late = new AbortController();
    const end = check.wait(() => {
      late.abort(new ConnectionError(`Cannot connect to ${address}: timed out after ${timeoutMs} ms`));
    });
    try {
      const response = await send(input, { ...init, signal: either(signalOf(input, init), late.signal) });
      check.reached();
      return response;
    } finally {
      end();
    }
  };
}

function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/** As `fetch` has it: `init` goes before a `Request`, and null is none. */
function signalOf(input: RequestInfo | URL, init: RequestInit | undefined): AbortSignal | null {
  if (init?.signal !== undefined) return init.signal;
  return input instanceof Request ? input.signal : null;
}

function either(caller: AbortSignal | null, late: AbortSignal): AbortSignal {
  return caller ? AbortSignal.any([caller, late]) : late;
}
