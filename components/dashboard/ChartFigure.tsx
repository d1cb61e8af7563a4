import { useEffect, useRef, useState } from "preact/hooks";
import type { ChartSpec, DrawnChart } from "../../lib/client/dashboard/chart_spec.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** A chart with a table of the same figures. Chart.js is fetched when the first one is shown. */
export function ChartFigure({ name, first, spec, t }: {
  name: string;
  /** The heading of the table's first column. */
  first: string;
  spec: ChartSpec;
  t: Translate;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<DrawnChart | undefined>(undefined);
  const latest = useRef(spec);
  const [isLost, setLost] = useState(false);
  latest.current = spec;
  useEffect(() => {
    let isGone = false;
    import("../../lib/client/dashboard/charts.ts").then(({ drawChart }) => {
      if (canvas.current && !isGone) drawn.current = drawChart(canvas.current, latest.current);
    }, () => setLost(true));
    return () => {
      isGone = true;
      drawn.current?.destroy();
    };
  }, []);
  useEffect(() => drawn.current?.update(spec), [spec]);
  return (
    <figure class="chart">
      <figcaption class="chart__name">{name}</figcaption>
      {isLost
        ? <p class="chart__lost" role="status">{t("dashboard.chart.failed")}</p>
        : (
          <div class="chart__box needs-script">
            <canvas ref={canvas} role="img" aria-label={name} />
          </div>
        )}
      <details class="chart__details">
        <summary>{t("dashboard.chart.table", { name })}</summary>
        <div
          class="chart__scroll"
          tabIndex={0}
          role="region"
          aria-label={t("dashboard.chart.table", { name })}
        >
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{first}</th>
                {spec.series.map(({ label }) => <th key={label} scope="col">{label}</th>)}
              </tr>
            </thead>
            <tbody>
              {spec.labels.map((label, i) => (
                <tr key={`${i} ${label}`}>
                  <th scope="row">{label}</th>
                  {spec.series.map(({ label, values }) => {
                    const value = values[i] ?? null;
                    return (
                      <td key={label}>{value === null ? t("dashboard.notKnown") : spec.format(value)}</td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
