import type { Size } from "./canvas_view.ts";

/** A line over time, with the space below it filled. */
export interface Line {
  /** Oldest first, evenly spaced over the whole width. */
  values: ArrayLike<number>;
  /** What the top stands for. */
  max: number;
  color: string;
}

/** Room (px) for the line's own width at the edges. */
const EDGE = 1.5;
const FILL_OPACITY = 0.18;

/** Draws a line chart. */
export function drawLine(context: CanvasRenderingContext2D, size: Size, { values, max, color }: Line): void {
  if (values.length < 2) return;
  const x = (i: number) => i / (values.length - 1) * size.width;
  const y = (value: number) => size.height - EDGE - value / max * (size.height - 2 * EDGE);
  const path = new Path2D();
  path.moveTo(0, y(values[0] ?? 0));
  for (let i = 1; i < values.length; i++) path.lineTo(x(i), y(values[i] ?? 0));
  const area = new Path2D(path);
  area.lineTo(size.width, size.height);
  area.lineTo(0, size.height);
  context.globalAlpha = FILL_OPACITY;
  context.fillStyle = color;
  context.fill(area);
  context.globalAlpha = 1;
  context.lineWidth = EDGE;
  context.lineJoin = "round";
  context.strokeStyle = color;
  context.stroke(path);
}

/** Draws a tick at the bottom for each value that is not 0. */
export function drawTicks(
  context: CanvasRenderingContext2D,
  size: Size,
  values: ArrayLike<number>,
  color: string,
): void {
  const width = Math.max(2, size.width / values.length - 1);
  context.fillStyle = color;
  for (let i = 0; i < values.length; i++) {
    if ((values[i] ?? 0) <= 0) continue;
    context.fillRect(i / (values.length - 1) * (size.width - width), size.height - 4, width, 4);
  }
}

/** Draws level lines that part the height into so many bands. */
export function drawLevels(
  context: CanvasRenderingContext2D,
  size: Size,
  bands: number,
  color: string,
): void {
  context.fillStyle = color;
  for (let i = 0; i < bands; i++) context.fillRect(0, Math.round(size.height * i / bands), size.width, 1);
}

/** The least of 1, 2, 5, 10, 20, 50, … that is not below the largest value: a scale that seldom changes. */
export function scaleOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] ?? 0);
  for (let power = 1;; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= largest) return step * power;
  }
}
