import { isLoopbackName } from "../guard.ts";
import { forwardedAddresses } from "./forwarded_addresses.ts";
import type { TrustedProxies } from "./trusted_proxies.ts";

/** Where a request comes from. */
export interface Source {
  /** The address of who sent it: "127.0.0.1". What a proxy that is trusted has forwarded has its sender's. */
  readonly address: string;
  /** Whether it was sent on this machine to one of the machine's own names, and by no proxy for somebody else. */
  readonly isAtMachine: boolean;
  /** Whether it came by https, to this process or to a proxy that is trusted. */
  readonly isSecure: boolean;
}

/** The part of a connection that says where it comes from. */
export type Connection = Pick<Deno.ServeHandlerInfo, "remoteAddr">;

/** What programs and the person at the machine itself send. */
export const AT_MACHINE: Source = { address: "127.0.0.1", isAtMachine: true, isSecure: false };

/**
 * What proxies, tunnels and content networks add to what they forward. A program on this machine has no reason to send any; who
 * adds one by himself only loses what the machine's own person may.
 */
const ADDED_BY_PROXIES = new Set([
  "forwarded",
  "forwarded-for",
  "via",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-original-forwarded-for",
  "x-original-host",
  "x-envoy-external-address",
  "true-client-ip",
  "fastly-client-ip",
  "fly-client-ip",
]);
const PREFIXES_OF_PROXIES = ["x-forwarded", "cf-", "cdn-", "tailscale-", "ngrok-"];

/**
 * Says where a request comes from. Headers are believed where the connection comes from a proxy that is trusted, and never
 * otherwise; but whoever adds them, a request that has such headers was not sent at this machine.
 */
export function sourceOf(
  { url, headers }: Pick<Request, "url" | "headers">,
  connection: Connection,
  trusted: TrustedProxies,
): Source {
  const { hostname, protocol } = new URL(url);
  const peer = peerOf(connection);
  const isBelieved = trusted.has(peer);
  return {
    address: isBelieved ? senderOf(headers, peer, trusted) : peer,
    // Where there are proxies, one of them may add nothing to what it forwards.
    isAtMachine: trusted.isEmpty && isLoopbackName(peer) && isLoopbackName(hostname) && !isForwarded(headers),
    isSecure: protocol === "https:" ||
      (isBelieved && headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim() === "https"),
  };
}

/** Nobody on the network can be reached by a socket of the file system. */
function peerOf({ remoteAddr }: Connection): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname.replace(/^::ffff:(?=\d+\.)/i, "") : "localhost";
}

function isForwarded(headers: Headers): boolean {
  for (const name of headers.keys()) {
    if (ADDED_BY_PROXIES.has(name) || PREFIXES_OF_PROXIES.some((prefix) => name.startsWith(prefix))) {
      return true;
    }
  }
  return false;
}

/** Each proxy adds at the end whom it got the request from, so what is left of the first stranger may be made up by that one. */
function senderOf(headers: Headers, peer: string, trusted: TrustedProxies): string {
  let sender = peer;
  for (const address of forwardedAddresses(headers).reverse()) {
    if (address === undefined) break;
    sender = address;
    if (!trusted.has(address)) break;
  }
  return sender;
}
