import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Drawing } from "../../lib/client/drawing/drawing.ts";
import { KeyInput } from "../../lib/client/drawing/key_input.ts";
import { drawWithPointers } from "../../lib/client/drawing/pointer_input.ts";
import type { Background } from "../../lib/client/drawing/render_drawing.ts";
import type { Point } from "../../lib/client/drawing/shapes.ts";
import { showDrawing } from "../../lib/client/drawing/show_drawing.ts";
import { listenToStepKeys } from "../../lib/client/drawing/step_keys.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { TextField } from "./TextField.tsx";

/**
 * Where a drawing is made, by mouse, pen, finger and keyboard. It is as large as its box allows in the drawing's proportions;
 * with a transparent background it can lie over something else.
 */
export function DrawingCanvas({ t, drawing, background }: {
  t: Translate;
  drawing: Drawing;
  background: Background;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hint = useId();
  const [textAt, setTextAt] = useState<Point | null>(null);
  const keys = useMemo(() => new KeyInput(drawing, setTextAt), [drawing]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const stops = [
      showDrawing(element, drawing, background),
      drawWithPointers(element, drawing, setTextAt),
      listenToStepKeys(drawing),
    ];
    return () => stops.forEach((stop) => stop());
  }, [drawing, background]);
  const { width, height, tool } = drawing;
  const cross = keys.cross.value;
  const endText = (text: string) => {
    if (textAt) drawing.addText(textAt, text);
    setTextAt(null);
    canvas.current?.focus();
  };
  return (
    <div class="drawing-canvas">
      <div
        class={`drawing-canvas__paper drawing-canvas__paper--${background}`}
        style={`--width:${width};--height:${height}`}
      >
        <canvas
          ref={canvas}
          class="drawing-canvas__surface"
          data-tool={tool.value}
          tabIndex={0}
          role="application"
          aria-label={t("draw.canvas")}
          aria-describedby={hint}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (keys.press(event.key, event.shiftKey)) event.preventDefault();
          }}
        />
        {cross && (
          <span
            class="drawing-canvas__cross"
            style={`left:${cross.x / width * 100}%;top:${cross.y / height * 100}%`}
            aria-hidden="true"
          />
        )}
        {textAt && (
          <TextField key={`${textAt.x} ${textAt.y}`} t={t} drawing={drawing} at={textAt} onEnd={endText} />
        )}
      </div>
      <p id={hint} class="visually-hidden">{t("draw.canvasHint")}</p>
    </div>
  );
}
