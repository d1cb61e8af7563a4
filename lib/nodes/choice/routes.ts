import { FreshetError, type NodeView } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Aliases } from "../aliases.ts";
import type { ModelCatalog } from "../catalog.ts";
import type { NodeMonitor } from "../health/monitor.ts";
import type { Option } from "./option.ts";

/** A model with the nodes that may be asked for it. */
export interface Route {
  model: string;
  options: readonly Option[];
}

/** What routes are made of. */
export interface RoutesOptions {
  aliases: Aliases;
  catalog: ModelCatalog;
  monitor: NodeMonitor;
}

/** What narrows the nodes of a call. */
export interface RouteLimits {
  /** Only this node. */
  nodeId?: string | undefined;
  /** Only nodes of this machine and its network. */
  localOnly?: boolean | undefined;
}

/** Where a call can go. */
export class Routes {
  readonly #aliases: Aliases;
  readonly #catalog: ModelCatalog;
  readonly #monitor: NodeMonitor;

  constructor({ aliases, catalog, monitor }: RoutesOptions) {
    this.#aliases = aliases;
    this.#catalog = catalog;
    this.#monitor = monitor;
  }

  /** The models to ask in their order: the one that was named, or those of the alias that was. Throws `model_not_found`. */
  async of(principal: Principal, model: string, limits: RouteLimits): Promise<Route[]> {
    const models = await this.#aliases.modelsOf(principal, model);
    let steps = await this.#holders(principal, models);
    if (steps.length < models.length) {
      // A chain may name what is not there for good: all nodes are asked again only where nothing of it is known.
      await (steps.length === 0 ? this.#catalog.refresh(principal) : this.#catalog.meet(principal));
      steps = await this.#holders(principal, models);
    }
    const found = steps.flatMap(({ step, holders }) => {
      const allowed = holders.filter((node) => isAllowed(node, limits));
      return allowed.length > 0 ? [{ model: step, options: this.#options(allowed) }] : [];
    });
    if (found.length > 0) return found;
    const isWithheld = limits.localOnly === true &&
      steps.some(({ holders }) => holders.some(({ local }) => !local));
    throw isWithheld ? withheld(model) : unknownModel(model);
  }

  /** The nodes of one model, as they are now. */
  async options(principal: Principal, model: string, limits: RouteLimits): Promise<Option[]> {
    const holders = await this.#catalog.holders(principal, model);
    return this.#options(holders.filter((node) => isAllowed(node, limits)));
  }

  /** The models that some node has, with these nodes. */
  async #holders(
    principal: Principal,
    models: readonly string[],
  ): Promise<{ step: string; holders: NodeView[] }[]> {
    const steps = await Promise.all(models.map(async (step) => ({
      step,
      holders: await this.#catalog.holders(principal, step),
    })));
    return steps.filter(({ holders }) => holders.length > 0);
  }

  #options(nodes: readonly NodeView[]): Option[] {
    return nodes.map((node) => ({ node, state: this.#monitor.of(node.id) }));
  }
}

function isAllowed({ id, local, draining }: NodeView, { nodeId, localOnly }: RouteLimits): boolean {
  if (draining || (localOnly && !local)) return false;
  return nodeId === undefined || id === nodeId;
}

function unknownModel(model: string): FreshetError {
  return new FreshetError("model_not_found", `No node has the model ${model}`, {
    hint: "See /v1/models for what there is, or add a node in Settings",
  });
}

function withheld(model: string): FreshetError {
  return new FreshetError("forbidden", `Only hosted nodes have the model ${model}, and this is private`, {
    hint: "Choose a model of your own, or allow hosted nodes",
  });
}
