import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorBody, FreshetError, type NodeDecision, type NodeLogView } from "../../shared/mod.ts";
import type { NodesApi } from "./nodes_api.ts";

/** What `NodeDetails` need. */
export interface NodeDetailsOptions {
  /** The node that is open at first, with its decisions and its log. */
  nodeId: string | null;
  decisions: readonly NodeDecision[];
  log: NodeLogView | null;
  api: Pick<NodesApi, "decisions" | "log">;
}

/** The node whose details are open, the latest decisions about it, and what was seen of it. */
export class NodeDetails {
  readonly #api: NodeDetailsOptions["api"];
  readonly #nodeId: Signal<string | null>;
  readonly #decisions: Signal<readonly NodeDecision[] | null>;
  readonly #log: Signal<NodeLogView | null>;
  readonly #problem: Signal<ErrorBody | null> = signal(null);
  #isLoading = false;
  #isStale = false;

  constructor({ nodeId, decisions, log, api }: NodeDetailsOptions) {
    this.#api = api;
    this.#nodeId = signal(nodeId);
    this.#decisions = signal(nodeId === null ? null : decisions);
    this.#log = signal(nodeId === null ? null : log);
  }

  get nodeId(): ReadonlySignal<string | null> {
    return this.#nodeId;
  }

  /** Newest first; null while they are fetched for the first time. */
  get decisions(): ReadonlySignal<readonly NodeDecision[] | null> {
    return this.#decisions;
  }

  /** Null while it is fetched for the first time. */
  get log(): ReadonlySignal<NodeLogView | null> {
    return this.#log;
  }

  /** Why they could not be fetched. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  async open(nodeId: string): Promise<void> {
    if (this.#nodeId.peek() !== nodeId) this.#forget();
    this.#nodeId.value = nodeId;
    await this.reload();
  }

  close(): void {
    this.#nodeId.value = null;
    this.#forget();
    this.#problem.value = null;
  }

  /** Fetches the decisions and the log again; what comes in meanwhile is fetched once more after that. */
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

  #forget(): void {
    this.#decisions.value = null;
    this.#log.value = null;
  }

  async #load(): Promise<void> {
    const nodeId = this.#nodeId.peek();
    if (nodeId === null) return;
    try {
      const [decisions, log] = await Promise.all([this.#api.decisions(nodeId), this.#api.log(nodeId)]);
      if (this.#nodeId.peek() !== nodeId) return;
      this.#log.value = log;
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
