import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NodesPulse, NodeStatus, NodeView } from "../../shared/mod.ts";
import { SecondHistory } from "./second_history.ts";

/** What a node looks like at a glance: its health, or why it is not asked. */
export type NodeLook = NodeStatus["status"] | "off" | "draining";

/** What of a node only changes when somebody changes it, or its models do. */
export type NodeFacts = Omit<NodeView, "health">;

type Beat = NodesPulse["nodes"][number];

/** The figures that a node shows. */
const FIGURES = [
  "status",
  "load",
  "memory",
  "requestsPerSecond",
  "latencyMs",
  "inFlight",
  "waiting",
  "breaker",
] as const;

/** A node on the page: each figure is a signal of its own, so that only what changed is shown anew. */
export class LiveNode {
  readonly id: string;
  readonly history: SecondHistory;
  readonly #facts: Signal<NodeFacts>;
  readonly #reason: Signal<string>;
  readonly #figures: { [F in typeof FIGURES[number]]: Signal<NodeStatus[F]> };

  readonly look: ReadonlySignal<NodeLook>;

  /** A node as it was at `now` (ms since 1970). */
  constructor(status: NodeStatus, now: number) {
    this.id = status.id;
    this.history = new SecondHistory(wholeSecondsOf(status), now);
    this.#facts = signal(factsOf(status));
    this.#reason = signal(status.health.reason);
    this.#figures = {
      status: signal(status.status),
      load: signal(status.load),
      memory: signal(status.memory),
      requestsPerSecond: signal(status.requestsPerSecond),
      latencyMs: signal(status.latencyMs),
      inFlight: signal(status.inFlight),
      waiting: signal(status.waiting),
      breaker: signal(status.breaker),
    };
    this.look = computed(() => {
      const { enabled, draining } = this.#facts.value;
      if (!enabled) return "off";
      return draining ? "draining" : this.#figures.status.value;
    });
  }

  get facts(): ReadonlySignal<NodeFacts> {
    return this.#facts;
  }

  /** Of its health, in words. */
  get reason(): ReadonlySignal<string> {
    return this.#reason;
  }

  get figures(): { readonly [F in typeof FIGURES[number]]: ReadonlySignal<NodeStatus[F]> } {
    return this.#figures;
  }

  /** False for a node that comes from the configuration or with Freshet: neither its place nor anything else is changed here. */
  get isOwn(): boolean {
    const { origin } = this.#facts.value;
    return origin !== "config" && origin !== "builtin";
  }

  /** Takes the node as the server has it now. */
  take(status: NodeStatus, now: number): void {
    batch(() => {
      const facts = factsOf(status);
      if (JSON.stringify(facts) !== JSON.stringify(this.#facts.peek())) this.#facts.value = facts;
      // What is just being asked again keeps its light.
      if (status.status !== "unknown") this.#takeFigures({ ...status, reason: status.health.reason });
      this.history.replace(wholeSecondsOf(status), now);
    });
  }

  /** Takes what the node does in this second. */
  beat(beat: Beat, now: number): void {
    this.#takeFigures(beat);
    this.history.push(beat.second, now);
  }

  /** Shows a change before the server has confirmed it. */
  patch(changes: Partial<NodeFacts>): void {
    this.#facts.value = { ...this.#facts.peek(), ...changes };
  }

  /** Shows what a test has found. */
  setHealth(status: NodeStatus["status"], reason: string): void {
    batch(() => {
      this.#figures.status.value = status;
      this.#reason.value = reason;
    });
  }

  #takeFigures({ reason, ...figures }: Pick<NodeStatus, typeof FIGURES[number]> & { reason: string }): void {
    this.#figures.status.value = figures.status;
    this.#figures.load.value = figures.load;
    this.#figures.memory.value = figures.memory;
    this.#figures.requestsPerSecond.value = figures.requestsPerSecond;
    this.#figures.latencyMs.value = figures.latencyMs;
    this.#figures.inFlight.value = figures.inFlight;
    this.#figures.waiting.value = figures.waiting;
    this.#figures.breaker.value = figures.breaker;
    this.#reason.value = reason;
  }
}

/** The second of now is not over. */
function wholeSecondsOf({ activity }: NodeStatus) {
  return activity.slice(0, -1);
}

function factsOf(status: NodeStatus): NodeFacts {
  const {
    status: _,
    health: _health,
    load: _load,
    memory: _memory,
    requestsPerSecond: _rate,
    latencyMs: _latency,
    inFlight: _inFlight,
    waiting: _waiting,
    breaker: _breaker,
    activity: _activity,
    ...facts
  } = status;
  return facts;
}
