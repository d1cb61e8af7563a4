import { FreshetError, type ModelAbility, type NodeInfo, type ProviderKind } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { Endpoint, ModelManager } from "../providers/mod.ts";

/** A node with what manages its models. */
export interface Managed {
  node: NodeInfo;
  endpoint: Endpoint;
  manager: ModelManager;
}

/** The same for what makes models of other ones and copies them. Throws `unsupported` where that is not possible. */
export async function makingNode(...args: Parameters<typeof managedNode>): Promise<Managed> {
  const managed = await managedNode(...args);
  if (managed.manager.can.has("create")) return managed;
  throw new FreshetError("unsupported", `${managed.node.name} does not make models of other ones`, {
    hint: "That works with Ollama; other servers have ways of their own",
  });
}

/** Finds a node and what manages its models. Throws `not_found`, and `unsupported` where nothing does. */
export async function managedNode(
  nodes: Pick<Nodes, "registry">,
  managers: ReadonlyMap<ProviderKind, ModelManager>,
  principal: Principal,
  nodeId: string,
): Promise<Managed> {
  const node = await nodes.registry.get(principal, nodeId);
  const manager = managers.get(node.kind);
  if (!manager) {
    throw new FreshetError("unsupported", `Freshet cannot manage the models of ${node.name}`, {
      hint:
        "That works with Ollama, LM Studio, LocalAI and Text Generation WebUI, chosen as the node's kind in Settings",
    });
  }
  return { node, manager, endpoint: await nodes.registry.endpoint(principal, nodeId) };
}

/** Throws `unsupported` where no server of the node's kind can do this. */
export function requireAbility(
  { node, manager }: Pick<Managed, "node" | "manager">,
  ability: ModelAbility,
): void {
  if (manager.can.has(ability)) return;
  throw new FreshetError("unsupported", `${node.name} has no call for that`, {
    hint: "It is done in that server itself",
  });
}
