import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NodeInfo, NodeSecond, NodesPulse, NodeStatus, NodeTest, QueuedCall } from "../../shared/mod.ts";
import { changeAtOnce } from "./change_at_once.ts";
import { LiveNode } from "./live_node.ts";
import { NodeTester } from "./node_tester.ts";
import type { NodesApi } from "./nodes_api.ts";
import { HISTORY_SECONDS } from "./second_history.ts";
import { type Tiers, tiersOf } from "./tiers.ts";

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
  /** Tiers that are being saved. */
  readonly #wanted: Signal<Tiers | null> = signal(null);
  readonly #tester: NodeTester;
  readonly #options: NodesBoardOptions;
  #now: number;
  /** Counts what decides the order, so that what was asked for before does not undo it. */
  #changes = 0;
  #saving = 0;

  /** The nodes by tiers, as they are kept or being saved. */
  readonly tiers: ReadonlySignal<Tiers>;
  /** Requests a second that all nodes take together. */
  readonly requestsPerSecond: ReadonlySignal<number>;
  /** Calls under way. */
  readonly inFlight: ReadonlySignal<number>;
  /** Each figure of every second of the last minute, summed over all nodes, oldest first. */
  readonly sums: { readonly [Figure in keyof NodeSecond]: ReadonlySignal<Float64Array> };

  constructor(options: NodesBoardOptions) {
    this.#options = options;
    this.#now = options.now;
    this.#nodes = signal(options.nodes.map((status) => new LiveNode(status, options.now)));
    this.#queue = signal(options.queue);
    this.#tester = new NodeTester({
      test: (id) => options.api.test(id),
      onResult: (id, { ok, message }) => this.find(id)?.setHealth(ok ? "healthy" : "offline", message),
      onError: options.onError,
    });
    this.tiers = computed(() =>
      this.#wanted.value ?? tiersOf(this.#nodes.value.map((node) => node.facts.value))
    );
    this.requestsPerSecond = computed(() => this.#sum((node) => node.figures.requestsPerSecond.value));
    this.inFlight = computed(() => this.#sum((node) => node.figures.inFlight.value));
    this.sums = {
      requests: computed(() => this.#secondsOf("requests")),
      failures: computed(() => this.#secondsOf("failures")),
      deltas: computed(() => this.#secondsOf("deltas")),
    };
  }

  /** By priority. */
  get nodes(): ReadonlySignal<readonly LiveNode[]> {
    return this.#nodes;
  }

  /** Next first. */
  get queue(): ReadonlySignal<readonly QueuedCall[]> {
    return this.#queue;
  }

  /** The server's time (ms since 1970), as far as it was told. */
  get now(): number {
    return this.#now;
  }

  /** Counts the seconds that were taken in, for what is drawn of all nodes. */
  get beats(): ReadonlySignal<number> {
    return this.#beats;
  }

  /** The nodes that are being tested. */
  get testing(): ReadonlySignal<ReadonlySet<string>> {
    return this.#tester.running;
  }

  find(id: string | null): LiveNode | undefined {
    return this.#nodes.value.find((node) => node.id === id);
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

  /** Puts nodes of one's own in tiers; the old ones come back where the server refuses. True where it did not. */
  async reorder(tiers: Tiers): Promise<boolean> {
    this.#wanted.value = tiers;
    this.#changes++;
    this.#saving++;
    let isSaved = true;
    try {
      const nodes = await this.#options.api.reorder(tiers);
      this.#place(nodes);
    } catch (error) {
      isSaved = false;
      this.#options.onError(error);
    } finally {
      this.#saving--;
      if (this.#saving === 0) this.#wanted.value = null;
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
  test(node: LiveNode): Promise<NodeTest | undefined> {
    return this.#tester.test(node.id);
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

  #update(node: LiveNode, changes: { enabled: boolean } | { draining: boolean }): Promise<void> {
    const { enabled, draining = false } = node.facts.peek();
    const { api, onError } = this.#options;
    return changeAtOnce({
      show: () => node.patch(changes),
      takeBack: () => node.patch({ enabled, draining }),
      save: () => api.update(node.id, changes),
      onError,
    });
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

  /** Takes the priorities that the server has given. */
  #place(nodes: readonly NodeInfo[]): void {
    const places = new Map(nodes.map(({ id, priority }, place) => [id, { place, priority }]));
    const placeOf = ({ id }: LiveNode) => places.get(id)?.place ?? nodes.length;
    batch(() => {
      for (const node of this.#nodes.peek()) {
        const priority = places.get(node.id)?.priority;
        if (priority !== undefined && priority !== node.facts.peek().priority) node.patch({ priority });
      }
      this.#nodes.value = this.#nodes.peek().toSorted((a, b) => placeOf(a) - placeOf(b));
    });
  }

  #secondsOf(figure: keyof NodeSecond): Float64Array {
    const sums = new Float64Array(HISTORY_SECONDS);
    for (const { history } of this.#nodes.value) {
      void history.version.value;
      history.addTo(sums, figure);
    }
    return sums;
  }

  #sum(figure: (node: LiveNode) => number): number {
    return this.#nodes.value.reduce((sum, node) => sum + figure(node), 0);
  }
}
