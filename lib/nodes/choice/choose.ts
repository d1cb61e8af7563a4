import type { NodeView } from "../../shared/mod.ts";
import { explain } from "./explain.ts";
import type { Option, Priced } from "./option.ts";

/** ms that a node of which nothing was measured is taken to need to the first token, where no other was measured either. */
const UNKNOWN_LATENCY_MS = 500;
/** The node with the conversation's prompt in its cache is asked until it costs so many times what the best one does. */
const STICKY_FACTOR = 2;

/** What a choice depends on besides the nodes. */
export interface Wish {
  model: string;
  now: number;
  /** The node that holds the conversation's prompt. */
  stickyId?: string | undefined;
}

/** A choice with its reason in words. */
export interface Choice extends Option {
  reason: string;
  /** All that had room, best first. */
  priced: readonly Priced[];
}

/** Whether a node has a turn to give. */
export function hasRoom({ node, state }: Option): boolean {
  return node.concurrency === 0 || state.inFlight < node.concurrency;
}

/**
 * The best node: of the first tier of priority that has a turn to give, one that has the model loaded, then the lowest
 * (calls under way or begun of late + 1) × time to the first token ÷ weight; before all that, the node that holds the conversation's prompt,
 * unless it is much busier than the best. Null where no node has a turn to give.
 */
export function choose(options: readonly Option[], wish: Wish): Choice | null {
  const free = options.filter(hasRoom);
  const priority = Math.min(...free.map(({ node }) => node.priority));
  const tier = free.filter(({ node }) => node.priority === priority);
  const priced = price(tier, wish);
  const [best] = priced;
  if (!best) return null;
  // One call shows whether a node is back; were it left to the cost, nobody would ask a node that has failed.
  const trial = priced.find(({ state }) => state.breaker.state !== "closed");
  if (trial && priced.length > 1) {
    return { node: trial.node, state: trial.state, priced, reason: "to see whether it is well again" };
  }
  const sticky = priced.find(({ node }) => node.id === wish.stickyId);
  const isSticky = sticky !== undefined && sticky.cost <= best.cost * STICKY_FACTOR &&
    (sticky.isLoaded || !best.isLoaded);
  const chosen = isSticky ? sticky : best;
  const reason = explain({ chosen, priced, options, isSticky, now: wish.now });
  return { node: chosen.node, state: chosen.state, priced, reason };
}

function price(tier: readonly Option[], { model, now }: Wish): Priced[] {
  const measured = tier.flatMap(({ state }) => state.latency.measured ?? []).sort((a, b) => a - b);
  // A node of which nothing is known is taken for a middling one: it gets tried, but no flood.
  const middling = measured[Math.floor(measured.length / 2)] ?? UNKNOWN_LATENCY_MS;
  const shares = tier.map(({ node, state }) => state.recentStarts(now) / weightOf(node));
  const share = Math.max(0, ...shares);
  const priced = tier.map(({ node, state }) => {
    state.join(share * weightOf(node));
    const latency = (state.latency.measured ?? middling) + state.latency.penalty(now);
    const weight = weightOf(node);
    // What began of late counts too: else of calls that come one by one all would go to the heaviest node.
    const cost = ((state.inFlight + 1) / state.ramp + state.recentStarts(now)) * Math.max(latency, 1) /
      weight;
    return { node, state, cost, isLoaded: isLoaded(node, model) };
  });
  return priced.sort((a, b) => Number(b.isLoaded) - Number(a.isLoaded) || a.cost - b.cost);
}

function weightOf({ weight }: NodeView): number {
  return Math.max(weight, 0.01);
}

function isLoaded(node: NodeView, model: string): boolean {
  // Only some servers tell; of the others every model counts as loaded.
  if (!node.models.some(({ loaded }) => loaded !== undefined)) return true;
  return node.models.some(({ id, loaded }) => id === model && loaded === true);
}
