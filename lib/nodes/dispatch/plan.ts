import type { Continuation } from "../../providers/mod.ts";
import type { Option } from "../choice/option.ts";
import type { Route } from "../choice/routes.ts";
import type { AnswerSoFar } from "./answer_so_far.ts";

/** A model is asked of one node, and of at most two others. */
const ATTEMPTS_MAX = 3;
/** An answer that breaks off again and again is given up. */
const TOTAL_MAX = 24;

/** What may still be tried for one call: the nodes of the first model of its chain, then those of the next. */
export class Plan {
  readonly #routes: readonly Route[];
  readonly #answer: AnswerSoFar;
  readonly #continuationOf: (option: Option, model: string) => Continuation;
  readonly #tried = new Set<string>();
  #at = 0;
  #attempts = 0;
  #total = 0;
  /** The node that failed last after it had brought the answer on. */
  #last: string | undefined;
  /** Nodes that limit requests: asked again when no other is left. */
  readonly #limiting = new Set<string>();

  constructor(
    routes: readonly Route[],
    answer: AnswerSoFar,
    continuationOf: (option: Option, model: string) => Continuation,
  ) {
    this.#routes = routes;
    this.#answer = answer;
    this.#continuationOf = continuationOf;
  }

  /** The model to ask and the nodes to choose from; null where nothing is left. */
  next(): Route | null {
    for (; this.#at < this.#routes.length; this.#at++) {
      const route = this.#routes[this.#at];
      const mayTry = this.#attempts < ATTEMPTS_MAX && this.#total < TOTAL_MAX;
      const options = route && mayTry ? this.left(route, route.options) : [];
      if (route && options.length > 0) return { ...route, options };
      // What one model has begun is not for another to end.
      if (this.#answer.hasBegun) return null;
      this.#tried.clear();
      this.#attempts = 0;
    }
    return null;
  }

  /** Those of a route's nodes that may still be asked. */
  left({ model }: Pick<Route, "model">, options: readonly Option[]): Option[] {
    const left = options.filter((option) =>
      !this.#tried.has(option.node.id) &&
      (!this.#answer.hasText || this.#continuationOf(option, model) !== "none")
    );
    const others = left.filter(({ node }) => node.id !== this.#last && !this.#limiting.has(node.id));
    if (others.length > 0) return others;
    return left.filter(({ node }) => node.id !== this.#last || this.#attempts > 0);
  }

  /** A node has brought the answer on before it failed: all others may be asked again, and it too after one of them. */
  proceed(nodeId: string): void {
    this.#tried.clear();
    this.#last = nodeId;
    this.#attempts = 0;
  }

  /** A node that wants to be left alone for a while may be asked again after it. */
  retry(nodeId: string): void {
    this.#tried.delete(nodeId);
    this.#limiting.add(nodeId);
    this.#attempts--;
  }

  /** A node is asked. */
  try(nodeId: string): void {
    this.#tried.add(nodeId);
    this.#attempts++;
    this.#total++;
  }
}
