import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Draw, showOnCanvas } from "../../lib/client/canvas/canvas_view.ts";
import { useSystem } from "./context.ts";

/** A picture of what the machine did; what it says stands in the text and the table beside it. */
export function MetricCanvas({ draw }: { draw: Draw }) {
  const { model, painter } = useSystem();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const view = showOnCanvas(element, painter, draw);
    const stop = effect(() => {
      void model.version.value;
      view.mark();
    });
    return () => {
      stop();
      view.stop();
    };
  }, [draw]);
  return <canvas ref={canvas} class="metric__canvas needs-script" aria-hidden="true" />;
}
