import type { Clock, Log } from "../../host/mod.ts";
import type { SandboxLimits } from "../limits.ts";
import type { Fetch } from "../toolchain.ts";

/** How an `E2bSandbox` is set up. */
export interface E2bSandboxOptions {
  /** Of https://e2b.dev/dashboard?tab=keys. Sent to E2B's API only and never logged. */
  apiKey: string;
  /** Where E2B runs; `e2b.app` unless given. */
  domain?: string;
  /** The API's URL where it does not follow from the domain: a cluster of one's own, or a test. */
  apiUrl?: string;
  /** One URL for all that runs in sandboxes, where it does not follow from the domain; what is meant is told by headers then. */
  sandboxUrl?: string;
  /** Name or id of the template; `base` unless given. One that has Freshet's version of deno starts seconds earlier. */
  template?: string;
  /** So long may a request to E2B take, in ms; 30 s unless given. What runs has the times of `limits`. */
  requestMs?: number;
  limits?: Partial<SandboxLimits>;
  clock?: Clock;
  log?: Log;
  /** How running projects are asked; the global `fetch` unless given. */
  fetch?: Fetch;
  /** Told the origin of each request that the official client makes. */
  onContact?: (origin: string) => void;
}

/** What the official client takes with every call. Everything is said, so that the host's environment can change less. */
export interface E2bConnection {
  apiKey: string;
  domain?: string;
  apiUrl?: string;
  sandboxUrl?: string;
  debug: false;
  retries: number;
  requestTimeoutMs: number;
}

const REQUEST_MS = 30_000;

/** The part of the options that the official client takes. */
export function connectionOf(options: E2bSandboxOptions): E2bConnection {
  const { apiKey, domain, apiUrl, sandboxUrl, requestMs = REQUEST_MS } = options;
  return {
    apiKey,
    ...(domain ? { domain } : {}),
    ...(apiUrl ? { apiUrl } : {}),
    ...(sandboxUrl ? { sandboxUrl } : {}),
    debug: false,
    retries: 1,
    requestTimeoutMs: requestMs,
  };
}

/** Where E2B's own API is asked. */
export function apiOriginOf({ apiUrl, domain = "e2b.app" }: E2bSandboxOptions): string {
  return apiUrl ?? `https://api.${domain}`;
}
