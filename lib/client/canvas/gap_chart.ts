import type { Size } from "./canvas_view.ts";

/** A line over time that may be interrupted: where a value is NaN, nothing is known. */
export interface GapLine {
  /** Oldest first, evenly spaced over the whole width. */
  values: ArrayLike<number>;
  /** What the top stands for. */
  max: number;
  color: string;
  /** Whether the space below it is filled. */
  filled: boolean;
}

/** Room (px) for the line's own width at the edges. */
const EDGE = 1.5;
const FILL_OPACITY = 0.16;

/** Draws the line; a value alone between gaps is a dot. */
export function drawGapLine(context: CanvasRenderingContext2D, size: Size, line: GapLine): void {
  const { values, max, color, filled } = line;
  const x = (i: number) => values.length > 1 ? i / (values.length - 1) * size.width : size.width;
  const y = (i: number) =>
    size.height - EDGE - Math.min(1, (values[i] ?? 0) / max) * (size.height - 2 * EDGE);
  context.fillStyle = context.strokeStyle = color;
  context.lineWidth = EDGE;
  context.lineJoin = "round";
  for (const [from, to] of stretches(values)) {
    if (from === to) {
      context.fillRect(Math.min(x(from), size.width - 2 * EDGE), y(from) - EDGE, 2 * EDGE, 2 * EDGE);
      continue;
    }
    const path = new Path2D();
    path.moveTo(x(from), y(from));
    for (let i = from + 1; i <= to; i++) path.lineTo(x(i), y(i));
    if (filled) {
      const area = new Path2D(path);
      area.lineTo(x(to), size.height);
      area.lineTo(x(from), size.height);
      context.globalAlpha = FILL_OPACITY;
      context.fill(area);
      context.globalAlpha = 1;
    }
    context.stroke(path);
  }
}

/** The first and the last place of each stretch of values without a gap. */
export function stretches(values: ArrayLike<number>): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i] ?? NaN)) continue;
    const last = found.at(-1);
    if (last && last[1] === i - 1) last[1] = i;
    else found.push([i, i]);
  }
  return found;
}
