import { FreshetError, type NodeInfo } from "../shared/mod.ts";

/** Between two tiers, so that others can be put between them. */
const STEP = 10;
const PRIORITY_MAX = 10_000;

/** Nodes of the same place in the order, which share what comes. */
type Tier = readonly NodeInfo[];

interface Place {
  /** The priority that most of its nodes have already; it is kept where the order allows that. */
  priority: number;
  /** How many nodes need no change then. */
  weight: number;
}

/** Whether a node stands where the configuration put it. */
export function isFixed({ origin }: Pick<NodeInfo, "origin">): boolean {
  return origin === "builtin" || origin === "config";
}

/**
 * The tiers that an order by ids names, and after them those nodes that it does not, as they share priorities now. Unknown ids
 * and the built-in node do not count; nodes of the configuration count where they are named.
 */
export function tiersNamed(nodes: readonly NodeInfo[], named: readonly (readonly string[])[]): Tier[] {
  const left = new Map(nodes.filter(({ origin }) => origin !== "builtin").map((node) => [node.id, node]));
  const take = (id: string) => {
    const node = left.get(id);
    left.delete(id);
    return node ?? [];
  };
  const tiers = named.map((ids) => ids.flatMap(take));
  const rest = [...left.values()].filter((node) => !isFixed(node));
  return [...tiers, ...Map.groupBy(rest, ({ priority }) => priority).values()]
    .filter((tier) => tier.length > 0);
}

/**
 * A priority for each tier, rising, that of its fixed nodes where it has any, and with as few changes as can be: what is new at
 * the default priority goes on joining those who have it. `taken` are priorities of nodes that the tiers do not name: what is new
 * keeps off them while there is room. Throws `conflict` where fixed nodes leave no room for the order.
 */
export function prioritiesOf(tiers: readonly Tier[], taken: ReadonlySet<number> = new Set()): number[] {
  const priorities: number[] = [];
  let between: Place[] = [];
  let low = 0;
  for (const tier of tiers) {
    const fixed = fixedPriority(tier);
    if (fixed === undefined) {
      between.push(placeOf(tier));
      continue;
    }
    priorities.push(...spread(between, low, fixed, taken), fixed);
    low = fixed;
    between = [];
  }
  return [...priorities, ...spread(between, low, PRIORITY_MAX + 1, taken)];
}

function fixedPriority(tier: Tier): number | undefined {
  const fixed = tier.filter(isFixed);
  const [first] = fixed;
  if (fixed.some(({ priority }) => priority !== first?.priority)) throw noRoom();
  return first?.priority;
}

function placeOf(tier: Tier): Place {
  const groups = [...Map.groupBy(tier, ({ priority }) => priority)];
  const [priority, { length: weight }] = groups.reduce((a, b) => b[1].length > a[1].length ? b : a);
  return { priority, weight };
}

/** Rising priorities strictly between `low` and `high`. */
function spread(
  places: readonly Place[],
  low: number,
  high: number,
  taken: ReadonlySet<number>,
): number[] {
  if (high - low <= places.length) throw noRoom();
  const priorities: number[] = [];
  const fillTo = (count: number, bound: number) => {
    const from = priorities.at(-1) ?? low;
    const missing = count - priorities.length;
    const span = Math.min(bound - from, STEP * (missing + 1));
    for (let i = 1; i <= missing; i++) {
      let priority = Math.max(from + Math.floor(span * i / (missing + 1)), (priorities.at(-1) ?? low) + 1);
      while (taken.has(priority) && priority + 1 + missing - i < bound) priority++;
      priorities.push(priority);
    }
  };
  for (const kept of keptOf(places, low, high)) {
    const { priority } = places[kept] ?? { priority: high };
    fillTo(kept, priority);
    priorities.push(priority);
  }
  fillTo(places.length, high);
  return priorities;
}

/**
 * Which places keep their priority: the heaviest rising subsequence that leaves room for all others, by dynamic programming.
 */
function keptOf(places: readonly Place[], low: number, high: number): number[] {
  const chains: { weight: number; kept: number[] }[] = [];
  let best: { weight: number; kept: number[] } = { weight: 0, kept: [] };
  for (const [i, { priority, weight }] of places.entries()) {
    let before: { weight: number; kept: number[] } | undefined;
    if (priority - low > i) before = { weight: 0, kept: [] };
    for (const chain of chains) {
      const last = chain.kept.at(-1) ?? 0;
      const hasRoom = priority - (places[last]?.priority ?? 0) >= i - last;
      if (hasRoom && chain.weight > (before?.weight ?? -1)) before = chain;
    }
    if (!before) continue;
    const chain = { weight: before.weight + weight, kept: [...before.kept, i] };
    chains.push(chain);
    if (high - priority >= places.length - i && chain.weight > best.weight) best = chain;
  }
  return best.kept;
}

function noRoom(): FreshetError {
  return new FreshetError("conflict", "The priorities of fresh.config.ts leave no room for this order", {
    hint: "Change them there",
  });
}
