import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorBody, FreshetError, type NodeDecision } from "../../shared/mod.ts";
import type { NodesApi } from "./nodes_api.ts";

/** What `NodeDetails` need. */
export interface NodeDetailsOptions {
  /** The node that is open at first, with its decisions. */
  nodeId: string | null;
  decisions: readonly NodeDecision[];
  api: Pick<NodesApi, "decisions">;
}

/** The node whose details are open, and the latest decisions about it. */
export class NodeDetails {
  readonly #api: NodeDetailsOptions["api"];
  readonly #nodeId: Signal<string | null>;
  readonly #decisions: Signal<readonly NodeDecision[] | null>;
  readonly #problem: Signal<ErrorBody | null> = signal(null);
  #isLoading = false;
  #isStale = false;

  constructor({ nodeId, decisions, api }: NodeDetailsOptions) {
    this.#api = api;
    this.#nodeId = signal(nodeId);
    this.#decisions = signal(nodeId === null ? null : decisions);
  }

  get nodeId(): ReadonlySignal<string | null> {
    return this.#nodeId;
  }

  /** Newest first; null while they are fetched for the first time. */
  get decisions(): ReadonlySignal<readonly NodeDecision[] | null> {
    return this.#decisions;
  }

  /** Why the decisions could not be fetched. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  async open(nodeId: string): Promise<void> {
    if (this.#nodeId.peek() !== nodeId) this.#decisions.value = null;
    this.#nodeId.value = nodeId;
    await this.reload();
  }

  close(): void {
    this.#nodeId.value = null;
    this.#decisions.value = null;
    this.#problem.value = null;
  }

  /** Fetches the decisions again; what comes in meanwhile is fetched once more after that. */
  async reload(): Promise<void> {
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    this.#isLoading = true;
    try {
      do {
        this.#isStale = false;
        await this.#load();
      } while (this.#isStale);
    } finally {
      this.#isLoading = false;
    }
  }

  async #load(): Promise<void> {
    const nodeId = this.#nodeId.peek();
    if (nodeId === null) return;
    try {
      const decisions = await this.#api.decisions(nodeId);
      if (this.#nodeId.peek() !== nodeId) return;
      this.#decisions.value = keptWhereSame(this.#decisions.peek() ?? [], decisions);
      this.#problem.value = null;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      if (this.#nodeId.peek() === nodeId) this.#problem.value = error.toBody();
    }
  }
}

/** The new decisions, with the objects of those before where nothing about them changed: what shows them can tell by that. */
function keptWhereSame(
  before: readonly NodeDecision[],
  after: readonly NodeDecision[],
): readonly NodeDecision[] {
  const known = new Map(before.map((decision) => [JSON.stringify(decision), decision]));
  return after.map((decision) => known.get(JSON.stringify(decision)) ?? decision);
}
