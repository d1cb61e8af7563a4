import type { Painter } from "./painter.ts";

/** CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Draws a picture of this size into a clean context; `style` is the canvas's, for its colours. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, style: CSSStyleDeclaration) => void;

/** Shows a picture on a canvas, sharp on every screen, while it is in view. */
export function showOnCanvas(
  canvas: HTMLCanvasElement,
  painter: Painter,
  draw: Draw,
): { mark(): void; stop(): void } {
  const size: Size = { width: 0, height: 0 };
  const painting = painter.add(() => {
    const context = canvas.getContext("2d");
    if (!context || size.width === 0 || size.height === 0) return;
    const ratio = devicePixelRatio;
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    draw(context, size, getComputedStyle(canvas));
  });
  const sizes = new ResizeObserver(([entry]) => {
    if (!entry) return;
    Object.assign(size, { width: entry.contentRect.width, height: entry.contentRect.height });
    painting.mark();
  });
  const views = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) painting.setVisible(last.isIntersecting);
  });
  sizes.observe(canvas);
  views.observe(canvas);
  return {
    mark: () => painting.mark(),
    stop: () => {
      sizes.disconnect();
      views.disconnect();
      painting.remove();
    },
  };
}
