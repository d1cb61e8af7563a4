/**
 * A deadline for connecting where `fetch` has none: it waits for a host that drops packets as long as the system does, minutes
 * that another node could have answered in. Proxies, certificates and HTTP/2 stay those of `fetch`.
 */
export { type ConnectDeadlineOptions, withConnectDeadline } from "./connect_deadline.ts";
export { proxyVariables } from "./proxies.ts";
export type { Connect } from "./connect_check.ts";
