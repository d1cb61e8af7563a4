import type { Principal } from "../../access/mod.ts";
import type { Visitor } from "../../terminal/mod.ts";

/** Who asks for something of terminals, as a request shows it. */
export function visitorOf(
  { request, principal, from }: { request: Request; principal: Principal; from: string },
): Visitor {
  const agent = request.headers.get("user-agent");
  return { principal, from, host: new URL(request.url).hostname, ...(agent ? { agent } : {}) };
}
