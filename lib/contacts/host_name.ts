import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { ContactFeature, ContactPlace } from "../shared/mod.ts";

const HOST_MAX_CHARS = 260;
const LOCAL_NAMES = /(^|\.)(localhost)$/;
/** Names that no public server has: those of home networks, and such without a dot. */
const NETWORK_NAMES = /\.(local|lan|internal|home|home\.arpa|localdomain)$|^[^.:]+$/;

const machine = new BlockList();
machine.addSubnet("127.0.0.0", 8, "ipv4");
machine.addAddress("0.0.0.0", "ipv4");
machine.addAddress("::1", "ipv6");
machine.addAddress("::", "ipv6");

const network = new BlockList();
for (
  const [address, bits] of [["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["169.254.0.0", 16], [
    "100.64.0.0",
    10,
  ]] as const
) network.addSubnet(address, bits, "ipv4");
network.addSubnet("fc00::", 7, "ipv6");
network.addSubnet("fe80::", 10, "ipv6");

/**
 * The host of an origin with its port. Sandboxes get a port or a machine of their own each time, which tell nothing: those of
 * this machine go without the port, and those elsewhere are named by what is common to them.
 */
export function contactHost(origin: string, feature: ContactFeature): string {
  const url = URL.parse(origin);
  if (!url) return origin.slice(0, HOST_MAX_CHARS);
  const { hostname, protocol } = url;
  const port = url.port || (/^(https|wss):$/.test(protocol) ? "443" : "80");
  if (feature === "sandbox") {
    if (placeOf(hostname) === "machine") return hostname;
    const shared = hostname.replace(/^\d+-[a-z0-9-]+\./, "*.");
    return `${shared}:${port}`.slice(0, HOST_MAX_CHARS);
  }
  return `${hostname}:${port}`.slice(0, HOST_MAX_CHARS);
}

/** Where a host is, by its address or its name; a name that is not known to be of a private network counts as the internet. */
export function placeOf(host: string): ContactPlace {
  const name = host.toLowerCase().replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([^:]+):\d+$/, "$1");
  if (LOCAL_NAMES.test(name)) return "machine";
  const family = isIPv4(name) ? "ipv4" : isIPv6(name) ? "ipv6" : undefined;
  if (family === undefined) return NETWORK_NAMES.test(name) ? "network" : "internet";
  if (machine.check(name, family)) return "machine";
  return network.check(name, family) ? "network" : "internet";
}
