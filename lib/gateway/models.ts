import { FreshetError, type ModelEntry } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { ModelBody } from "./schemas/models.ts";

type Models = Pick<Nodes, "models" | "catalog">;

/** All models. The nodes are asked first where none is known, as right after the start. */
export async function listModels(nodes: Models, principal: Principal): Promise<ModelBody[]> {
  const { models } = await nodes.models(principal);
  if (models.length > 0) return models.map(toModelBody);
  await nodes.catalog.refresh(principal);
  return (await nodes.models(principal)).models.map(toModelBody);
}

/** One model. Throws `model_not_found` when no node has it, asked just now. */
export async function findModel(nodes: Models, principal: Principal, id: string): Promise<ModelBody> {
  const known = find((await nodes.models(principal)).models, id);
  if (known) return toModelBody(known);
  await nodes.catalog.refresh(principal);
  const found = find((await nodes.models(principal)).models, id);
  if (found) return toModelBody(found);
  throw new FreshetError("model_not_found", `No node has the model ${id}`, {
    hint: "See /v1/models for what there is",
    field: "model",
  });
}

function find(models: ModelEntry[], id: string): ModelEntry | undefined {
  return models.find((model) => model.id === id);
}

function toModelBody(model: ModelEntry): ModelBody {
  const { id, name, capabilities, contextLength, loaded, nodes } = model;
  return {
    id,
    object: "model",
    created: Math.floor((model.createdAt ?? 0) / 1000),
    owned_by: model.ownedBy ?? nodes[0]?.kind ?? "freshet",
    name,
    capabilities,
    ...(contextLength === undefined ? {} : { context_length: contextLength, contextLength }),
    ...(loaded === undefined ? {} : { loaded }),
    nodes,
  };
}
