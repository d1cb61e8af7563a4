import { isIPv6 } from "../addresses.ts";
import { expandIPv6 } from "hono/utils/ipaddr";

/** Who is one in the count of failures: an IPv4 address, or the network of 64 bits that a household has of IPv6. */
export function networkOf(address: string): string {
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return plain;
  return `${expandIPv6(plain).split(":").slice(0, 4).join(":")}::/64`;
}
