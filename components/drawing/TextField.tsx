import { useLayoutEffect, useRef } from "preact/hooks";
import type { Drawing } from "../../lib/client/drawing/drawing.ts";
import { COLOURS, type Point } from "../../lib/client/drawing/shapes.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** A line of text where it will stand. Enter and leaving the field set it, Escape does not. */
export function TextField({ t, drawing, at, onEnd }: {
  t: Translate;
  drawing: Drawing;
  at: Point;
  /** Blank where there is nothing to set. */
  onEnd: (text: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  // While the tap that asked for it still counts: else no keyboard comes on phones.
  useLayoutEffect(() => field.current?.focus(), []);
  const end = (text: string) => {
    // A field that goes away loses the focus too.
    if (isDone.current) return;
    isDone.current = true;
    onEnd(text);
  };
  const { width, height, colour, textSize } = drawing;
  const style = [
    `left:${at.x / width * 100}%`,
    `top:${at.y / height * 100}%`,
    `font-size:calc(${textSize} * 100cqw / ${width})`,
    `max-width:${100 - at.x / width * 100}%`,
    `color:${COLOURS[colour.value]}`,
  ].join(";");
  return (
    <input
      ref={field}
      type="text"
      class="drawing-canvas__text"
      style={style}
      aria-label={t("draw.text")}
      maxLength={120}
      size={16}
      autocomplete="off"
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        end(event.key === "Enter" ? event.currentTarget.value : "");
      }}
    />
  );
}
