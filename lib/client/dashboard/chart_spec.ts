/** One row of values in a chart. */
export interface ChartSeries {
  label: string;
  /** The custom property that its colour is in, such as `--chart-1`. */
  color: string;
  values: readonly (number | null)[];
}

/** What a chart shows; the table beside it shows the same. */
export interface ChartSpec {
  type: "bar" | "line";
  /** Bars on each other, which add up. */
  stacked?: boolean;
  /** Bars that lie, one row for each label. */
  lying?: boolean;
  labels: readonly string[];
  series: readonly ChartSeries[];
  format(value: number): string;
}

/** A chart on the page. */
export interface DrawnChart {
  update(spec: ChartSpec): void;
  destroy(): void;
}
