import { FreshetError, type ModelInfo } from "../../shared/mod.ts";
import type { Managed } from "../managed_node.ts";
import type { BaseCopies } from "./base_copy.ts";

/** A node that is to have a model. */
export interface Target extends Managed {
  models: readonly ModelInfo[];
}

/** What targets are found by. */
export interface TargetsOptions {
  bases: BaseCopies;
  managed(nodeId: string): Promise<Managed>;
  models(): Promise<ReadonlyMap<string, readonly ModelInfo[]>>;
}

/** The nodes that are to have the model, each with the base or what is kept of it. Throws `invalid_request`. */
export async function findTargets(
  options: TargetsOptions,
  nodeIds: readonly string[],
  { name, base }: { name: string; base: string },
): Promise<Target[]> {
  if (nodeIds.length === 0) throw new FreshetError("invalid_request", "Choose a node", { field: "nodeIds" });
  const known = await options.models();
  return await Promise.all([...new Set(nodeIds)].map(async (nodeId) => {
    const managed = await options.managed(nodeId);
    const models = known.get(nodeId) ?? [];
    const kept = base === name && await options.bases.of(nodeId, base);
    if (!kept && !models.some(({ id }) => id === base)) {
      throw new FreshetError("invalid_request", `${managed.node.name} has no model ${base}`, {
        field: "base",
        hint: "Download it there, or choose other nodes",
      });
    }
    return { ...managed, models };
  }));
}
