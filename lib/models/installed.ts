import type {
  InstalledModel,
  ModelAbility,
  ModelHolder,
  ModelInfo,
  ModelUse,
  NodeView,
} from "../shared/mod.ts";

/** What is known of a node beyond its list of models. */
export interface NodeTold {
  can: ModelAbility[];
  /** The models in memory; absent where the server was not asked or does not tell. */
  loaded?: ReadonlySet<string>;
}

/** The models of all nodes, each once, with the nodes that have it; by name. */
export function installedModels(
  views: readonly NodeView[],
  uses: ReadonlyMap<string, ModelUse>,
  told: (node: NodeView) => NodeTold,
): InstalledModel[] {
  const models = new Map<string, InstalledModel>();
  for (const view of views) {
    for (const info of view.models) {
      const holder = holderOf(view, info, told(view));
      const known = models.get(info.id);
      if (known) known.holders.push(holder);
      else models.set(info.id, { ...factsOf(info), holders: [holder], use: uses.get(info.id) ?? null });
    }
  }
  return [...models.values()].sort((a, b) => a.id < b.id ? -1 : 1);
}

function holderOf(view: NodeView, info: ModelInfo, { can, loaded }: NodeTold): ModelHolder {
  return {
    nodeId: view.id,
    nodeName: view.name,
    kind: view.kind,
    isOnline: view.enabled && view.health.status !== "offline",
    isManaged: can.length > 0,
    can,
    loaded: info.loaded ?? loaded?.has(info.id) ?? null,
    ...(info.memoryBytes === undefined ? {} : { memoryBytes: info.memoryBytes }),
    ...(info.vramBytes === undefined ? {} : { vramBytes: info.vramBytes }),
  };
}

function factsOf(info: ModelInfo): Omit<InstalledModel, "holders" | "use"> {
  const { id, capabilities, contextLength, sizeBytes, parameters, quantization, family } = info;
  return {
    id,
    capabilities,
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(quantization === undefined ? {} : { quantization }),
    ...(family === undefined ? {} : { family }),
  };
}
