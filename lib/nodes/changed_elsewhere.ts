import type { Principal } from "../access/mod.ts";
import type { Nodes } from "./nodes.ts";

/** Takes over what another process has changed of a profile's nodes and aliases: for the next call, and for those that wait. */
export async function nodesChangedElsewhere(nodes: Nodes, principal: Principal): Promise<void> {
  nodes.aliases.forget(principal.profileId);
  for (const nodeId of await nodes.registry.reread(principal.profileId)) {
    nodes.catalog.forget(principal, nodeId);
    nodes.monitor.reset(nodeId);
  }
  await nodes.dispatcher.scheduler.reload();
}
