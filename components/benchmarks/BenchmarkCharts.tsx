import { useMemo } from "preact/hooks";
import type { ChartSpec } from "../../lib/client/dashboard/chart_spec.ts";
import { formatDuration, formatShare } from "../../lib/client/dashboard/figures.ts";
import { formatNumber } from "../../lib/client/format.ts";
import type { BenchmarkSummary, BenchmarkTargetView, TimeFigures } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ChartFigure } from "../dashboard/ChartFigure.tsx";
import { targetName } from "./words.ts";

/** A longer name would leave no room for its bar. */
const NAME_MAX_CHARS = 24;
const COLORS = ["--chart-1", "--chart-2", "--chart-3"];

/** The models beside each other. */
export function BenchmarkCharts({ targets, language, t }: {
  targets: readonly BenchmarkTargetView[];
  language: string;
  t: Translate;
}) {
  const specs = useMemo(() => specsOf(targets, language, t), [targets, language, t]);
  const model = t("benchmarks.model");
  return (
    <div class="benchmark-charts">
      <ChartFigure name={t("benchmarks.chart.shares")} first={model} spec={specs.shares} t={t} />
      <ChartFigure name={t("benchmarks.chart.speed")} first={model} spec={specs.speed} t={t} />
      <ChartFigure name={t("benchmarks.chart.firstToken")} first={model} spec={specs.firstToken} t={t} />
      <ChartFigure name={t("benchmarks.chart.latency")} first={model} spec={specs.duration} t={t} />
    </div>
  );
}

function specsOf(targets: readonly BenchmarkTargetView[], language: string, t: Translate) {
  const labels = targets.map((target) => shortened(targetName(target)));
  const bars = (
    format: (value: number) => string,
    series: readonly (readonly [label: string, of: (summary: BenchmarkSummary) => number | null])[],
  ): ChartSpec => ({
    type: "bar",
    lying: true,
    labels,
    format,
    series: series.map(([label, of], i) => ({
      label,
      color: COLORS[i] ?? "--chart-4",
      values: targets.map(({ summary }) => of(summary)),
    })),
  });
  const times = (of: (summary: BenchmarkSummary) => TimeFigures) =>
    bars((ms) => formatDuration(ms, language), [
      ["p50", (summary) => of(summary).p50],
      ["p90", (summary) => of(summary).p90],
      ["p99", (summary) => of(summary).p99],
    ]);
  return {
    shares: bars((share) => formatShare(share, language), [
      [t("benchmarks.accuracy"), ({ accuracy }) => accuracy?.share ?? null],
      [t("benchmarks.success"), ({ success }) => success?.share ?? null],
    ]),
    speed: bars((value) => formatNumber(value, language), [
      [t("benchmarks.speed"), ({ tokensPerSecond }) => tokensPerSecond?.mean ?? null],
      [t("benchmarks.throughput"), ({ throughput }) => throughput],
    ]),
    firstToken: times(({ firstToken }) => firstToken),
    duration: times(({ duration }) => duration),
  };
}

/** Without the vendor, and not longer than there is room. */
function shortened(name: string): string {
  const own = name.slice(name.lastIndexOf("/") + 1);
  return own.length > NAME_MAX_CHARS ? `${own.slice(0, NAME_MAX_CHARS - 1)}…` : own;
}
