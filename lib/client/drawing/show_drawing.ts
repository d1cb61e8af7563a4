import { effect } from "@preact/signals";
import type { Drawing } from "./drawing.ts";
import { type Background, renderDrawing } from "./render_drawing.ts";

/** Keeps a canvas showing a drawing, as sharp as the screen is, at most once for each frame; returns what ends that. */
export function showDrawing(canvas: HTMLCanvasElement, drawing: Drawing, background: Background): () => void {
  const context = canvas.getContext("2d");
  if (!context) return () => {};
  let frame = 0;
  const render = () => {
    frame = 0;
    renderDrawing(context, drawing, canvas.width / drawing.width, background);
  };
  const ask = () => frame ||= requestAnimationFrame(render);
  const fit = () => {
    const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    // Now and not with the next frame: a canvas of another size is empty.
    render();
  };
  const observer = new ResizeObserver(fit);
  observer.observe(canvas);
  const stop = effect(() => {
    drawing.revision.value;
    ask();
  });
  return () => {
    observer.disconnect();
    stop();
    cancelAnimationFrame(frame);
  };
}
