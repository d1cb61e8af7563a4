import type { Drawing } from "./drawing.ts";
import type { Point, Tool } from "./shapes.ts";

/** How far an eraser reaches, in px on the screen: fingers are not seen through. */
const REACH_PX = { mouse: 8, touch: 16 };
/** The bit of `buttons` that says a pen is held upside down. */
const PEN_ERASER = 32;

/**
 * Draws with mouse, pen and finger, one pointer at a time; returns what ends that. `onText` is told where a text is wanted.
 * The element needs `touch-action: none`, else the browser scrolls.
 */
export function drawWithPointers(
  canvas: HTMLElement,
  drawing: Drawing,
  onText: (at: Point) => void,
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let active: number | undefined;
  let tool: Tool = "pen";
  const listen = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (event: HTMLElementEventMap[Type]) => void,
  ) => canvas.addEventListener(type, listener, { signal });

  listen("pointerdown", (event) => {
    if (active !== undefined || (event.button !== 0 && !(event.buttons & PEN_ERASER))) return;
    active = event.pointerId;
    // The field of a text that is open over it ends by that.
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    const reach = (event.pointerType === "touch" ? REACH_PX.touch : REACH_PX.mouse) *
      unitsPerPixel(canvas, drawing);
    tool = event.buttons & PEN_ERASER ? "eraser" : drawing.tool.peek();
    drawing.begin(pointOf(event, canvas, drawing), reach, tool);
  });
  listen("pointermove", (event) => {
    if (event.pointerId !== active) return;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    for (const each of coalesced.length > 0 ? coalesced : [event]) {
      drawing.move(pointOf(each, canvas, drawing), event.shiftKey);
    }
  });
  listen("pointerup", (event) => {
    if (event.pointerId !== active) return;
    active = undefined;
    drawing.end();
    if (tool === "text") onText(pointOf(event, canvas, drawing));
  });
  listen("pointercancel", (event) => {
    if (event.pointerId !== active) return;
    active = undefined;
    drawing.cancel();
  });
  // No mouse events are made of a tap: they would take the focus from the field of a text.
  canvas.addEventListener("touchend", (event) => event.cancelable && event.preventDefault(), {
    signal,
    passive: false,
  });
  return () => ending.abort();
}

function pointOf(event: PointerEvent, canvas: HTMLElement, drawing: Drawing): Point {
  const { left, top } = canvas.getBoundingClientRect();
  const units = unitsPerPixel(canvas, drawing);
  return { x: (event.clientX - left) * units, y: (event.clientY - top) * units };
}

function unitsPerPixel(canvas: HTMLElement, drawing: Drawing): number {
  return drawing.width / Math.max(1, canvas.getBoundingClientRect().width);
}
