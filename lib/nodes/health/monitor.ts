import type { Clock } from "../../host/mod.ts";
import { NodeState } from "./node_state.ts";

/** What is known of all nodes, by their ids. */
export class NodeMonitor {
  readonly #states = new Map<string, NodeState>();
  readonly #now: () => number;
  readonly #random: () => number;

  constructor(clock: Pick<Clock, "now">, random: () => number) {
    this.#now = () => clock.now();
    this.#random = random;
  }

  /** What is known of a node. */
  of(nodeId: string): NodeState {
    let state = this.#states.get(nodeId);
    if (!state) this.#states.set(nodeId, state = new NodeState(this.#now, this.#random));
    return state;
  }

  /** What was known no longer holds. */
  reset(nodeId: string): void {
    this.#states.get(nodeId)?.reset();
  }
}
