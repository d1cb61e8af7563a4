import { CONFIG_TABS, type ConfigPageData } from "../../../components/models/config/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import { FreshetError, type InstalledModels, withTag } from "../../../lib/shared/mod.ts";

/** What the page of a model's configuration is rendered from; where that cannot be read, it says why. */
export async function configData(state: State, query: URLSearchParams): Promise<ConfigPageData> {
  const { services: { models, clock }, principal } = state;
  const tab = CONFIG_TABS.find((one) => one === query.get("tab")) ?? "configuration";
  const data: ConfigPageData = {
    model: withTag(query.get("model") ?? ""),
    nodeId: query.get("node") ?? "",
    tab,
    draft: null,
    digests: null,
    nodes: [],
    problem: null,
    now: clock.now(),
  };
  try {
    const installed = await models.installed(principal);
    const at = { model: data.model, nodeId: data.nodeId || nodeOf(installed, data.model) };
    const [draft, digests] = await Promise.all([
      models.configs.draft(principal, at),
      models.digestsOf(principal, at),
    ]);
    return { ...data, ...at, draft, digests, nodes: nodesOf(installed) };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}

/** A node that has the model and lets it be managed. */
function nodeOf({ models }: InstalledModels, model: string): string {
  const holders = models.find(({ id }) => id === model)?.holders ?? [];
  const holder = holders.find(({ can, isOnline }) => can.includes("create") && isOnline);
  if (holder) return holder.nodeId;
  throw new FreshetError("not_found", `No node with Ollama has a model ${model} now`);
}

/** The nodes on which models can be made, with what they have. */
function nodesOf({ models }: InstalledModels): ConfigPageData["nodes"] {
  const nodes = new Map<string, ConfigPageData["nodes"][number]>();
  for (const { id, holders } of models) {
    for (const { nodeId, nodeName: name, can } of holders) {
      if (!can.includes("create")) continue;
      const node = nodes.get(nodeId) ?? { nodeId, name, models: [] };
      nodes.set(nodeId, node);
      node.models.push(id);
    }
  }
  return [...nodes.values()];
}
