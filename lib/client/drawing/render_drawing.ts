import type { Drawing } from "./drawing.ts";
import { outlineOf } from "./outline.ts";
import { COLOURS, type Point, type Shape } from "./shapes.ts";

/** What is behind a drawing: white paper, or what lies below it. */
export type Background = "paper" | "transparent";

/** Draws everything that is on a drawing, `scale` pixels to a unit. */
export function renderDrawing(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  scale: number,
  background: Background,
): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, drawing.width, drawing.height);
  if (background === "paper") {
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, drawing.width, drawing.height);
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const shape of drawing.shapes.peek()) renderShape(context, shape);
  if (drawing.current) renderShape(context, drawing.current);
}

/**
 * A drawing as a PNG whose longer side has `longSide` pixels. Throws where the browser cannot make one.
 */
export async function drawingToPng(
  drawing: Drawing,
  background: Background,
  longSide = 1280,
): Promise<Blob> {
  const scale = longSide / Math.max(drawing.width, drawing.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(drawing.width * scale);
  canvas.height = Math.round(drawing.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("Cannot export the drawing: the browser has no canvas");
  renderDrawing(context, drawing, scale, background);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("Cannot export the drawing: the browser made no image");
  return blob;
}

function renderShape(context: CanvasRenderingContext2D, shape: Shape): void {
  context.strokeStyle = context.fillStyle = COLOURS[shape.colour];
  if (shape.type === "text") {
    context.font = `500 ${shape.size}px system-ui, sans-serif`;
    context.textBaseline = "top";
    context.fillText(shape.text, shape.at.x, shape.at.y);
    return;
  }
  context.lineWidth = shape.width;
  if (shape.type === "pen") {
    renderStroke(context, shape.points, shape.width);
    return;
  }
  for (const line of outlineOf(shape)) {
    context.beginPath();
    for (const { x, y } of line) context.lineTo(x, y);
    context.stroke();
  }
}

/** A line of the pen, rounded: each point bends it towards the middle between it and the next. */
function renderStroke(context: CanvasRenderingContext2D, points: readonly Point[], width: number): void {
  const [first, ...others] = points;
  if (!first) return;
  context.beginPath();
  if (others.length === 0) {
    context.arc(first.x, first.y, width * 0.75, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.moveTo(first.x, first.y);
  for (const [i, { x, y }] of others.entries()) {
    const next = others[i + 1];
    if (next) context.quadraticCurveTo(x, y, (x + next.x) / 2, (y + next.y) / 2);
    else context.lineTo(x, y);
  }
  context.stroke();
}
