import { useMemo } from "preact/hooks";
import type { Draw } from "../../lib/client/canvas/canvas_view.ts";
import { drawLine, drawTicks, scaleOf } from "../../lib/client/canvas/line_chart.ts";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { HISTORY_SECONDS } from "../../lib/client/nodes/second_history.ts";
import { ChartCanvas } from "./ChartCanvas.tsx";

/** What a node wrote in the last minute; a red tick stands where a call failed. */
export function Sparkline({ node }: { node: LiveNode }) {
  const draw = useMemo(() => drawOf(node), [node]);
  return <ChartCanvas class="node-card__spark needs-script" version={node.history.version} draw={draw} />;
}

function drawOf({ history }: LiveNode): Draw {
  const values = new Float64Array(HISTORY_SECONDS);
  const failures = new Float64Array(HISTORY_SECONDS);
  return (context, size, { color, borderTopColor }) => {
    values.fill(0);
    failures.fill(0);
    history.addTo(values, "deltas");
    history.addTo(failures, "failures");
    drawLine(context, size, { values, max: scaleOf(values), color });
    drawTicks(context, size, failures, borderTopColor);
  };
}
