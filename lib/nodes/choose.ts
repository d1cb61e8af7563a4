import type { ErrorCode, NodeView } from "../shared/mod.ts";

/** A node to ask, and why, in words. */
export interface Candidate {
  node: NodeView;
  reason: string;
}

/** What goes wrong on one node and may go right on another, as long as nothing has been answered. */
const WORTH_ANOTHER_NODE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "unreachable",
  "stalled",
  "upstream",
  "unavailable",
  "rate_limited",
  "auth",
  "model_not_found",
]);

/** Whether another node should be asked after this error. */
export function isWorthAnotherNode(code: ErrorCode): boolean {
  return WORTH_ANOTHER_NODE.has(code);
}

/** The nodes to ask, best first: by priority, then reachable ones, then the least busy for their weight. */
export function rank(holders: NodeView[], model: string, inFlight: (nodeId: string) => number): Candidate[] {
  const load = (node: NodeView) => (inFlight(node.id) + 1) / Math.max(node.weight, 0.01);
  const sorted = holders.toSorted((a, b) =>
    a.priority - b.priority || offline(a) - offline(b) || loaded(b, model) - loaded(a, model) ||
    load(a) - load(b)
  );
  return sorted.map((node, i) => ({ node, reason: explain(node, sorted, i) }));
}

function offline(node: NodeView): number {
  return node.health.status === "offline" ? 1 : 0;
}

function loaded(node: NodeView, model: string): number {
  return node.models.some(({ id, loaded }) => id === model && loaded) ? 1 : 0;
}

function explain(node: NodeView, sorted: NodeView[], place: number): string {
  if (sorted.length === 1) return "the only node with this model";
  if (place > 0) return `number ${place + 1} of ${sorted.length} nodes with this model`;
  return `first of ${sorted.length} nodes with this model, priority ${node.priority}`;
}
