import { distance, distanceToLine } from "./geometry.ts";
import type { Point, Shape } from "./shapes.ts";

/** Lines of text are this many times as high as its size. */
const LINE_HEIGHT = 1.25;
/** A character is about this many times as wide as the text's size. */
const CHARACTER_WIDTH = 0.56;
/** Enough sides for an ellipse that nobody sees them. */
const ELLIPSE_SIDES = 120;
/** Lengths of an arrow's head, in widths of its line and in units at least. */
const HEAD = { widths: 4, least: 12 };

/** The lines that a shape is made of. */
export function outlineOf(shape: Shape): Point[][] {
  switch (shape.type) {
    case "pen":
      return [shape.points];
    case "line":
      return [[shape.from, shape.to]];
    case "arrow":
      return [[shape.from, shape.to], arrowHead(shape.from, shape.to, shape.width)];
    case "rectangle":
      return [rectangle(shape.from, shape.to)];
    case "ellipse":
      return [ellipse(shape.from, shape.to)];
    case "text": {
      const { at, text, size } = shape;
      const width = text.length * size * CHARACTER_WIDTH;
      return [rectangle(at, { x: at.x + width, y: at.y + size * LINE_HEIGHT })];
    }
  }
}

/** Whether a shape is within `reach` of a point. A text is hit anywhere in it, the others at their lines. */
export function isHit(shape: Shape, point: Point, reach: number): boolean {
  if (shape.type === "text" && isWithin(shape, point)) return true;
  const near = reach + (shape.type === "text" ? 0 : shape.width / 2);
  return outlineOf(shape).some((line) =>
    line.some((to, i) => distanceToLine(point, line[i - 1] ?? to, to) <= near)
  );
}

/** The three corners of an arrow's head. */
export function arrowHead(from: Point, to: Point, width: number): Point[] {
  const length = Math.min(Math.max(HEAD.least, HEAD.widths * width), distance(from, to));
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn: number) => ({
    x: to.x - length * Math.cos(angle + turn),
    y: to.y - length * Math.sin(angle + turn),
  });
  return [corner(Math.PI / 6), to, corner(-Math.PI / 6)];
}

function isWithin(shape: Shape & { type: "text" }, { x, y }: Point): boolean {
  const [corners = []] = outlineOf(shape);
  const [from, , to] = corners;
  return from !== undefined && to !== undefined && x >= from.x && x <= to.x && y >= from.y && y <= to.y;
}

function rectangle(from: Point, to: Point): Point[] {
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }, from];
}

function ellipse(from: Point, to: Point): Point[] {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return Array.from({ length: ELLIPSE_SIDES + 1 }, (_, i) => {
    const angle = i / ELLIPSE_SIDES * 2 * Math.PI;
    return {
      x: middle.x + (to.x - from.x) / 2 * Math.cos(angle),
      y: middle.y + (to.y - from.y) / 2 * Math.sin(angle),
    };
  });
}
