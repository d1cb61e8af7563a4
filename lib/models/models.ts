import {
  FreshetError,
  type InstalledModels,
  type ModelDetails,
  type NodeView,
  type ProviderKind,
  withTag,
} from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { type Principal, requireScope } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { ModelManager } from "../providers/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import { Downloads } from "./downloads/downloads.ts";
import { installedModels, type NodeTold } from "./installed.ts";
import { isHere, machineMemory } from "./machine_memory.ts";
import { type Managed, managedNode } from "./managed_node.ts";
import { type CallRows, ModelUses } from "./model_use.ts";
import { type OnlineOptions, OnlineSearch } from "./online/online_search.ts";
import { ModelServers } from "./servers/model_servers.ts";

/** Loading a large model from a slow disk takes minutes. */
const LOAD_TIMEOUT_MS = 10 * 60_000;
const ASK_TIMEOUT_MS = 30_000;

/** What the models need. */
export interface ModelsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Pick<Feed, "publish">;
  nodes: Nodes;
  managers: ReadonlyMap<ProviderKind, ModelManager>;
  calls: CallRows;
  /** How models are searched for on the internet; it is off where absent. */
  online?: Omit<OnlineOptions, "clock">;
  /** Bytes of this machine's memory; asked of the host where absent. */
  memory?: () => number | null;
}

/** A model on one of the nodes. */
export interface ModelPlace {
  nodeId: string;
  model: string;
}

/** The models of the nodes: which there are, and what can be done with them. */
export class Models {
  readonly downloads: Downloads;
  readonly servers: ModelServers;
  readonly online: OnlineSearch;
  readonly #options: ModelsOptions;
  readonly #uses: ModelUses;
  readonly #closing = new AbortController();

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.#uses = new ModelUses(options.calls, options.clock);
    this.online = new OnlineSearch({ clock: options.clock, ...options.online });
    this.servers = new ModelServers({
      ...options,
      managed: (principal, nodeId) => this.#managed(principal, nodeId),
    });
    this.downloads = new Downloads({
      ...options,
      managed: (principal, nodeId) => this.#managed(principal, nodeId),
      onModel: (principal, nodeId) => options.nodes.catalog.renew(principal, nodeId),
    });
  }

  /** Goes on with downloads that the last process left. */
  async start(): Promise<void> {
    await this.downloads.start();
  }

  /** All models of all nodes, and the nodes to which models can be downloaded. */
  async installed(principal: Principal): Promise<InstalledModels> {
    const { nodes, memory = machineMemory } = this.#options;
    const [views, uses] = await Promise.all([nodes.catalog.views(principal), this.#uses.of(principal)]);
    const told = new Map(views.map((view) => [view.id, this.servers.told(principal, view)]));
    const toldOf = ({ id }: NodeView): NodeTold => told.get(id) ?? { can: [] };
    return {
      models: installedModels(views, uses, toldOf),
      targets: views.filter((view) => view.enabled && toldOf(view).can.includes("pull")).map((view) => ({
        nodeId: view.id,
        name: view.name,
        kind: view.kind,
        memoryBytes: isHere(view) ? memory() : null,
      })),
    };
  }

  /** What the server tells of a model. Throws `not_found`, `unsupported` and the errors of the server. */
  async details(principal: Principal, { nodeId, model }: ModelPlace): Promise<ModelDetails> {
    requireScope(principal, "admin");
    const { manager, endpoint } = await this.#managed(principal, nodeId);
    return { nodeId, model, ...await manager.show(endpoint, model, this.#within(ASK_TIMEOUT_MS)) };
  }

  /** Deletes a model from a node's disk. */
  async delete(principal: Principal, { nodeId, model }: ModelPlace): Promise<void> {
    await this.#change(
      principal,
      nodeId,
      ({ manager, endpoint }) => manager.delete(endpoint, model, this.#within(ASK_TIMEOUT_MS)),
    );
  }

  /** Gives a model a second name on its node; the layers are shared. Throws `conflict` where the name is taken. */
  async copy(principal: Principal, { nodeId, model }: ModelPlace, wanted: string): Promise<void> {
    const name = withTag(wanted);
    await this.#change(principal, nodeId, async ({ manager, endpoint }) => {
      const views = await this.#options.nodes.catalog.views(principal);
      const view = views.find(({ id }) => id === nodeId);
      if (view?.models.some(({ id }) => id === name)) {
        throw new FreshetError("conflict", `There is a model ${name} already`, { field: "name" });
      }
      await manager.copy(endpoint, model, name, this.#within(ASK_TIMEOUT_MS));
    });
  }

  /** Loads a model into memory. `keepAlive` is how long it stays: "5m", or -1 for as long as it may. */
  async load(
    principal: Principal,
    { nodeId, model }: ModelPlace,
    keepAlive?: string | number,
  ): Promise<void> {
    await this.#change(principal, nodeId, async ({ manager, endpoint }) => {
      const views = await this.#options.nodes.catalog.views(principal);
      const info = views.find(({ id }) => id === nodeId)?.models.find(({ id }) => id === model);
      const isForEmbeddings = info?.capabilities.includes("embedding") === true &&
        !info.capabilities.includes("chat");
      const options = { isForEmbeddings, ...(keepAlive === undefined ? {} : { keepAlive }) };
      await manager.load(endpoint, model, options, this.#within(LOAD_TIMEOUT_MS));
    });
  }

  /** Takes a model out of memory. */
  async unload(principal: Principal, { nodeId, model }: ModelPlace): Promise<void> {
    await this.#change(
      principal,
      nodeId,
      ({ manager, endpoint }) => manager.unload(endpoint, model, this.#within(ASK_TIMEOUT_MS)),
    );
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.servers.close();
    await this.downloads.close();
  }

  async #change(principal: Principal, nodeId: string, change: (at: Managed) => Promise<void>): Promise<void> {
    requireScope(principal, "admin");
    await change(await this.#managed(principal, nodeId));
    await this.servers.renew(principal, nodeId);
    await this.#options.nodes.catalog.renew(principal, nodeId);
  }

  #managed(principal: Principal, nodeId: string): Promise<Managed> {
    const { nodes, managers } = this.#options;
    return managedNode(nodes, managers, principal, nodeId);
  }

  #within(ms: number): AbortSignal {
    return AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ms)]);
  }
}
