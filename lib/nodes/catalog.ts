import {
  FreshetError,
  type ModelEntry,
  type ModelInfo,
  type NodeHealth,
  type NodeInfo,
  type NodeView,
  type ProviderKind,
  toFreshetError,
} from "../shared/mod.ts";
import { isKeptCopy } from "../shared/model_configs/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { houseOf, type Principal } from "../access/mod.ts";
import { keys, type NodeModelsRecord, records, type Store } from "../store/mod.ts";
import type { Provider } from "../providers/mod.ts";
import type { NodeMonitor } from "./health/monitor.ts";
import { healthOf } from "./health/words.ts";
import type { NodeRegistry } from "./registry.ts";

const FRESH_MS = 30_000;
const ASK_TIMEOUT_MS = 8_000;

interface Known extends NodeModelsRecord {
  health: NodeHealth;
  asking?: Promise<void> | undefined;
}

/**
 * What each node offers. Answers come from memory at once; what is older than 30 s is asked for again in the background, and
 * a change is reported to `onChange`. The last answer is kept in the store, so that a page after a restart is complete.
 */
export class ModelCatalog {
  #known = new Map<string, Known>();
  #asking = new Set<Promise<void>>();
  #closing = new AbortController();
  #options: CatalogOptions;
  #log: Log;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#log = options.log.of("nodes");
  }

  /** The nodes of the profile with health and models, as known now. */
  async views(principal: Principal): Promise<NodeView[]> {
    const nodes = await this.#options.registry.list(principal);
    return await Promise.all(nodes.map(async (node) => {
      return this.#viewOf(node, this.#remembered(principal, node) ?? await this.#lookUp(principal, node));
    }));
  }

  /** All models of enabled nodes, unified by id, nodes in order of priority. */
  async models(principal: Principal): Promise<ModelEntry[]> {
    const entries = new Map<string, ModelEntry>();
    for (const view of await this.views(principal)) {
      if (!view.enabled || view.health.status === "offline") continue;
      const { id, name, kind, local } = view;
      for (const model of view.models) {
        // Kept to go back to; whoever knows its name may call it.
        if (isKeptCopy(model)) continue;
        const entry = entries.get(model.id);
        if (entry) entry.nodes.push({ id, name, kind, local });
        else entries.set(model.id, { ...model, nodes: [{ id, name, kind, local }] });
      }
    }
    return [...entries.values()];
  }

  /** The enabled nodes that hold a model, as known now. */
  async holders(principal: Principal, model: string): Promise<NodeView[]> {
    const holders: NodeView[] = [];
    // Every call comes by here, so that nothing is made for nodes that are not asked.
    for (const node of await this.#options.registry.list(principal)) {
      if (!node.enabled) continue;
      const known = this.#remembered(principal, node) ?? await this.#lookUp(principal, node);
      if (known.models.some(({ id }) => id === model)) holders.push(this.#viewOf(node, known));
    }
    return holders;
  }

  /** Asks every enabled node now and waits for the answers. */
  async refresh(principal: Principal): Promise<void> {
    const nodes = await this.#options.registry.list(principal);
    await Promise.all(nodes.filter((node) => node.enabled).map((node) => this.#ask(principal, node)));
  }

  /** Asks one node anew, after its models changed, and waits for the answer. */
  async renew(principal: Principal, nodeId: string): Promise<void> {
    const node = await this.#options.registry.get(principal, nodeId);
    // What was asked before the change may not tell of it.
    await this.#known.get(`${houseOf(principal).profileId}/${nodeId}`)?.asking;
    await this.#ask(principal, node);
  }

  /** Asks those nodes that were not asked yet, and waits for their answers. */
  async meet(principal: Principal): Promise<void> {
    const nodes = await this.#options.registry.list(principal);
    const isNew = ({ id, enabled }: NodeInfo) =>
      enabled && !this.#known.get(`${houseOf(principal).profileId}/${id}`)?.checkedAt;
    await Promise.all(nodes.filter(isNew).map((node) => this.#ask(principal, node)));
  }

  /** Forgets what is known of a node, as when its address or key changed. */
  forget(principal: Principal, nodeId: string): void {
    this.#known.delete(`${houseOf(principal).profileId}/${nodeId}`);
  }

  /** Passes on what a call has shown of a node's health. */
  observe(principal: Principal, nodeId: string, health: Omit<NodeHealth, "checkedAt">): void {
    const known = this.#known.get(`${houseOf(principal).profileId}/${nodeId}`);
    if (!known) return;
    const changed = known.health.status !== health.status;
    known.health = { ...known.health, ...health, checkedAt: this.#options.clock.now() };
    if (changed) this.#options.onChange(houseOf(principal).profileId);
  }

  /** Ends the questions under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#asking);
  }

  #viewOf(node: NodeInfo, known: Known): NodeView {
    const { clock, monitor } = this.#options;
    const health = healthOf(node, known.health, monitor.of(node.id), clock.now());
    return { ...node, health, models: known.models };
  }

  /** What is known of a node, where there is nothing to wait for. */
  #remembered(principal: Principal, node: NodeInfo): Known | undefined {
    const known = this.#known.get(`${houseOf(principal).profileId}/${node.id}`);
    return known && this.#options.clock.now() - known.checkedAt <= FRESH_MS ? known : undefined;
  }

  async #lookUp(principal: Principal, node: NodeInfo): Promise<Known> {
    const id = `${houseOf(principal).profileId}/${node.id}`;
    let known = this.#known.get(id);
    if (!known) {
      const key = keys.nodeModels(houseOf(principal).profileId, node.id);
      const stored = (await this.#options.store.get(records.nodeModels, key))?.value;
      known = this.#known.get(id) ?? {
        models: stored?.models ?? [],
        checkedAt: 0,
        health: { status: "unknown", reason: "Not asked yet" },
      };
      this.#known.set(id, known);
    }
    const stale = this.#options.clock.now() - known.checkedAt > FRESH_MS;
    if (node.enabled && stale) {
      const asked = this.#ask(principal, node);
      if (node.kind === "sketch") await asked;
    }
    return known;
  }

  #ask(principal: Principal, node: NodeInfo): Promise<void> {
    const id = `${houseOf(principal).profileId}/${node.id}`;
    const known = this.#known.get(id) ??
      { models: [], checkedAt: 0, health: { status: "unknown" as const, reason: "" } };
    this.#known.set(id, known);
    if (known.asking) return known.asking;
    const asking = this.#askNow(principal, node, known).finally(() => {
      known.asking = undefined;
      this.#asking.delete(asking);
    });
    known.asking = asking;
    this.#asking.add(asking);
    return asking;
  }

  async #askNow(principal: Principal, node: NodeInfo, known: Known): Promise<void> {
    const { clock, registry, providers, onChange } = this.#options;
    const before = stateOf(known);
    const startedAt = clock.now();
    try {
      const endpoint = await registry.endpoint(principal, node.id);
      const models = await withTimeout(clock, this.#closing.signal, (signal) => {
        return providerOf(providers, node.kind).models(endpoint, signal);
      });
      known.models = models;
      known.health = {
        status: "healthy",
        reason: `${models.length} ${models.length === 1 ? "model" : "models"}`,
        checkedAt: clock.now(),
        latencyMs: clock.now() - startedAt,
      };
    } catch (cause) {
      if (this.#closing.signal.aborted) return;
      const error = toFreshetError(cause);
      const status = error.code === "auth" ? "warning" : "offline";
      known.health = { status, reason: error.message, checkedAt: clock.now() };
      this.#options.monitor.of(node.id).log.ask({
        at: clock.now(),
        type: "models",
        isAnswered: false,
        durationMs: Math.round(clock.now() - startedAt),
        reason: error.message,
      });
      this.#log.debug("A node did not list its models", { node: node.name, error: error.message });
    }
    known.checkedAt = clock.now();
    if (known.health.status === "healthy") await this.#options.onModels?.(principal, node, known.models);
    if (stateOf(known) === before) return;
    if (known.health.status === "healthy" && node.kind !== "sketch") {
      await this.#keep(principal, node.id, { models: known.models, checkedAt: known.checkedAt });
    }
    onChange(houseOf(principal).profileId);
  }

  /** Nobody waits for this: what cannot be written is asked for again after a restart. */
  async #keep(principal: Principal, nodeId: string, models: NodeModelsRecord): Promise<void> {
    try {
      await using transaction = this.#options.store.transaction();
      await transaction.set(
        records.nodeModels,
        keys.nodeModels(houseOf(principal).profileId, nodeId),
        models,
      );
      await transaction.commit();
    } catch (error) {
      this.#log.error("Cannot keep the models of a node", { node: nodeId, error });
    }
  }
}

/** What a catalog needs. */
export interface CatalogOptions {
  store: Store;
  registry: NodeRegistry;
  monitor: NodeMonitor;
  providers: ReadonlyMap<ProviderKind, Provider>;
  clock: Clock;
  log: Log;
  onChange: (profileId: string) => void;
  /** Told what a node has just answered; must not throw, and waits for nothing that asks the node again. */
  onModels?:
    | ((principal: Principal, node: NodeInfo, models: readonly ModelInfo[]) => Promise<void>)
    | undefined;
}

/** What counts as a change: when a model leaves memory moves with each call of it. */
function stateOf({ models, health }: Pick<Known, "models" | "health">): string {
  return JSON.stringify([models.map(({ expiresAt: _, ...model }) => model), health.status]);
}

/** The provider of a kind. Throws `unsupported` where it is not there. */
export function providerOf(providers: ReadonlyMap<ProviderKind, Provider>, kind: ProviderKind): Provider {
  const provider = providers.get(kind);
  if (!provider) throw new FreshetError("unsupported", `There is no provider for ${kind}`);
  return provider;
}

/** True for a model that can hold a conversation; servers that tell nothing get the benefit of the doubt. */
export function canChat(model: ModelInfo): boolean {
  return model.capabilities.length === 0 || model.capabilities.includes("chat");
}

async function withTimeout<T>(
  clock: Clock,
  outer: AbortSignal,
  fn: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const late = new FreshetError("stalled", "The server did not answer in time");
  const cancel = clock.after(ASK_TIMEOUT_MS, () => controller.abort(late));
  const onAbort = () => controller.abort(outer.reason);
  outer.addEventListener("abort", onAbort, { once: true });
  try {
    return await fn(controller.signal);
  } catch (error) {
    throw controller.signal.aborted && !outer.aborted ? late : error;
  } finally {
    cancel();
    outer.removeEventListener("abort", onAbort);
  }
}
