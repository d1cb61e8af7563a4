import type { NodeInfo } from "../../shared/mod.ts";

/** Nodes by their ids, in the tiers in which they are asked; those of one tier share what comes. */
export type Tiers = readonly (readonly string[])[];

/** The tiers of nodes, by priority. The built-in node stands outside of the order: it is always asked last. */
export function tiersOf(nodes: readonly Pick<NodeInfo, "id" | "origin" | "priority">[]): Tiers {
  const placed = nodes.filter(({ origin }) => origin !== "builtin");
  const groups = [...Map.groupBy(placed, ({ priority }) => priority)].sort(([a], [b]) => a - b);
  return groups.map(([, group]) => group.map(({ id }) => id));
}

/**
 * The place of a node, counted among the tiers of the others: `2 * i + 1` is in tier `i` with them, and `2 * i` is a tier of its
 * own before it.
 */
export function placeOf(tiers: Tiers, id: string): number {
  const tier = tiers.findIndex((ids) => ids.includes(id));
  return (tiers[tier]?.length ?? 0) > 1 ? 2 * tier + 1 : 2 * tier;
}

/** The tiers without a node. */
export function without(tiers: Tiers, id: string): Tiers {
  return tiers.map((ids) => ids.filter((other) => other !== id)).filter((ids) => ids.length > 0);
}

/** The tiers with a node at a place; beyond the ends it has the first or the last one. */
export function movedTo(tiers: Tiers, id: string, place: number): Tiers {
  const others = without(tiers, id);
  const at = Math.max(0, Math.min(2 * others.length, place));
  const tier = Math.floor(at / 2);
  return at % 2 === 0 ? others.toSpliced(tier, 0, [id]) : others.with(tier, [...others[tier] ?? [], id]);
}
