import { FreshetError } from "../shared/mod.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The names under which this Freshet may be addressed. */
export interface GuardOptions {
  /** Host names beside the loopback ones, in lower case and without a port. */
  allowedHosts: readonly string[];
}

/**
 * Refuses what a foreign web page could make a browser send: a `Host` that is not ours (DNS rebinding) and, for methods that
 * change something, an `Origin` or `Sec-Fetch-Site` of another site (CSRF). Throws `forbidden`.
 */
export function guardRequest(request: Request, options: GuardOptions): void {
  const url = new URL(request.url);
  guardHostname(url.hostname, options);
  if (SAFE_METHODS.has(request.method) && request.headers.get("upgrade") === null) return;
  if (!isSameOrigin(request, url)) {
    throw new FreshetError("forbidden", "Requests from other sites are not answered here");
  }
}

/** Refuses only a `Host` that is not ours: for what needs no check of the origin, as its address is secret. Throws `forbidden`. */
export function guardHost(request: Request, options: GuardOptions): void {
  guardHostname(new URL(request.url).hostname, options);
}

function guardHostname(hostname: string, options: GuardOptions): void {
  if (isAllowedHost(hostname, options)) return;
  throw new FreshetError("forbidden", `Requests for the host ${hostname} are not answered here`, {
    hint: "Add it to FRESHET_ALLOWED_HOSTS if it is yours",
  });
}

function isAllowedHost(hostname: string, { allowedHosts }: GuardOptions): boolean {
  return isLoopbackName(hostname) || allowedHosts.includes(hostname.toLowerCase());
}

/** True for the names and addresses of this machine itself. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || name === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(name);
}

function isSameOrigin(request: Request, url: URL): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === url.host;
}
