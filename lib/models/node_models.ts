import type { ModelInfo } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";

type Catalog = Pick<Nodes, "catalog">;

/** What the nodes have, by their ids, as known now. */
export async function nodeModels(
  { catalog }: Catalog,
  principal: Principal,
): Promise<ReadonlyMap<string, readonly ModelInfo[]>> {
  return new Map((await catalog.views(principal)).map(({ id, models }) => [id, models]));
}

/** What a node has, asked anew. */
export async function renewedModels(
  nodes: Catalog,
  principal: Principal,
  nodeId: string,
): Promise<readonly ModelInfo[]> {
  await nodes.catalog.renew(principal, nodeId);
  return (await nodeModels(nodes, principal)).get(nodeId) ?? [];
}
