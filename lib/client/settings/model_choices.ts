import type { ModelEntry } from "../../shared/mod.ts";
import { groupModels } from "../model_catalogue.ts";

/** Models that can be chosen, under the name of what holds them. */
export interface ModelChoices {
  name: string;
  models: { id: string; name: string }[];
}

/** The models that answer chats, each once: those that several nodes hold under `anyNode`, the others under their node. */
export function modelChoices(entries: readonly ModelEntry[], anyNode: string): ModelChoices[] {
  return groupModels(entries, "", anyNode).flatMap(({ nodeId, name, models }) => {
    const own = nodeId === null ? models : models.filter((model) => model.nodes.length === 1);
    return own.length === 0
      ? []
      : [{ name, models: own.map((model) => ({ id: model.id, name: model.name })) }];
  });
}
