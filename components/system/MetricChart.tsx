import { useMemo } from "preact/hooks";
import type { Draw } from "../../lib/client/canvas/canvas_view.ts";
import { drawGapLine } from "../../lib/client/canvas/gap_chart.ts";
import { drawLevels, scaleOf } from "../../lib/client/canvas/line_chart.ts";
import { rowsOf, seriesOf, summaryOf } from "../../lib/client/system/series.ts";
import type { SystemModel } from "../../lib/client/system/system_model.ts";
import type { SystemFigure } from "../../lib/shared/mod.ts";
import { useSystem } from "./context.ts";
import { MetricCanvas } from "./MetricCanvas.tsx";
import { figureWords, isPercent, timeWords } from "./system_words.ts";

/** One figure, or two of a kind, over the range that is shown: as a line, in words, and as a table. */
export function MetricChart({ figures }: { figures: readonly SystemFigure[] }) {
  const { model, t, language } = useSystem();
  const words = { t, language };
  const { range } = model.history.value;
  const name = figures.map((figure) => t(`system.chart.${figure}`)).join(", ");
  const draw = useMemo(() => drawOf(model, figures), [model]);
  return (
    <figure class={`metric metric--${figures[0]}`}>
      <figcaption class="metric__head">
        {figures.map((figure) => (
          <span key={figure} class={`metric__name metric__name--${figure}`}>
            <span>{t(`system.chart.${figure}`)}</span>
            <strong>{figureWords(figure, model.view.value.sample[figure], words)}</strong>
          </span>
        ))}
      </figcaption>
      <MetricCanvas draw={draw} />
      <p class="metric__axis needs-script" aria-hidden="true">
        <span>{t(`system.ago.${range}`)}</span>
        <Scale figures={figures} />
        <span>{t("system.now")}</span>
      </p>
      {figures.map((figure) => <Summary key={figure} figure={figure} isOnlyOne={figures.length === 1} />)}
      <details class="metric__table">
        <summary aria-label={t("system.chart.tableOf", { name })}>{t("system.chart.table")}</summary>
        {figures.map((figure) => <Table key={figure} figure={figure} />)}
      </details>
    </figure>
  );
}

function Summary({ figure, isOnlyOne }: { figure: SystemFigure; isOnlyOne: boolean }) {
  const { model, t, language } = useSystem();
  const values = model.history.value.points.map((point) => point[figure] ?? NaN);
  const summary = summaryOf(values);
  const text = summary
    ? t("system.chart.summary", {
      mean: figureWords(figure, summary.mean, { t, language }),
      largest: figureWords(figure, summary.largest, { t, language }),
    })
    : t("system.chart.none");
  return <p class="metric__summary">{isOnlyOne ? text : `${t(`system.chart.${figure}`)}: ${text}`}</p>;
}

function Table({ figure }: { figure: SystemFigure }) {
  const { model, t, language } = useSystem();
  const { points, range } = model.history.value;
  const words = { t, language };
  return (
    <table class="system-table">
      <caption class="visually-hidden">{t(`system.chart.${figure}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t("system.chart.from")}</th>
          <th scope="col">{t("system.chart.mean")}</th>
          <th scope="col">{t("system.chart.largest")}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(points, figure, range).map(({ at, mean, largest }) => (
          <tr key={at}>
            <th scope="row">{timeWords(at, range, words)}</th>
            <td>{figureWords(figure, mean, words)}</td>
            <td>{figureWords(figure, largest, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Scale({ figures }: { figures: readonly SystemFigure[] }) {
  const { model, t, language } = useSystem();
  const [first = "cpu"] = figures;
  return <span>0–{figureWords(first, topOf(model, figures), { t, language })}</span>;
}

function topOf({ history }: SystemModel, figures: readonly SystemFigure[]): number {
  if (figures.every(isPercent)) return 100;
  const { points } = history.value;
  // Below a kilobyte a second, nothing is worth a hill.
  return Math.max(1_000, scaleOf(points.flatMap((point) => figures.map((figure) => point[figure] ?? 0))));
}

function drawOf(model: SystemModel, figures: readonly SystemFigure[]): Draw {
  return (context, size, { color, borderTopColor, outlineColor }) => {
    const { points, range } = model.history.peek();
    const now = model.view.peek().sample.at;
    const max = topOf(model, figures);
    drawLevels(context, size, 4, borderTopColor);
    figures.forEach((figure, i) => {
      const values = seriesOf(points, figure, range, now);
      drawGapLine(context, size, { values, max, color: i === 0 ? color : outlineColor, filled: i === 0 });
    });
  };
}
