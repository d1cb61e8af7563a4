import { effect } from "@preact/signals";
import type { NodesPulse } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import { EventStream } from "../event_stream.ts";
import { PageAwake } from "../page_awake.ts";
import type { NodesApi } from "./nodes_api.ts";

/** What a stream of nodes needs. */
export interface NodesStreamOptions {
  api: Pick<NodesApi, "events">;
  clock: Clock;
  onPulse(pulse: NodesPulse): void;
  /** Nodes, models or settings changed, or may have while nobody listened. */
  onChanged(): void;
}

/** The server's events about nodes; it comes back by itself after a break. */
export function nodesStream({ api, clock, onPulse, onChanged }: NodesStreamOptions): EventStream {
  return new EventStream({
    clock,
    open: (_, signal) => api.events(signal),
    onEvent: ({ event, data }) => {
      if (event === "pulse" && data) onPulse(JSON.parse(data) as NodesPulse);
      if (event === "changed") onChanged();
    },
    onOpen: onChanged,
  });
}

/** Keeps a stream open while the page is seen; returns what ends that. */
export function streamWhileSeen(stream: EventStream, clock: Clock): () => void {
  const awake = new PageAwake(clock);
  const stop = effect(() => awake.awake.value ? stream.start() : stream.stop());
  const ending = new AbortController();
  const { signal } = ending;
  const look = () => awake.setVisible(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pageshow", () => awake.setVisible(true), { signal });
  addEventListener("pagehide", () => awake.leave(), { signal });
  addEventListener("online", () => stream.retryNow(), { signal });
  return () => {
    ending.abort();
    stop();
    stream.stop();
  };
}
