import { useMemo, useState } from "preact/hooks";
import type { ChartSpec } from "../../lib/client/dashboard/chart_spec.ts";
import {
  formatDollars,
  formatDuration,
  formatShare,
  pointNames,
} from "../../lib/client/dashboard/figures.ts";
import { formatNumber, formatShort } from "../../lib/client/format.ts";
import { NANO, type UsagePart, type UsageReport } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import { ChartFigure } from "./ChartFigure.tsx";
import { useDashboard } from "./context.ts";

/** More rows could not be told apart. */
const MODELS_MAX = 10;

/** How use went over the period, and models beside each other. */
export function UsageCharts({ report }: { report: UsageReport }) {
  const { language, t } = useDashboard();
  const specs = useMemo(() => specsOf(report, language, t), [report, language, t]);
  const time = t("dashboard.chart.time");
  const models = report.parts.model ?? [];
  return (
    <div class="charts">
      <ChartFigure name={t("dashboard.chart.tokens")} first={time} spec={specs.tokens} t={t} />
      <ChartFigure name={t("dashboard.chart.cost")} first={time} spec={specs.cost} t={t} />
      <ChartFigure name={t("dashboard.chart.calls")} first={time} spec={specs.calls} t={t} />
      <ChartFigure name={t("dashboard.chart.latency")} first={time} spec={specs.latency} t={t} />
      {models.length > 0 && <ModelComparison models={models} />}
    </div>
  );
}

function specsOf({ points, step, zone }: UsageReport, language: string, t: Translate) {
  const labels = points.map(({ at }) => at).map(pointNames(step, zone, language));
  const short = (value: number) => formatShort(value, language);
  const series = (
    label: TextKey,
    color: string,
    of: (point: UsageReport["points"][number]) => number | null,
  ) => ({
    label: t(label),
    color,
    values: points.map(of),
  });
  const tokens: ChartSpec = {
    type: "bar",
    stacked: true,
    labels,
    format: short,
    series: [
      series("dashboard.chart.prompt", "--chart-1", ({ promptTokens }) => promptTokens),
      series("dashboard.chart.completion", "--chart-2", ({ completionTokens }) => completionTokens),
    ],
  };
  const cost: ChartSpec = {
    type: "bar",
    labels,
    format: (dollars) => formatDollars(dollars * NANO, language),
    series: [series("dashboard.chart.cost", "--chart-3", ({ costNano }) => costNano / NANO)],
  };
  const calls: ChartSpec = {
    type: "bar",
    stacked: true,
    labels,
    format: short,
    series: [
      series("dashboard.chart.complete", "--chart-1", ({ calls, failed }) => calls - failed),
      series("dashboard.chart.failedCalls", "--chart-failed", ({ failed }) => failed),
    ],
  };
  const latency: ChartSpec = {
    type: "line",
    labels,
    format: (ms) => formatDuration(ms, language),
    series: [
      series("dashboard.chart.firstTokenP50", "--chart-1", ({ firstTokenP50 }) => firstTokenP50),
      series("dashboard.chart.firstTokenP95", "--chart-2", ({ firstTokenP95 }) => firstTokenP95),
      series("dashboard.chart.durationP50", "--chart-3", ({ durationP50 }) => durationP50),
      series("dashboard.chart.durationP95", "--chart-4", ({ durationP95 }) => durationP95),
    ],
  };
  return { tokens, cost, calls, latency };
}

const MEASURES: readonly {
  label: TextKey;
  of: (part: UsagePart) => number | null;
  format: (value: number, language: string) => string;
}[] = [
  { label: "dashboard.parts.speed", of: ({ tokensPerSecond }) => tokensPerSecond, format: formatNumber },
  { label: "dashboard.firstToken", of: ({ firstToken }) => firstToken.p50, format: formatDuration },
  { label: "dashboard.duration", of: ({ duration }) => duration.p50, format: formatDuration },
  { label: "dashboard.success", of: ({ successRate }) => successRate, format: formatShare },
  {
    label: "dashboard.cost",
    of: ({ costNano }) => costNano / NANO,
    format: (dollars, language) => formatDollars(dollars * NANO, language),
  },
  {
    label: "dashboard.tokens",
    of: ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
    format: formatShort,
  },
  { label: "dashboard.calls", of: ({ calls }) => calls, format: formatShort },
];

function ModelComparison({ models }: { models: readonly UsagePart[] }) {
  const { language, t } = useDashboard();
  const [chosen, choose] = useState(0);
  const spec = useMemo((): ChartSpec | null => {
    const measure = MEASURES[chosen];
    if (!measure) return null;
    const shown = models.slice(0, MODELS_MAX);
    return {
      type: "bar",
      lying: true,
      labels: shown.map(({ label }) => label),
      format: (value) => measure.format(value, language),
      series: [{ label: t(measure.label), color: "--chart-1", values: shown.map(measure.of) }],
    };
  }, [models, chosen, language, t]);
  if (!spec) return null;
  return (
    <div class="comparison">
      <label class="comparison__choice needs-script">
        <span class="visually-hidden">{t("dashboard.chart.models")}</span>
        <select
          class="field__control"
          value={String(chosen)}
          onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
        >
          {MEASURES.map(({ label }, i) => <option key={label} value={String(i)}>{t(label)}</option>)}
        </select>
      </label>
      <ChartFigure name={t("dashboard.chart.models")} first={t("dashboard.by.model")} spec={spec} t={t} />
    </div>
  );
}
