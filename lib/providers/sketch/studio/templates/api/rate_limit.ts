import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "./errors.ts";

/** How much a client may ask for. */
export interface RateLimit {
  requests: number;
  windowMs: number;
}

/** Above this many clients, those whose window is over are forgotten. */
const CLIENTS_MAX = 10_000;

/** Answers 429 to a client that asks more often than allowed within a window of time. */
export function rateLimit(
  { requests, windowMs }: RateLimit,
  now: () => number = Date.now,
): MiddlewareHandler {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return async (c, next) => {
    const client = clientOf(c);
    const time = now();
    if (windows.size > CLIENTS_MAX) {
      for (const [key, { endsAt }] of windows) if (endsAt <= time) windows.delete(key);
    }
    let window = windows.get(client);
    if (!window || window.endsAt <= time) {
      window = { count: 0, endsAt: time + windowMs };
      windows.set(client, window);
    }
    window.count++;
    c.header("ratelimit-limit", String(requests));
    c.header("ratelimit-remaining", String(Math.max(0, requests - window.count)));
    if (window.count > requests) {
      c.header("retry-after", String(Math.ceil((window.endsAt - time) / 1_000)));
      throw new ApiError(429, "rate_limited", "Too many requests: try again later");
    }
    await next();
  };
}

/** The client's address. Headers such as X-Forwarded-For are not used, since a client can make them up. */
function clientOf(c: Context): string {
  const connection: { remoteAddr?: { hostname?: string } } | undefined = c.env;
  return connection?.remoteAddr?.hostname ?? "local";
}
