import { effect } from "@preact/signals";
import type { Clock } from "../clock.ts";
import { PageAwake } from "../page_awake.ts";

/**
 * Calls `start` while the page is seen and `stop` when it has not been for a while: browsers slow hidden pages down, and a
 * program must not wait for one that draws nothing. What it returns ends that.
 */
export function whileSeen(clock: Clock, { start, stop }: { start(): void; stop(): void }): () => void {
  const awake = new PageAwake(clock);
  const end = effect(() => awake.awake.value ? start() : stop());
  const ending = new AbortController();
  const { signal } = ending;
  const look = () => awake.setVisible(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pageshow", () => awake.setVisible(true), { signal });
  addEventListener("pagehide", () => awake.leave(), { signal });
  return () => {
    ending.abort();
    end();
    stop();
  };
}
