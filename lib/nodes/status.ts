import type { NodesPulse, NodeStatus, NodeView } from "../shared/mod.ts";
import { isLoopbackName } from "../access/mod.ts";
import type { NodeState } from "./health/node_state.ts";
import type { Scheduler } from "./queue/scheduler.ts";

/** Calls at the same time that count as a full load where a node has no limit. */
const FULL_LOCAL = 4;
const FULL_HOSTED = 32;

/** What changes all the time on a node. */
export type NodeFigures = Omit<NodesPulse["nodes"][number], "id" | "reason" | "second">;

/** A node as it is now, with what it does. */
export function statusOf(view: NodeView, state: NodeState, figures: NodeFigures): NodeStatus {
  return { ...view, ...figures, activity: state.activity.history() };
}

/** What a node does now. `memory` is that of this machine. */
export function figuresOf(
  view: NodeView,
  { breaker, inFlight, activity, latency }: NodeState,
  scheduler: Scheduler,
  memory: number | null,
): NodeFigures {
  const full = view.concurrency || (view.local ? FULL_LOCAL : FULL_HOSTED);
  return {
    status: view.health.status,
    load: Math.min(100, Math.round(100 * inFlight / full)),
    memory: isHere(view) ? memory : null,
    requestsPerSecond: activity.requestsPerSecond(),
    latencyMs: latency.measured === undefined ? null : Math.round(latency.measured),
    inFlight,
    waiting: scheduler.waitingFor(view.id),
    breaker: breaker.state,
  };
}

/** How much of this machine's memory is taken, in percent; null where that may not be known. */
export function memoryTaken(): number | null {
  try {
    const { total, available } = Deno.systemMemoryInfo();
    return total > 0 ? Math.round(100 * (total - available) / total) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) return null;
    throw error;
  }
}

function isHere({ baseUrl, kind }: NodeView): boolean {
  return kind === "sketch" || isLoopbackName(new URL(baseUrl).hostname);
}
