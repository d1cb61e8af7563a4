import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NodeTest } from "../../shared/mod.ts";

/** What a `NodeTester` needs. */
export interface NodeTesterOptions {
  /** Has the server ask a node. */
  test(id: string): Promise<NodeTest>;
  /** Shows what came of it. */
  onResult(id: string, result: NodeTest): void;
  onError(error: unknown): void;
}

/** Tests of nodes, of each node one at a time. */
export class NodeTester {
  readonly #options: NodeTesterOptions;
  readonly #running: Signal<ReadonlySet<string>> = signal(new Set<string>());

  constructor(options: NodeTesterOptions) {
    this.#options = options;
  }

  /** The nodes that are being tested. */
  get running(): ReadonlySignal<ReadonlySet<string>> {
    return this.#running;
  }

  /** Asks a node. Undefined where it is being asked already, or the question itself failed. */
  async test(id: string): Promise<NodeTest | undefined> {
    if (this.#running.peek().has(id)) return undefined;
    this.#running.value = new Set(this.#running.peek()).add(id);
    try {
      const result = await this.#options.test(id);
      this.#options.onResult(id, result);
      return result;
    } catch (error) {
      this.#options.onError(error);
      return undefined;
    } finally {
      this.#running.value = new Set([...this.#running.peek()].filter((other) => other !== id));
    }
  }
}
