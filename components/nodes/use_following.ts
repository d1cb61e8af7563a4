import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useNodes } from "./context.ts";

/** Keeps what hangs on the open node up to date: its decisions and its log, the address of the page, and the colours of what is drawn. */
export function useFollowing(): void {
  const { board, details, painter, report } = useNodes();
  useEffect(() => {
    let shown: { id?: string | undefined; look: string } = { look: "" };
    const stops = [
      effect(() => {
        const node = board.find(details.nodeId.value);
        // A call began or ended, or the node is busy.
        const inFlight = node?.figures.inFlight.value;
        void node?.history.version.value;
        if (!node || !(inFlight || wasBusy(details.decisions.peek()) || node.history.isActive)) return;
        details.reload().catch(report);
      }),
      effect(() => {
        const node = board.find(details.nodeId.value);
        const now = { id: node?.id, look: `${node?.look.value} ${node?.figures.breaker.value}` };
        const hasChanged = now.id === shown.id && now.look !== shown.look;
        shown = now;
        if (hasChanged) details.reload().catch(report);
      }),
      effect(() => {
        void board.beats.value;
        // Its next probe is over by now.
        const nextProbeAt = details.log.peek()?.nextProbeAt ?? Infinity;
        if (board.now > nextProbeAt) details.reload().catch(report);
      }),
      effect(() => {
        const id = details.nodeId.value;
        const path = id === null ? "/nodes" : `/nodes?node=${encodeURIComponent(id)}`;
        if (location.pathname + location.search !== path) history.replaceState(history.state, "", path);
      }),
    ];
    const themes = new MutationObserver(() => painter.markAll());
    themes.observe(document.documentElement, { attributes: true });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const repaint = () => painter.markAll();
    scheme.addEventListener("change", repaint);
    return () => {
      stops.forEach((stop) => stop());
      themes.disconnect();
      scheme.removeEventListener("change", repaint);
      painter.stop();
    };
  }, []);
}

/** Whether a call was under way when the decisions were last fetched. */
function wasBusy(decisions: readonly { outcome?: unknown }[] | null): boolean {
  return decisions?.some(({ outcome }) => outcome === undefined) ?? false;
}
