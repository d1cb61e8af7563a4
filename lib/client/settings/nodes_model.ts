import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NodeHealth, NodeInfo, NodeTest, NodeView } from "../../shared/mod.ts";
import { changeAtOnce } from "../nodes/change_at_once.ts";
import { NodeTester } from "../nodes/node_tester.ts";
import type { SettingsApi } from "./settings_api.ts";

/** What a `NodesModel` needs. */
export interface NodesModelOptions {
  nodes: readonly NodeView[];
  /** The node whose removal waits for a yes. */
  confirming: string | null;
  api: Pick<SettingsApi, "nodes" | "updateNode" | "deleteNode" | "testNode" | "discover">;
  onError(error: unknown): void;
}

/** The inference servers as the settings list them. */
export class NodesModel {
  readonly #nodes: Signal<readonly NodeView[]>;
  readonly #tester: NodeTester;
  readonly #looking: Signal<boolean> = signal(false);
  readonly #found: Signal<readonly NodeInfo[] | null> = signal(null);
  readonly #options: NodesModelOptions;

  /** The node whose removal waits for a yes. */
  readonly confirming: Signal<string | null>;

  constructor(options: NodesModelOptions) {
    this.#options = options;
    this.#nodes = signal(options.nodes);
    this.confirming = signal(options.confirming);
    this.#tester = new NodeTester({
      test: (id) => options.api.testNode(id),
      onResult: (id, result) => this.#patch(id, { health: healthOf(result) }),
      onError: options.onError,
    });
  }

  get nodes(): ReadonlySignal<readonly NodeView[]> {
    return this.#nodes;
  }

  /** The nodes that are being tested. */
  get testing(): ReadonlySignal<ReadonlySet<string>> {
    return this.#tester.running;
  }

  /** Whether servers are being looked for. */
  get looking(): ReadonlySignal<boolean> {
    return this.#looking;
  }

  /** What the last look found; null before the first. */
  get found(): ReadonlySignal<readonly NodeInfo[] | null> {
    return this.#found;
  }

  find(id: string | null): NodeView | undefined {
    return this.#nodes.value.find((node) => node.id === id);
  }

  /** Fetches the nodes again. */
  async reload(): Promise<void> {
    const { nodes } = await this.#options.api.nodes();
    this.#take(nodes);
  }

  /** Switches a node on or off; taken back where the server refuses. */
  setEnabled(id: string, enabled: boolean): Promise<void> {
    const { api, onError } = this.#options;
    return changeAtOnce({
      show: () => this.#patch(id, { enabled }),
      takeBack: () => this.#patch(id, { enabled: !enabled }),
      save: () => api.updateNode(id, { enabled }),
      onError,
    });
  }

  /** Asks a node; its light shows the answer. Undefined where the question itself failed. */
  test(id: string): Promise<NodeTest | undefined> {
    return this.#tester.test(id);
  }

  /** Removes a node; true where the server did. */
  async delete(id: string): Promise<boolean> {
    this.confirming.value = null;
    try {
      await this.#options.api.deleteNode(id);
      this.#nodes.value = this.#nodes.peek().filter((node) => node.id !== id);
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  /** Has the server look for model servers on its machine. */
  async look(): Promise<void> {
    if (this.#looking.peek()) return;
    this.#looking.value = true;
    this.#found.value = null;
    try {
      const { found, nodes } = await this.#options.api.discover();
      this.#take(nodes);
      this.#found.value = found;
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#looking.value = false;
    }
  }

  #patch(id: string, changes: Partial<NodeView>): void {
    this.#nodes.value = this.#nodes.peek().map((node) => node.id === id ? { ...node, ...changes } : node);
  }

  /** A node that is just being asked again keeps what was last known of it, so that its light does not flicker. */
  #take(nodes: readonly NodeView[]): void {
    const before = new Map(this.#nodes.peek().map((node) => [node.id, node]));
    this.#nodes.value = nodes.map((node) => {
      const health = before.get(node.id)?.health;
      return node.health.status === "unknown" && health ? { ...node, health } : node;
    });
  }
}

function healthOf({ ok, message, latencyMs }: NodeTest): NodeHealth {
  return { status: ok ? "healthy" : "offline", reason: message, checkedAt: Date.now(), latencyMs };
}
