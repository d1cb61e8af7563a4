import type { ComponentChild } from "preact";
import { useId } from "preact/hooks";
import type { Drawing } from "../../lib/client/drawing/drawing.ts";
import { type Colour, COLOURS, type Tool, TOOLS } from "../../lib/client/drawing/shapes.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { DrawingSteps } from "./DrawingSteps.tsx";

const ICONS: Readonly<Record<Tool, IconName>> = {
  pen: "pencil",
  line: "slash",
  arrow: "move-up-right",
  rectangle: "rectangle-horizontal",
  ellipse: "circle",
  text: "type",
  eraser: "eraser",
};
const COLOUR_NAMES = Object.keys(COLOURS) as Colour[];

/**
 * The tools of a drawing, its colours, and the steps back unless they stand elsewhere. Groups of radio buttons: one Tab stop
 * each, arrow keys within.
 */
export function DrawingTools({ t, drawing, hasSteps = true }: {
  t: Translate;
  drawing: Drawing;
  hasSteps?: boolean;
}) {
  const { tool, colour, bold } = drawing;
  return (
    <div class="drawing-tools">
      <Choice
        label={t("draw.tools")}
        values={TOOLS}
        chosen={tool.value}
        nameOf={(value) => t(`draw.tool.${value}`)}
        onChoose={(value) => void (tool.value = value)}
      >
        {(value) => <Icon name={ICONS[value]} />}
      </Choice>
      <Choice
        label={t("draw.colours")}
        values={COLOUR_NAMES}
        chosen={colour.value}
        nameOf={(value) => t(`draw.colour.${value}`)}
        onChoose={(value) => void (colour.value = value)}
      >
        {(value) => <span class="drawing-tools__colour" style={`background:${COLOURS[value]}`} />}
      </Choice>
      <button
        type="button"
        class="icon-button drawing-tools__bold"
        aria-pressed={ariaState(bold.value)}
        aria-label={t("draw.width.bold")}
        title={t("draw.width.bold")}
        onClick={() => void (bold.value = !bold.value)}
      >
        <span class="drawing-tools__width" />
      </button>
      {hasSteps && <DrawingSteps t={t} drawing={drawing} />}
    </div>
  );
}

function Choice<Value extends string>({ label, values, chosen, nameOf, onChoose, children }: {
  label: string;
  values: readonly Value[];
  chosen: Value;
  nameOf: (value: Value) => string;
  onChoose: (value: Value) => void;
  children: (value: Value) => ComponentChild;
}) {
  const name = useId();
  return (
    <fieldset class="drawing-tools__group" aria-label={label}>
      {values.map((value) => (
        <label key={value} class="drawing-tools__option" title={nameOf(value)}>
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            value={value}
            checked={value === chosen}
            aria-label={nameOf(value)}
            onChange={() => onChoose(value)}
          />
          {children(value)}
        </label>
      ))}
    </fieldset>
  );
}
