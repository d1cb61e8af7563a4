import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Draw, showOnCanvas } from "../../lib/client/canvas/canvas_view.ts";
import { useNodes } from "./context.ts";

/** A picture that is drawn anew when `version` changes, while it is in view. What it says stands in the text beside it. */
export function ChartCanvas({ class: classes, version, draw }: {
  class: string;
  version: ReadonlySignal<number>;
  draw: Draw;
}) {
  const { painter } = useNodes();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const view = showOnCanvas(element, painter, draw);
    const stop = effect(() => {
      void version.value;
      view.mark();
    });
    return () => {
      stop();
      view.stop();
    };
  }, [version]);
  return <canvas ref={canvas} class={classes} aria-hidden="true" />;
}
