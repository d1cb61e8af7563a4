import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { ChartSpec, DrawnChart } from "./chart_spec.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** Draws a chart; it takes its colours from the page's theme. This module is loaded only where charts are shown. */
export function drawChart(canvas: HTMLCanvasElement, spec: ChartSpec): DrawnChart {
  let current = spec;
  const chart = new Chart(canvas, configurationOf(canvas, spec));
  const update = (spec: ChartSpec) => {
    current = spec;
    const { data, options } = configurationOf(canvas, spec);
    chart.data = data;
    if (options) chart.options = options;
    chart.update();
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => update(current);
  scheme.addEventListener("change", repaint);
  return {
    update,
    destroy() {
      scheme.removeEventListener("change", repaint);
      chart.destroy();
    },
  };
}

function configurationOf(canvas: HTMLCanvasElement, spec: ChartSpec): ChartConfiguration {
  const { type, labels, series, stacked = false, lying = false, format } = spec;
  const color = colorsOf(canvas);
  const text = color("--text-muted");
  const grid = color("--border");
  const font = { family: getComputedStyle(canvas).fontFamily, size: 12 };
  const values = {
    stacked,
    beginAtZero: true,
    border: { display: false },
    grid: { color: grid },
    ticks: {
      color: text,
      font,
      maxTicksLimit: 6,
      callback: (value: string | number) => format(Number(value)),
    },
  };
  const names = {
    stacked,
    border: { color: grid },
    grid: { display: false },
    ticks: { color: text, font, maxRotation: 0, autoSkip: true, autoSkipPadding: 16 },
  };
  return {
    type,
    data: {
      labels: [...labels],
      datasets: series.map(({ label, color: name, values }) => ({
        label,
        data: [...values],
        borderColor: color(name),
        backgroundColor: color(name),
        ...(type === "line"
          ? { borderWidth: 2, pointRadius: labels.length > 40 ? 0 : 2, tension: 0.25, spanGaps: true }
          : { borderRadius: 3, maxBarThickness: 36 }),
      })),
    },
    options: {
      indexAxis: lying ? "y" : "x",
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", axis: lying ? "y" : "x", intersect: false },
      scales: lying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: {
          display: series.length > 1,
          position: "bottom",
          labels: { color: text, font, boxWidth: 12, boxHeight: 12 },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) => `${dataset.label}: ${raw === null ? "–" : format(Number(raw))}`,
          },
        },
      },
    },
  };
}

/** A custom property may be written as any function of CSS: an element says what colour comes of it. */
function colorsOf(canvas: HTMLCanvasElement): (name: string) => string {
  const probe = document.createElement("span");
  canvas.parentElement?.append(probe);
  const known = new Map<string, string>();
  queueMicrotask(() => probe.remove());
  return (name) => {
    const color = known.get(name) ?? (probe.style.color = `var(${name})`, getComputedStyle(probe).color);
    known.set(name, color);
    return color;
  };
}
