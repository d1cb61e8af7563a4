import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NodeSecond, NodesPulse, NodeStatus, NodeTest, QueuedCall } from "../../shared/mod.ts";
import { LiveNode } from "./live_node.ts";
import type { NodesApi } from "./nodes_api.ts";
import { HISTORY_SECONDS } from "./second_history.ts";

/** What a `NodesBoard` needs. */
export interface NodesBoardOptions {
  nodes: readonly NodeStatus[];
  queue: readonly QueuedCall[];
  /** The server's time (ms since 1970) of both. */
  now: number;
  api: Pick<NodesApi, "nodes" | "reorder" | "update" | "test" | "cancelQueued">;
  onError(error: unknown): void;
}

/** The nodes of the page as they are now, with what waits for them. */
export class NodesBoard {
  readonly #nodes: Signal<readonly LiveNode[]>;
  readonly #queue: Signal<readonly QueuedCall[]>;
  readonly #beats = signal(0);
  readonly #testing: Signal<ReadonlySet<string>> = signal(new Set<string>());
  readonly #options: NodesBoardOptions;
  /** The server's time, as far as it was told. */
  #now: number;
  /** Counts what decides the order, so that what was asked for before does not undo it. */
  #changes = 0;
  #saving = 0;

  /** Requests a second that all nodes take together. */
  readonly requestsPerSecond: ReadonlySignal<number>;
  /** Calls under way. */
  readonly inFlight: ReadonlySignal<number>;

  constructor(options: NodesBoardOptions) {
    this.#options = options;
    this.#now = options.now;
    this.#nodes = signal(options.nodes.map((status) => new LiveNode(status, options.now)));
    this.#queue = signal(options.queue);
    this.requestsPerSecond = computed(() => this.#sum((node) => node.figures.requestsPerSecond.value));
    this.inFlight = computed(() => this.#sum((node) => node.figures.inFlight.value));
  }

  /** By priority. */
  get nodes(): ReadonlySignal<readonly LiveNode[]> {
    return this.#nodes;
  }

  /** Next first. */
  get queue(): ReadonlySignal<readonly QueuedCall[]> {
    return this.#queue;
  }

  /** Counts the seconds that were taken in, for what is drawn of all nodes. */
  get beats(): ReadonlySignal<number> {
    return this.#beats;
  }

  /** The nodes that are being tested. */
  get testing(): ReadonlySignal<ReadonlySet<string>> {
    return this.#testing;
  }

  find(id: string | null): LiveNode | undefined {
    return this.#nodes.value.find((node) => node.id === id);
  }

  /** One figure of each second of the last minute, summed over all nodes, oldest first. */
  sums(figure: keyof NodeSecond): Float64Array {
    const sums = new Float64Array(HISTORY_SECONDS);
    for (const node of this.#nodes.peek()) node.history.addTo(sums, figure);
    return sums;
  }

  /** Takes what happened in this second. */
  pulse({ at, nodes, queue }: NodesPulse): void {
    this.#now = at;
    const beats = new Map(nodes.map((beat) => [beat.id, beat]));
    batch(() => {
      for (const node of this.#nodes.peek()) {
        const beat = beats.get(node.id);
        if (beat) node.beat(beat, at);
      }
      if (queue.length > 0 || this.#queue.peek().length > 0) this.#queue.value = queue;
      this.#beats.value++;
    });
  }

  /** Fetches the nodes again. */
  async reload(): Promise<void> {
    // What is being saved tells the order itself when it is done.
    if (this.#saving > 0) return;
    const change = ++this.#changes;
    const statuses = await this.#options.api.nodes();
    if (change === this.#changes) this.#take(statuses);
  }

  /** Puts nodes of one's own in order; the old one comes back where the server refuses. True where it did not. */
  async reorder(ids: readonly string[]): Promise<boolean> {
    const before = this.#nodes.peek();
    this.#nodes.value = inOrder(before, ids);
    this.#changes++;
    this.#saving++;
    let isSaved = true;
    try {
      const nodes = await this.#options.api.reorder(ids);
      if (this.#saving === 1) this.#sort(nodes.map(({ id }) => id));
    } catch (error) {
      isSaved = false;
      this.#sort(before.map(({ id }) => id));
      this.#options.onError(error);
    } finally {
      this.#saving--;
    }
    // Others may have changed meanwhile.
    if (isSaved) await this.reload().catch(this.#options.onError);
    return isSaved;
  }

  /** Switches a node on or off; taken back where the server refuses. */
  setEnabled(node: LiveNode, enabled: boolean): Promise<void> {
    return this.#update(node, { enabled });
  }

  /** Lets a node end what it does, or take calls again. */
  setDraining(node: LiveNode, draining: boolean): Promise<void> {
    return this.#update(node, { draining });
  }

  /** Asks a node; its light shows the answer. Undefined where the question itself failed. */
  async test(node: LiveNode): Promise<NodeTest | undefined> {
    const { id } = node;
    if (this.#testing.peek().has(id)) return undefined;
    this.#testing.value = new Set(this.#testing.peek()).add(id);
    try {
      const result = await this.#options.api.test(id);
      node.setHealth(result.ok ? "healthy" : "offline", result.message);
      return result;
    } catch (error) {
      this.#options.onError(error);
      return undefined;
    } finally {
      this.#testing.value = new Set([...this.#testing.peek()].filter((other) => other !== id));
    }
  }

  /** Takes a call out of the queue; true where it was still there. */
  async cancel(callId: string): Promise<boolean> {
    try {
      await this.#options.api.cancelQueued(callId);
      this.#queue.value = this.#queue.peek().filter((call) => call.callId !== callId);
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  async #update(node: LiveNode, changes: { enabled: boolean } | { draining: boolean }): Promise<void> {
    const { enabled, draining = false } = node.facts.peek();
    node.patch(changes);
    try {
      await this.#options.api.update(node.id, changes);
    } catch (error) {
      node.patch({ enabled, draining });
      this.#options.onError(error);
    }
  }

  #take(statuses: readonly NodeStatus[]): void {
    const known = new Map(this.#nodes.peek().map((node) => [node.id, node]));
    batch(() => {
      const nodes = statuses.map((status) => {
        const node = known.get(status.id);
        node?.take(status, this.#now);
        return node ?? new LiveNode(status, this.#now);
      });
      const before = this.#nodes.peek();
      const isSame = nodes.length === before.length && nodes.every((node, i) => node === before[i]);
      if (!isSame) this.#nodes.value = nodes;
    });
  }

  #sort(ids: readonly string[]): void {
    const place = new Map(ids.map((id, i) => [id, i]));
    const placeOf = ({ id }: LiveNode) => place.get(id) ?? ids.length;
    this.#nodes.value = this.#nodes.peek().toSorted((a, b) => placeOf(a) - placeOf(b));
  }

  #sum(figure: (node: LiveNode) => number): number {
    return this.#nodes.value.reduce((sum, node) => sum + figure(node), 0);
  }
}

/** The nodes with those of `ids` in this order, on the places that they have together: the others stay where they are. */
export function inOrder(nodes: readonly LiveNode[], ids: readonly string[]): LiveNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const moved = ids.flatMap((id) => byId.get(id) ?? []);
  const movable = new Set(moved);
  let next = 0;
  return nodes.map((node) => movable.has(node) ? moved[next++] ?? node : node);
}
