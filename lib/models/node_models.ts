import { FreshetError, type ModelInfo } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";

type Catalog = Pick<Nodes, "catalog">;

/** Whether a model answers with nothing but vectors, which it is loaded by. */
export function isForEmbeddings(model: Pick<ModelInfo, "capabilities"> | undefined): boolean {
  return model?.capabilities.includes("embedding") === true && !model.capabilities.includes("chat");
}

/** What the nodes have, by their ids, as known now. */
export async function nodeModels(
  { catalog }: Catalog,
  principal: Principal,
): Promise<ReadonlyMap<string, readonly ModelInfo[]>> {
  return new Map((await catalog.views(principal)).map(({ id, models }) => [id, models]));
}

/** What a node has, asked anew. Throws `unreachable` where it does not answer: what it had is no answer. */
export async function renewedModels(
  nodes: Catalog,
  principal: Principal,
  nodeId: string,
): Promise<readonly ModelInfo[]> {
  await nodes.catalog.renew(principal, nodeId);
  const view = (await nodes.catalog.views(principal)).find(({ id }) => id === nodeId);
  if (view?.health.status === "offline") {
    throw new FreshetError("unreachable", `${view.name} does not list its models: ${view.health.reason}`);
  }
  return view?.models ?? [];
}
