import type { NodeHealth, NodeInfo } from "../../shared/mod.ts";
import type { NodeState } from "./node_state.ts";

const SLOW_MS = 15_000;
const BUSY = 0.85;

/** The health of a node: what its list of models showed, over which goes what calls and probes have shown since. */
export function healthOf(node: NodeInfo, listed: NodeHealth, state: NodeState, now: number): NodeHealth {
  if (!node.enabled) return { status: "unknown", reason: "Switched off" };
  const measured = state.latency.measured;
  const told: NodeHealth = measured === undefined ? listed : { ...listed, latencyMs: Math.round(measured) };
  if (node.draining) return { ...told, status: "warning", reason: drainingText(state) };
  const { breaker, coolingUntil, refusal } = state;
  if (coolingUntil > now) {
    const reason = `It asked to be left alone, for ${seconds(coolingUntil - now)} more`;
    return { ...told, status: "warning", reason };
  }
  if (breaker.state === "open") {
    const wait = breaker.retryAt - now;
    const next = wait > 0 ? `tried again in ${seconds(wait)}` : "tried again with the next call";
    return { ...told, status: "offline", reason: `${state.lastFailure}; ${next}` };
  }
  if (breaker.state === "half_open") {
    return { ...told, status: "warning", reason: `It is being tried again after: ${state.lastFailure}` };
  }
  if (refusal !== undefined) return { ...told, status: "warning", reason: refusal };
  if (told.status !== "healthy") return told;
  if (state.ramp < 1) {
    return { ...told, status: "warning", reason: "It is back, and gets more work step by step" };
  }
  if (node.concurrency > 0 && state.inFlight / node.concurrency >= BUSY) {
    return { ...told, status: "warning", reason: `${state.inFlight} of ${node.concurrency} turns are taken` };
  }
  if (measured !== undefined && measured >= SLOW_MS) {
    return { ...told, status: "warning", reason: `Slow: ${seconds(measured)} to the first token` };
  }
  return told;
}

function drainingText({ inFlight }: NodeState): string {
  return inFlight === 0 ? "It takes no new work" : `It takes no new work; ${inFlight} calls are under way`;
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.ceil(ms / 1000))} s`;
}
