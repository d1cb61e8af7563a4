import type { Option, Priced } from "./option.ts";

/** What a choice was made of. */
export interface Reasons {
  chosen: Priced;
  /** Those of its tier with a turn to give, best first. */
  priced: readonly Priced[];
  /** All that were available. */
  options: readonly Option[];
  /** Chosen for the conversation's prompt in its cache. */
  isSticky: boolean;
  now: number;
}

/** Why a node was chosen, in one clause for people: "no other node is free", "fastest of 3 (120 ms, 2 under way)". */
export function explain({ chosen, priced, options, isSticky }: Reasons): string {
  const facts = `${latencyText(chosen)}, ${chosen.state.inFlight} under way`;
  if (options.length === 1) return "the only node with this model";
  const full = options.filter(({ node }) =>
    node.priority <= chosen.node.priority && !priced.some((other) => other.node.id === node.id)
  );
  const others = full.length > 0 ? `; ${namesOf(full)} had no turn free` : "";
  if (isSticky) return `it holds this conversation (${facts})${others}`;
  if (priced.length === 1) {
    return full.length > 0
      ? `${namesOf(full)} had no turn free`
      : `first by priority of ${options.length} nodes (${facts})`;
  }
  const [first, second] = priced;
  const isLoadedFirst = first?.isLoaded && second && !second.isLoaded;
  if (isLoadedFirst) return `the only one that has the model loaded (${facts})${others}`;
  return `best of ${priced.length} nodes (${facts}, before ${
    priced.filter((other) => other !== chosen).slice(0, 2).map((other) =>
      `${other.node.name}: ${latencyText(other)}, ${other.state.inFlight} under way`
    ).join("; ")
  })${others}`;
}

function latencyText({ state }: Option): string {
  const { measured } = state.latency;
  return measured === undefined ? "not measured yet" : `${Math.round(measured)} ms to the first token`;
}

function namesOf(options: readonly Option[]): string {
  return options.map(({ node }) => node.name).join(", ");
}
