import type { ProfileEvent, SystemAlert } from "../../shared/mod.ts";

/**
 * Hears of the machine's thresholds while the page is seen, by the browser's own client, which comes back by itself. What was
 * missed meanwhile stands on the page of the machine, so nothing is fetched again. Returns what ends that.
 */
export function listenForAlerts(onAlert: (alert: SystemAlert) => void): () => void {
  let source: EventSource | undefined;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const look = () => {
    if (document.visibilityState !== "visible") return close();
    if (source) return;
    source = new EventSource("/api/events");
    source.addEventListener("system:alert", ({ data }) => {
      const event = JSON.parse(data) as ProfileEvent;
      if (event.type === "system:alert") onAlert(event.alert);
    });
  };
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pagehide", close, { signal });
  addEventListener("pageshow", look, { signal });
  look();
  return () => {
    ending.abort();
    close();
  };
}
