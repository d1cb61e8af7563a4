import type { UsagePulse } from "../shared/mod.ts";
import { sleep } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { LiveFigures } from "../analytics/mod.ts";
import type { Services } from "./services.ts";

const PULSE_MS = 1_000;

/** What the dashboard is told. */
export interface UsageEvent {
  type: "pulse";
  data: UsagePulse;
}

type Live = Pick<Services, "clock" | "nodes" | "usage">;

/** What happens now. */
export async function pulseOf({ clock, nodes, usage }: Live, principal: Principal): Promise<UsagePulse> {
  const at = clock.now();
  const [pulse, revision] = await Promise.all([nodes.pulse(principal), usage.revision(principal, at)]);
  const sum = (of: (node: (typeof pulse.nodes)[number]) => number) =>
    pulse.nodes.reduce((total, node) => total + of(node), 0);
  return {
    at,
    active: nodes.dispatcher.active.of(principal.profileId),
    waiting: pulse.queue.length,
    requestsPerSecond: sum((node) => node.requestsPerSecond),
    tokensPerSecond: sum((node) => node.second.deltas),
    revision,
  };
}

/** A pulse at once and each second, until the signal is aborted. */
export async function* usageEvents(
  services: Live,
  principal: Principal,
  signal: AbortSignal,
): AsyncGenerator<UsageEvent, void, undefined> {
  while (!signal.aborted) {
    yield { type: "pulse", data: await pulseOf(services, principal) };
    await sleep(services.clock, PULSE_MS, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** What is only known when somebody looks, for the metrics. */
export async function liveFigures({ nodes }: Live, principal: Principal): Promise<LiveFigures> {
  const { dispatcher } = nodes;
  const statuses = await nodes.statuses(principal);
  return {
    active: dispatcher.active.of(principal.profileId),
    waiting: dispatcher.scheduler.queued(principal.profileId).length,
    nodes: statuses.map(({ name, status }) => ({ name, isUp: status !== "offline" })),
  };
}
