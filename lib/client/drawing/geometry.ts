import type { Point } from "./shapes.ts";

/** How far two points are from each other. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** How far a point is from the nearest point of a line between two others. */
export function distanceToLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  if (square === 0) return distance(point, from);
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
  const t = Math.min(1, Math.max(0, along));
  return distance(point, { x: from.x + t * dx, y: from.y + t * dy });
}

/** Points from one to another, at most `step` apart; the first one is left out. */
export function pointsBetween(from: Point, to: Point, step: number): Point[] {
  const count = Math.max(1, Math.ceil(distance(from, to) / step));
  return Array.from({ length: count }, (_, i) => {
    const t = (i + 1) / count;
    return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
  });
}

/** The end of a line that is level, upright or diagonal, nearest to where the pointer is. */
export function snapToAngle(from: Point, to: Point): Point {
  const step = Math.PI / 4;
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / step) * step;
  const length = distance(from, to);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

/** The corner that makes a box a square. */
export function snapToSquare(from: Point, to: Point): Point {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  const towards = (a: number, b: number) => b < a ? a - side : a + side;
  return { x: towards(from.x, to.x), y: towards(from.y, to.y) };
}
