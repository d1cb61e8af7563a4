import type { NetworkCounter } from "./system_host.ts";

/** Interfaces that only carry what others carry too, or never leave the machine. */
const INNER = /^(lo|veth|docker|br-|virbr|cni|flannel|dummy|ifb|sit|gre|ip6tnl|tunl|erspan|bonding_masters)/;

/** Reads Linux' `/proc/net/dev` (proc_net(5)): the first column is what came in, the ninth what went out. */
export function parseProcNetDev(text: string): NetworkCounter[] {
  return text.split("\n").flatMap((line) => {
    const [name = "", rest] = line.split(/:(.*)/s);
    if (rest === undefined || INNER.test(name.trim())) return [];
    const columns = rest.trim().split(/\s+/).map(Number);
    const [received, sent] = [columns[0], columns[8]];
    if (received === undefined || sent === undefined || Number.isNaN(received + sent)) return [];
    return { name: name.trim(), received, sent };
  });
}
