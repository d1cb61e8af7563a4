import type { BenchmarkTarget, ModelEntry, ModelMemory, ServerProcess } from "../../shared/mod.ts";
import { isLoopbackName, type Principal } from "../../access/mod.ts";
import type { Nodes } from "../../nodes/mod.ts";

/** A node that may answer for a model. */
export interface TargetNode {
  id: string;
  name: string;
  local: boolean;
}

/** What is asked about nodes and this machine. */
export interface TargetNodesOptions {
  nodes: Nodes;
  /** The processes of model servers on this machine; null where nobody can tell. */
  processes: (principal: Principal) => Promise<readonly ServerProcess[] | null>;
}

/** What is known of the nodes that models are measured on. */
export class TargetNodes {
  readonly #options: TargetNodesOptions;

  constructor(options: TargetNodesOptions) {
    this.#options = options;
  }

  /** The nodes to which calls may go now, and the models behind an alias; no nodes where nobody has the model. */
  async of(
    principal: Principal,
    target: BenchmarkTarget,
  ): Promise<{ nodes: TargetNode[]; models: string[] }> {
    const entry = await this.#entry(principal, target.model);
    const nodes = (entry?.nodes ?? []).filter(({ id }) =>
      target.nodeId === undefined || id === target.nodeId
    );
    return {
      nodes: nodes.map(({ id, name, local }) => ({ id, name, local })),
      models: entry?.aliasOf ?? [target.model],
    };
  }

  /** As at a call: what nobody is known to have, all nodes are asked for. */
  async #entry(principal: Principal, model: string): Promise<ModelEntry | undefined> {
    const { nodes } = this.#options;
    const known = (await nodes.models(principal)).models.find(({ id }) => id === model);
    if (known) return known;
    await nodes.catalog.refresh(principal);
    return (await nodes.models(principal)).models.find(({ id }) => id === model);
  }

  /** Whether a node has the models in memory, asked anew; null where it does not tell. */
  async isLoaded(principal: Principal, nodeId: string, models: readonly string[]): Promise<boolean | null> {
    const { catalog } = this.#options.nodes;
    await catalog.renew(principal, nodeId);
    const view = (await catalog.views(principal)).find(({ id }) => id === nodeId);
    const found = view?.models.filter(({ id }) => models.includes(id)) ?? [];
    return found.some(({ loaded }) => loaded) ||
      (found.find(({ loaded }) => loaded !== undefined)?.loaded ?? null);
  }

  /** What the models take in memory on each node that can tell, or whose processes can be seen. */
  async memory(
    principal: Principal,
    nodeIds: readonly string[],
    models: readonly string[],
  ): Promise<ModelMemory[]> {
    const { catalog } = this.#options.nodes;
    await Promise.all(nodeIds.map((id) => catalog.renew(principal, id)));
    const views = (await catalog.views(principal)).filter(({ id }) => nodeIds.includes(id));
    const told = views.flatMap(({ name, models: held }): ModelMemory[] => {
      const bytes = held.filter(({ id, memoryBytes }) => models.includes(id) && memoryBytes !== undefined);
      if (bytes.length === 0) return [];
      const vram = bytes.filter(({ vramBytes }) => vramBytes !== undefined);
      const sum = (values: (number | undefined)[]) =>
        values.reduce<number>((all, value) => all + (value ?? 0), 0);
      return [{
        nodeName: name,
        bytes: sum(bytes.map(({ memoryBytes }) => memoryBytes)),
        ...(vram.length > 0 ? { vramBytes: sum(vram.map(({ vramBytes }) => vramBytes)) } : {}),
        origin: "node",
      }];
    });
    const untold = views.filter(({ name, kind, baseUrl }) =>
      kind === "openai" && URL.canParse(baseUrl) && isLoopbackName(new URL(baseUrl).hostname) &&
      !told.some(({ nodeName }) => nodeName === name)
    );
    const [only] = untold;
    if (!only || untold.length > 1) return told;
    const seen = processMemory(only.name, await this.#options.processes(principal));
    return seen ? [...told, seen] : told;
  }
}

/**
 * What the processes of the one server (besides Ollama, which tells itself) on this machine take; null where there are several
 * kinds of them, so that nobody can say which one a node is.
 */
export function processMemory(
  nodeName: string,
  processes: readonly ServerProcess[] | null,
): ModelMemory | null {
  const others = (processes ?? []).filter(({ server }) => server !== "Ollama");
  const servers = new Set(others.map(({ server }) => server));
  const [server] = servers;
  if (server === undefined || servers.size > 1) return null;
  return { nodeName, server, origin: "process", bytes: others.reduce((sum, { memory }) => sum + memory, 0) };
}
