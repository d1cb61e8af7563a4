import type {
  InstalledModel,
  ModelAbility,
  ModelHolder,
  ModelInfo,
  ModelUse,
  NodeView,
} from "../shared/mod.ts";
import { isKeptCopy } from "../shared/model_configs/mod.ts";
import type { MarksOf } from "./holder_marks.ts";

/** What is known of a node beyond its list of models. */
export interface NodeTold {
  can: ModelAbility[];
  /** The models in memory; absent where the server was not asked or does not tell. */
  loaded?: ReadonlySet<string>;
}

/** What is said of the models beyond what their servers tell. */
export interface InstalledOptions {
  told: (node: NodeView) => NodeTold;
  marksOf: MarksOf;
  /** The ids of configurations by the names of what they make. */
  configs: ReadonlyMap<string, string>;
}

/** The models of all nodes, each once, with the nodes that have it; by name. Copies that Freshet keeps are left out. */
export function installedModels(
  views: readonly NodeView[],
  uses: ReadonlyMap<string, ModelUse>,
  { told, marksOf, configs }: InstalledOptions,
): InstalledModel[] {
  const models = new Map<string, InstalledModel>();
  for (const view of views) {
    for (const info of view.models) {
      if (isKeptCopy(info)) continue;
      const holder = { ...holderOf(view, info, told(view)), ...marksOf(view.id, info) };
      const known = models.get(info.id);
      const configId = configs.get(info.id);
      if (known) known.holders.push(holder);
      else {
        models.set(info.id, {
          ...factsOf(info),
          ...(configId === undefined ? {} : { configId }),
          holders: [holder],
          use: uses.get(info.id) ?? null,
        });
      }
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
    can,
    loaded: info.loaded ?? loaded?.has(info.id) ?? null,
    ...(info.memoryBytes === undefined ? {} : { memoryBytes: info.memoryBytes }),
    ...(info.vramBytes === undefined ? {} : { vramBytes: info.vramBytes }),
    ...(info.expiresAt === undefined ? {} : { expiresAt: info.expiresAt }),
    ...(info.digest === undefined ? {} : { digest: info.digest }),
  };
}

function factsOf(info: ModelInfo): Omit<InstalledModel, "holders" | "use" | "configId"> {
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
