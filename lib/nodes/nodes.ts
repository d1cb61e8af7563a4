import type { ModelEntry, NodeInfo, NodeTest, ProviderKind } from "../shared/mod.ts";
import { toFreshetError } from "../shared/mod.ts";
import { type Clock, type Log, sleep } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Ledger } from "../analytics/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import type { Store } from "../store/mod.ts";
import { ModelCatalog, providerOf } from "./catalog.ts";
import { defaultModel } from "./default_model.ts";
import { discover, type LocalServer } from "./discovery.ts";
import type { Patience } from "./dispatch/calls.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { NodeMonitor } from "./health/monitor.ts";
import { NodeRegistry, type NodeSpec } from "./registry.ts";

/** What the nodes need. */
export interface NodesOptions {
  store: Store;
  providers: ReadonlyMap<ProviderKind, Provider>;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  /** Whether the built-in model is offered. */
  sketch: boolean;
  /** Nodes of `fresh.config.ts`. */
  config: NodeSpec[];
  /** Servers to look for. */
  servers: readonly LocalServer[];
  patience?: Partial<Patience> | undefined;
  /** Told when nodes, their models or their health change. */
  onChange: (profileId: string) => void;
}

const TEST_TIMEOUT_MS = 15_000;

/** The inference servers: which there are, what they offer, and `dispatch`. */
export class Nodes {
  readonly registry: NodeRegistry;
  readonly catalog: ModelCatalog;
  readonly dispatcher: Dispatcher;
  readonly monitor: NodeMonitor;
  #options: NodesOptions;

  constructor(options: NodesOptions) {
    this.#options = options;
    const { store, providers, ledger, clock, log, onChange } = options;
    this.registry = new NodeRegistry({ store, sketch: options.sketch, config: options.config, onChange });
    this.monitor = new NodeMonitor(clock);
    const { monitor, registry } = this;
    this.catalog = new ModelCatalog({ store, registry, monitor, providers, clock, log, onChange });
    this.dispatcher = new Dispatcher({
      registry,
      catalog: this.catalog,
      monitor,
      providers,
      ledger,
      clock,
      log,
      patience: options.patience,
    });
  }

  /** Looks for servers on this machine; returns the new ones. */
  async discover(principal: Principal): Promise<NodeInfo[]> {
    const found = await discover(principal, { ...this.#options, registry: this.registry });
    await this.catalog.refresh(principal);
    return found;
  }

  /** All models, and the one that answers when nobody chose. */
  async models(principal: Principal, wished = ""): Promise<{ models: ModelEntry[]; defaultModel: string }> {
    const models = await this.catalog.models(principal);
    return { models, defaultModel: defaultModel(models, wished) };
  }

  /** Tries out a node as it is kept. */
  async test(principal: Principal, nodeId: string): Promise<NodeTest> {
    const { kind } = await this.registry.get(principal, nodeId);
    const result = await this.#test(kind, await this.registry.endpoint(principal, nodeId));
    this.catalog.forget(principal, nodeId);
    return result;
  }

  /** Tries out a server before it becomes a node. */
  async testSpec(spec: NodeSpec): Promise<NodeTest> {
    return await this.#test(spec.kind, this.registry.tryEndpoint(spec));
  }

  /** Changes a node and forgets what was known of it. */
  async update(principal: Principal, nodeId: string, changes: Partial<NodeSpec>): Promise<NodeInfo> {
    const node = await this.registry.update(principal, nodeId, changes);
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
    await this.catalog.close();
  }

  async #test(kind: ProviderKind, endpoint: Endpoint): Promise<NodeTest> {
    const { clock, providers } = this.#options;
    const controller = new AbortController();
    const startedAt = clock.now();
    const late = sleep(clock, TEST_TIMEOUT_MS, controller.signal).then(() => {
      throw new DOMException("No answer in time", "TimeoutError");
    });
    try {
      const provider = providerOf(providers, kind);
      const asked = provider.probe(endpoint, controller.signal)
        .then(() => provider.models(endpoint, controller.signal));
      const models = await Promise.race([asked, late]);
      const latencyMs = clock.now() - startedAt;
      return { ok: true, message: `${models.length} models`, latencyMs, models: models.map(({ id }) => id) };
    } catch (cause) {
      const isLate = cause instanceof DOMException && cause.name === "TimeoutError";
      const { message, hint } = isLate
        ? { message: "The server did not answer within 15 s", hint: undefined }
        : toFreshetError(cause);
      const told = hint === undefined ? { message } : { message, hint };
      return { ok: false, ...told, latencyMs: clock.now() - startedAt, models: [] };
    } finally {
      late.catch(() => "the answer came first");
      controller.abort();
    }
  }
}
