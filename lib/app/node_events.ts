import type { NodesPulse } from "../shared/mod.ts";
import { sleep } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Services } from "./services.ts";

const PULSE_MS = 1_000;

/** What the page of nodes is told. */
export type NodesEvent = { type: "pulse"; data: NodesPulse } | {
  type: "changed";
  data: Record<string, never>;
};

/** A pulse at once and each second, and `changed` where nodes, their models or their settings did, until the signal is aborted. */
export async function* nodeEvents(
  { clock, feed, nodes }: Pick<Services, "clock" | "feed" | "nodes">,
  principal: Principal,
  signal: AbortSignal,
): AsyncGenerator<NodesEvent, void, undefined> {
  let hasChanged = false;
  const leave = new AbortController();
  const left = AbortSignal.any([signal, leave.signal]);
  const listening = (async () => {
    while (!left.aborted) {
      for await (const events of feed.subscribe(principal.profileId, left)) {
        hasChanged ||= events.some(({ type }) => type === "nodes:changed");
      }
      // Cut off, so that nobody knows what was missed.
      hasChanged = true;
    }
  })();
  try {
    while (!signal.aborted) {
      if (hasChanged) {
        hasChanged = false;
        yield { type: "changed", data: {} };
      }
      yield { type: "pulse", data: await nodes.pulse(principal) };
      await sleep(clock, PULSE_MS, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  } finally {
    leave.abort();
    await listening;
  }
}
