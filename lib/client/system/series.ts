import { RANGE_TIMES, type SystemFigure, type SystemRange, type SystemSample } from "../../shared/mod.ts";

/** A row of the table that says what a chart shows. */
export interface SeriesRow {
  /** ms since 1970, of the beginning of what it stands for. */
  at: number;
  mean: number;
  largest: number;
}

const ROWS = 12;

/** A figure over a whole range, evenly spaced and oldest first; NaN where nothing is known. */
export function seriesOf(
  points: readonly SystemSample[],
  figure: SystemFigure,
  range: SystemRange,
  now: number,
): Float64Array {
  const { spanMs, stepMs } = RANGE_TIMES[range];
  const values = new Float64Array(spanMs / stepMs).fill(NaN);
  const end = Math.floor(now / stepMs);
  for (const point of points) {
    const place = values.length - 1 - (end - Math.floor(point.at / stepMs));
    const value = point[figure];
    if (place >= 0 && place < values.length && value !== null) values[place] = value;
  }
  return values;
}

/** The mean and the largest of what is known, or undefined where nothing is. */
export function summaryOf(values: ArrayLike<number>): { mean: number; largest: number } | undefined {
  let [sum, count, largest] = [0, 0, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
    largest = Math.max(largest, value);
  }
  return count > 0 ? { mean: sum / count, largest } : undefined;
}

/** The same as at most twelve rows, the newest first. */
export function rowsOf(
  points: readonly SystemSample[],
  figure: SystemFigure,
  range: SystemRange,
): SeriesRow[] {
  const rowMs = RANGE_TIMES[range].spanMs / ROWS;
  const rows = Map.groupBy(
    points.filter((point) => point[figure] !== null),
    ({ at }) => Math.floor(at / rowMs),
  );
  return [...rows].flatMap(([row, members]) => {
    const summary = summaryOf(members.map((member) => member[figure] ?? NaN));
    return summary ? [{ at: row * rowMs, ...summary }] : [];
  }).sort((a, b) => b.at - a.at);
}
