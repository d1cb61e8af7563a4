import type { NetworkCounter } from "./system_host.ts";

/** The arguments of macOS' netstat: all interfaces with their bytes, numbers in place of names. */
export const NETSTAT_ARGS = ["-ibn"];

/** Interfaces that only carry what others carry too, or never leave the machine. */
const INNER = /^(lo|gif|stf|utun|awdl|llw|bridge|ap|anpi|vmenet|ipsec|pktap)\d/;

/**
 * Reads what macOS' `netstat -ibn` writes. Each interface has a line of its own (`<Link#4>`) and one for each of its addresses,
 * with the same counters; the columns are counted from the end, as not every interface has an address.
 */
export function parseNetstat(text: string): NetworkCounter[] {
  return text.split("\n").flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const name = (columns[0] ?? "").replace(/\*$/, "");
    if (!columns[2]?.startsWith("<Link#") || INNER.test(name)) return [];
    const [received, sent] = [Number(columns.at(-5)), Number(columns.at(-2))];
    return Number.isNaN(received + sent) ? [] : { name, received, sent };
  });
}
