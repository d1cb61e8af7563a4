import type {
  ContactFeature,
  ModelEntry,
  NodeDecision,
  NodeInfo,
  NodeLogView,
  NodesPulse,
  NodeStatus,
  NodeTest,
  NodeView,
  ProviderKind,
} from "../shared/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { type AdmissionControl, houseOf, type Principal, requireScope } from "../access/mod.ts";
import type { Ledger } from "../analytics/mod.ts";
import type { Provider } from "../providers/mod.ts";
import type { Store } from "../store/mod.ts";
import { Aliases } from "./aliases.ts";
import { type CatalogOptions, ModelCatalog } from "./catalog.ts";
import { defaultModel } from "./default_model.ts";
import { discover, type LocalServer } from "./discovery.ts";
import type { Patience } from "./dispatch/calls.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { NodeMonitor } from "./health/monitor.ts";
import type { NodeState } from "./health/node_state.ts";
import { Prober } from "./health/prober.ts";
import { NodeRegistry, type NodeSpec } from "./registry.ts";
import { figuresOf, memoryTaken, type NodeFigures, statusOf } from "./status.ts";
import { testEndpoint } from "./test_endpoint.ts";
import { prioritiesOf, tiersNamed } from "./tiers.ts";

/** What the nodes need. */
export interface NodesOptions {
  store: Store;
  providers: ReadonlyMap<ProviderKind, Provider>;
  /** The providers by what they are asked for; those above where absent. */
  providersFor?: ((feature: ContactFeature) => ReadonlyMap<ProviderKind, Provider>) | undefined;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  /** Whether the built-in model is offered. */
  sketch: boolean;
  /** Nodes of `fresh.config.ts`. */
  config: NodeSpec[];
  /** Aliases of `fresh.config.ts`: names with chains of models. */
  aliases?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Servers to look for. */
  servers: readonly LocalServer[];
  patience?: Partial<Patience> | undefined;
  /** Calls that may wait for a turn at the same time. */
  queueMax?: number | undefined;
  /** Numbers from 0 to 1 for jitter; `Math.random` unless given. */
  random?: (() => number) | undefined;
  /** Who may call models now, and how much; everybody where absent. */
  limits?: AdmissionControl | undefined;
  /** Told when nodes, their models or their health change. */
  onChange: (profileId: string) => void;
  /** Told which models a node has, each time that it is asked; must not throw. */
  onModels?: CatalogOptions["onModels"];
}

const DECISIONS = 100;

/** The inference servers: which there are, what they offer, how they are, and `dispatch`. */
export class Nodes {
  readonly registry: NodeRegistry;
  readonly aliases: Aliases;
  readonly catalog: ModelCatalog;
  readonly monitor: NodeMonitor;
  readonly dispatcher: Dispatcher;
  readonly #prober: Prober;
  readonly #options: NodesOptions;

  constructor(options: NodesOptions) {
    this.#options = options;
    const { store, providers, ledger, clock, log } = options;
    const providersFor = options.providersFor ?? (() => providers);
    const onChange = (profileId: string) => {
      options.onChange(profileId);
      // Who waits may go to a node that is new, or must not go to one that is gone.
      this.dispatcher.scheduler.reload().catch((error) =>
        log.of("nodes").error("Cannot look again", { error })
      );
    };
    const registry = new NodeRegistry({ store, sketch: options.sketch, config: options.config, onChange });
    const { random = Math.random } = options;
    const monitor = new NodeMonitor(clock, random);
    const { onModels } = options;
    const catalog = new ModelCatalog({
      store,
      registry,
      monitor,
      providers: providersFor("models"),
      clock,
      log,
      onChange,
      onModels,
    });
    const aliases = new Aliases({ store, config: options.aliases ?? {}, onChange });
    const { patience, queueMax, limits } = options;
    const shared = { registry, monitor, catalog, providers, clock, log };
    this.registry = registry;
    this.monitor = monitor;
    this.catalog = catalog;
    this.aliases = aliases;
    this.dispatcher = new Dispatcher({
      ...shared,
      providersFor,
      aliases,
      ledger,
      patience,
      queueMax,
      limits,
    });
    const probed = { ...shared, providers: providersFor("probe") };
    this.#prober = new Prober({ ...probed, random, onReturn: () => this.dispatcher.scheduler.look() });
  }

  /** Asks the nodes of a profile from now on whether they answer. */
  watch(principal: Principal): void {
    this.#prober.watch(houseOf(principal));
  }

  #asking(feature: ContactFeature): NodesOptions {
    const { providers, providersFor } = this.#options;
    return { ...this.#options, providers: providersFor?.(feature) ?? providers };
  }

  /** Looks for servers on this machine; returns the new ones. */
  async discover(principal: Principal): Promise<NodeInfo[]> {
    const found = await discover(principal, { ...this.#asking("discovery"), registry: this.registry });
    await this.catalog.refresh(principal);
    return found;
  }

  /** All models and aliases, and the one that answers when nobody chose. */
  async models(principal: Principal, wished = ""): Promise<{ models: ModelEntry[]; defaultModel: string }> {
    const [models, aliases] = await Promise.all([
      this.catalog.models(principal),
      this.aliases.list(principal),
    ]);
    const byId = new Map(models.map((model) => [model.id, model]));
    const named = aliases.flatMap(({ name, models: chain }) => {
      const found = chain.flatMap((id) => byId.get(id) ?? []);
      const [first] = found;
      if (!first) return [];
      const nodes = new Map(found.flatMap((model) => model.nodes.map((node) => [node.id, node])));
      return [{ ...first, id: name, name, aliasOf: chain, nodes: [...nodes.values()] }];
    });
    const names = new Set(named.map(({ id }) => id));
    const all = [...named, ...models.filter(({ id }) => !names.has(id))];
    return { models: all, defaultModel: names.has(wished) ? wished : defaultModel(models, wished) };
  }

  /** The same, but where nothing is there to answer, nodes that were added a moment ago are asked first. */
  async modelsOrMeet(
    principal: Principal,
    wished = "",
  ): Promise<{ models: ModelEntry[]; defaultModel: string }> {
    const known = await this.models(principal, wished);
    if (known.defaultModel !== "") return known;
    await this.catalog.meet(principal);
    return await this.models(principal, wished);
  }

  /** All nodes as they are now. */
  async statuses(principal: Principal): Promise<NodeStatus[]> {
    return (await this.#seen(principal)).map(({ view, state, figures }) => statusOf(view, state, figures));
  }

  /** What changes all the time, for who looks at the nodes. */
  async pulse(principal: Principal): Promise<NodesPulse> {
    const seen = await this.#seen(principal);
    return {
      at: this.#options.clock.now(),
      nodes: seen.map(({ view: { id, health: { reason } }, state, figures }) => {
        return { id, reason, ...figures, second: state.activity.last() };
      }),
      queue: this.dispatcher.scheduler.queued(houseOf(principal).profileId),
    };
  }

  /** What was seen of a node since the start, newest first. Throws `not_found`. */
  async log(principal: Principal, nodeId: string): Promise<NodeLogView> {
    const node = await this.registry.get(principal, nodeId);
    const entries = this.monitor.of(node.id).log.entries();
    return { entries, nextProbeAt: this.#prober.nextAt(node) };
  }

  /** The latest decisions, newest first; of one node where it is named. */
  decisions(principal: Principal, nodeId?: string, limit = DECISIONS): NodeDecision[] {
    return this.dispatcher.decisions.latest(houseOf(principal).profileId, limit, nodeId);
  }

  /** Takes a call out of the queue. Throws `not_found` where it does not wait there. */
  cancelQueued(principal: Principal, callId: string): void {
    if (this.dispatcher.scheduler.cancel(houseOf(principal).profileId, callId)) return;
    throw new FreshetError("not_found", "There is no such call in the queue");
  }

  /**
   * Puts nodes in tiers: those of one tier get the same priority and share what comes, and the next tier is asked where nobody
   * of the first has a turn free. Who is not named comes after. Throws `conflict` where the configuration leaves no room for it.
   */
  async reorder(principal: Principal, named: readonly (readonly string[])[]): Promise<NodeInfo[]> {
    requireScope(principal, "admin");
    const nodes = await this.registry.list(principal);
    const tiers = tiersNamed(nodes, named);
    const placed = new Set(tiers.flat());
    const taken = new Set(nodes.filter((node) => !placed.has(node)).map(({ priority }) => priority));
    const priorities = prioritiesOf(tiers, taken);
    for (const [i, tier] of tiers.entries()) {
      const wanted = priorities[i];
      for (const { id, priority } of tier) {
        if (wanted === undefined || priority === wanted) continue;
        await this.registry.update(principal, id, { priority: wanted });
      }
    }
    return await this.registry.list(principal);
  }

  /** Tries out a node as it is kept. */
  async test(principal: Principal, nodeId: string): Promise<NodeTest> {
    const { kind } = await this.registry.get(principal, nodeId);
    const result = await testEndpoint(
      kind,
      await this.registry.endpoint(principal, nodeId),
      this.#asking("probe"),
    );
    const { ok: isAnswered, message: reason, latencyMs: durationMs } = result;
    const at = this.#options.clock.now();
    this.monitor.of(nodeId).log.ask({ at, type: "test", isAnswered, durationMs, reason });
    this.catalog.forget(principal, nodeId);
    if (result.ok) this.monitor.reset(nodeId);
    return result;
  }

  /** Tries out a server before it becomes a node. */
  async testSpec(spec: NodeSpec): Promise<NodeTest> {
    return await testEndpoint(spec.kind, this.registry.tryEndpoint(spec), this.#asking("probe"));
  }

  /** Changes a node; where its address or key changed, what was known of it is forgotten. */
  async update(principal: Principal, nodeId: string, changes: Partial<NodeSpec>): Promise<NodeInfo> {
    const node = await this.registry.update(principal, nodeId, changes);
    if (changes.baseUrl !== undefined || changes.apiKey !== undefined || changes.enabled) {
      this.monitor.reset(nodeId);
    }
    this.catalog.forget(principal, nodeId);
    return node;
  }

  /** Removes a node and forgets what was known of it. */
  async delete(principal: Principal, nodeId: string): Promise<void> {
    await this.registry.delete(principal, nodeId);
    this.catalog.forget(principal, nodeId);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await this.#prober.close();
    await this.catalog.close();
  }

  async #seen(
    principal: Principal,
  ): Promise<{ view: NodeView; state: NodeState; figures: NodeFigures }[]> {
    const memory = memoryTaken();
    const views = await this.catalog.views(principal);
    return views.map((view) => {
      const state = this.monitor.of(view.id);
      return { view, state, figures: figuresOf(view, state, this.dispatcher.scheduler, memory) };
    });
  }
}
