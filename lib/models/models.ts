import {
  type DigestOrigin,
  FreshetError,
  type GpuState,
  type InstalledModels,
  type ModelChange,
  type ModelDetails,
  type ModelDigests,
  type ModelInfo,
  type NodeInfo,
  type NodeView,
  type ProviderKind,
  withTag,
} from "../shared/mod.ts";
import { isKeptCopy } from "../shared/model_configs/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { localPrincipal, type Principal, requireScope } from "../access/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { ModelManager } from "../providers/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import { Configs } from "./configs/configs.ts";
import { creationView } from "./configs/records.ts";
import { Digests } from "./digests/digests.ts";
import { Downloads } from "./downloads/downloads.ts";
import { readMarks } from "./holder_marks.ts";
import { HOUSE } from "./house.ts";
import { installedModels, type NodeTold } from "./installed.ts";
import { MachineGraphics } from "./machine_graphics.ts";
import { isHere, machineMemory } from "./machine_memory.ts";
import { makingNode, type Managed, managedNode } from "./managed_node.ts";
import { type CallRows, ModelUses } from "./model_use.ts";
import { type OnlineOptions, OnlineSearch } from "./online/online_search.ts";
import { ModelServers } from "./servers/model_servers.ts";
import { isForEmbeddings, nodeModels, renewedModels } from "./node_models.ts";
import { Pins } from "./pins/pins.ts";
import { reload } from "./reload.ts";

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
  /** Told of a model that is another one now: what was measured of it holds no more, whoever did. */
  onChanged?(model: string): Promise<void>;
  /** Bytes of this machine's memory; asked of the host where absent. */
  memory?: () => number | null;
  /** This machine's graphics cards; rejects where none can be asked. None is known where absent. */
  gpu?: () => Promise<GpuState[]>;
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
  readonly configs: Configs;
  readonly pins: Pins;
  readonly digests: Digests;
  readonly #options: ModelsOptions;
  readonly #uses: ModelUses;
  readonly #graphics: MachineGraphics;
  readonly #log: Log;
  readonly #reloads = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.#log = options.log.of("models");
    this.#uses = new ModelUses(options.calls, options.clock);
    this.#graphics = new MachineGraphics(options.gpu, options.clock);
    this.online = new OnlineSearch({ clock: options.clock, ...options.online });
    this.servers = new ModelServers({
      ...options,
      managed: (principal, nodeId) => this.#managed(principal, nodeId),
    });
    this.downloads = new Downloads({
      ...options,
      managed: (principal, nodeId) => this.#managed(principal, nodeId),
      during: (at, work) => this.digests.during(at, work),
      onModel: (principal, nodeId) => options.nodes.catalog.renew(principal, nodeId),
    });
    this.digests = new Digests({
      ...options,
      onChange: (change, by) => this.#changed(change, by),
      onStale: (node, model) => this.#reload(node, model),
    });
    const shared = {
      ...options,
      managed: (nodeId: string) => makingNode(options.nodes, options.managers, localPrincipal, nodeId),
      renew: (nodeId: string) => renewedModels(options.nodes, localPrincipal, nodeId),
      during: this.digests.during.bind(this.digests),
      within: () => this.#within(ASK_TIMEOUT_MS),
    };
    this.pins = new Pins(shared);
    this.configs = new Configs({
      ...shared,
      models: () => nodeModels(options.nodes, localPrincipal),
      publish: (record) => {
        const creation = creationView(record);
        const { configId } = record;
        options.feed.publish(HOUSE, { type: "model_config:changed", configId, creation });
      },
      publishConfig: (configId) => options.feed.publish(HOUSE, { type: "model_config:changed", configId }),
    });
  }

  /** Goes on with downloads that the last process left. */
  async start(): Promise<void> {
    await this.downloads.start();
    await this.configs.start();
  }

  /** All models of all nodes, and the nodes to which models can be downloaded. */
  async installed(principal: Principal): Promise<InstalledModels> {
    const { nodes, memory = machineMemory } = this.#options;
    const [views, uses, configs, cards] = await Promise.all([
      nodes.catalog.views(principal),
      this.#uses.of(principal),
      this.configs.ids(),
      this.#graphics.memory(),
    ]);
    const models = new Map(views.map((view) => [view.id, view.models]));
    const marksOf = await readMarks(this.digests, this.pins, models);
    const told = new Map(views.map((view) => [view.id, this.servers.told(principal, view)]));
    const toldOf = ({ id }: NodeView): NodeTold => told.get(id) ?? { can: [] };
    return {
      models: installedModels(views, uses, { told: toldOf, marksOf, configs }),
      targets: views.filter((view) => view.enabled && toldOf(view).can.includes("pull")).map((view) => ({
        nodeId: view.id,
        name: view.name,
        kind: view.kind,
        memoryBytes: isHere(view) ? memory() : null,
        gpuMemoryBytes: isHere(view) ? cards : null,
      })),
    };
  }

  /** What the server tells of a model. Throws `not_found`, `unsupported` and the errors of the server. */
  async details(principal: Principal, { nodeId, model }: ModelPlace): Promise<ModelDetails> {
    requireScope(principal, "admin");
    const { manager, endpoint } = await this.#managed(principal, nodeId);
    return { nodeId, model, ...await manager.show(endpoint, model, this.#within(ASK_TIMEOUT_MS)) };
  }

  /** Which models a node had under a name, and what is kept of them there. Throws `not_found` and `unsupported`. */
  async digestsOf(principal: Principal, { nodeId, model }: ModelPlace): Promise<ModelDigests> {
    requireScope(principal, "admin");
    const { nodes, managers } = this.#options;
    await makingNode(nodes, managers, principal, nodeId);
    const models = (await nodeModels(nodes, principal)).get(nodeId) ?? [];
    const record = await this.digests.of(nodeId, model);
    const base = `${model}-base-`;
    return {
      nodeId,
      model,
      digest: models.find(({ id }) => id === model)?.digest ?? null,
      entries: record?.entries ?? [],
      changedAt: record?.changedAt ?? null,
      pins: await this.pins.of({ nodeId, model }, models),
      bases: models.filter((info) => info.id.startsWith(base) && isKeptCopy(info))
        .map(({ id: name, digest = "" }) => ({ name, digest })),
    };
  }

  /** Takes the mark of a change on a model's server away; `seen` is when the change was that the person saw. Throws `conflict`. */
  async noteChange(principal: Principal, { nodeId, model }: ModelPlace, seen?: number): Promise<void> {
    requireScope(principal, "admin");
    await this.digests.note(nodeId, model, seen);
    this.#options.feed.publish(HOUSE, { type: "nodes:changed" });
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
      // The server would put the copy in place of a model that came there meanwhile.
      const models = await renewedModels(this.#options.nodes, principal, nodeId);
      if (models.some(({ id }) => id === name)) {
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
      const models = (await nodeModels(this.#options.nodes, principal)).get(nodeId);
      const options = {
        isForEmbeddings: isForEmbeddings(models?.find(({ id }) => id === model)),
        ...(keepAlive === undefined ? {} : { keepAlive }),
      };
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
    await this.configs.close();
    await Promise.allSettled(this.#reloads);
  }

  /** Another model has the name: the nodes' lists tell what it can do by now, and what was measured of the old one goes. */
  async #changed(change: ModelChange, by: DigestOrigin): Promise<void> {
    this.#uses.forget();
    await this.#options.onChanged?.(change.model);
    if (by === "server") this.#options.feed.publish(HOUSE, { type: "model:changed", change });
  }

  /** Nobody waits for this, least of all the question that it came up with. */
  #reload(node: NodeInfo, model: ModelInfo): void {
    const work = async () => {
      const { nodes, clock } = this.#options;
      const managed = await this.#managed(localPrincipal, node.id);
      const old = (await nodeModels(nodes, localPrincipal)).get(node.id)
        ?.find((info) => isKeptCopy(info) && info.digest === model.loadedDigest);
      await reload(managed, model, old?.id, clock.now(), this.#within(LOAD_TIMEOUT_MS));
      await nodes.catalog.renew(localPrincipal, node.id);
    };
    const reloading = work().catch((error) => {
      if (this.#closing.signal.aborted) return;
      this.#log.warn("A model in memory could not be replaced by the new one", { model: model.id, error });
    }).finally(() => this.#reloads.delete(reloading));
    this.#reloads.add(reloading);
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
