/** Where requests come from, and which proxies are believed on it. */
export { AT_MACHINE, type Connection, type Source, sourceOf } from "./source.ts";
export { TrustedProxies } from "./trusted_proxies.ts";
