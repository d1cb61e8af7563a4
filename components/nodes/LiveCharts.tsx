import { useMemo } from "preact/hooks";
import type { Draw } from "../../lib/client/canvas/canvas_view.ts";
import { drawLevels, drawLine, scaleOf } from "../../lib/client/canvas/line_chart.ts";
import { formatCount } from "../../lib/client/format.ts";
import type { NodesBoard } from "../../lib/client/nodes/nodes_board.ts";
import type { NodeSecond } from "../../lib/shared/mod.ts";
import { ChartCanvas } from "./ChartCanvas.tsx";
import { useNodes } from "./context.ts";
import { rateWords } from "./node_words.ts";

/** What all nodes did in the last minute. */
export function LiveCharts() {
  const { t } = useNodes();
  return (
    <div class="live-charts needs-script">
      <LiveChart name={t("nodesPage.chart.requests")} figure="requests" />
      <LiveChart name={t("nodesPage.chart.deltas")} figure="deltas" />
    </div>
  );
}

function LiveChart({ name, figure }: { name: string; figure: keyof NodeSecond }) {
  const { board, t } = useNodes();
  const draw = useMemo(() => drawOf(board, figure), [board, figure]);
  return (
    <figure class={`live-chart live-chart--${figure}`}>
      <figcaption class="live-chart__head">
        <span class="live-chart__name">{name}</span>
        <Latest figure={figure} />
      </figcaption>
      <ChartCanvas class="live-chart__canvas" version={board.beats} draw={draw} />
      <p class="live-chart__axis" aria-hidden="true">
        <span>{t("nodesPage.minuteAgo")}</span>
        <Scale figure={figure} />
        <span>{t("nodesPage.now")}</span>
      </p>
    </figure>
  );
}

/** Tokens of the last whole second; requests are few, so that their rate is that of ten seconds, as on the cards. */
function Latest({ figure }: { figure: keyof NodeSecond }) {
  const { board, language } = useNodes();
  const rate = figure === "requests" ? board.requestsPerSecond.value : board.sums[figure].value.at(-1) ?? 0;
  return <strong class="live-chart__latest">{rateWords(rate, language)}</strong>;
}

/** What the chart's height stands for. */
function Scale({ figure }: { figure: keyof NodeSecond }) {
  const { board, language } = useNodes();
  return <span>0–{formatCount(scaleOf(board.sums[figure].value), language)}</span>;
}

function drawOf(board: NodesBoard, figure: keyof NodeSecond): Draw {
  return (context, size, { color, borderTopColor }) => {
    const values = board.sums[figure].peek();
    drawLevels(context, size, 2, borderTopColor);
    drawLine(context, size, { values, max: scaleOf(values), color });
  };
}
