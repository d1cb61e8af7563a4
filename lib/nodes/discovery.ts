import { FreshetError, type NodeInfo, type ProviderKind } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Provider } from "../providers/mod.ts";
import { providerOf } from "./catalog.ts";
import type { NodeRegistry } from "./registry.ts";

/** A server worth looking for. */
export interface LocalServer {
  name: string;
  kind: ProviderKind;
  baseUrl: string;
}

const PROBE_TIMEOUT_MS = 1_500;

/** What discovery needs. */
export interface DiscoveryOptions {
  registry: NodeRegistry;
  providers: ReadonlyMap<ProviderKind, Provider>;
  servers: readonly LocalServer[];
  clock: Clock;
  log: Log;
}

/** Finds model servers on their default ports of this machine, all at once, and makes nodes of new ones. */
export async function discover(principal: Principal, options: DiscoveryOptions): Promise<NodeInfo[]> {
  const known = new Set((await options.registry.list(principal)).map(({ baseUrl }) => portOf(baseUrl)));
  const missing = options.servers.filter(({ baseUrl }) => !known.has(portOf(baseUrl)));
  const answers = await Promise.all(
    missing.map(async (server) => await isThere(server, options) ? server : null),
  );
  const found: NodeInfo[] = [];
  for (const server of answers) {
    if (!server || found.some(({ baseUrl }) => portOf(baseUrl) === portOf(server.baseUrl))) continue;
    found.push(await options.registry.create(principal, server, "discovered"));
    options.log.of("nodes").info("Found a model server", { name: server.name, address: server.baseUrl });
  }
  return found;
}

async function isThere(server: LocalServer, { providers, clock }: DiscoveryOptions): Promise<boolean> {
  const controller = new AbortController();
  const cancel = clock.after(
    PROBE_TIMEOUT_MS,
    () => controller.abort(new FreshetError("stalled", "No answer in time")),
  );
  try {
    const provider = providerOf(providers, server.kind);
    const endpoint = { nodeId: "", baseUrl: server.baseUrl };
    await provider.probe(endpoint, controller.signal);
    return await provider.recognises?.(endpoint, controller.signal) ?? true;
  } catch (error) {
    // A server that asks for a key is there all the same.
    return error instanceof FreshetError && error.code === "auth";
  } finally {
    cancel();
  }
}

/** One server a port, whatever the loopback's name and the path. */
function portOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl;
  const { hostname, port, protocol } = new URL(baseUrl);
  const host = ["127.0.0.1", "[::1]"].includes(hostname) ? "localhost" : hostname;
  return `${host}:${port || (protocol === "https:" ? 443 : 80)}`;
}
