import type { Drawing } from "../../lib/client/drawing/drawing.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";

/** The steps back and forth of a drawing, and its end. */
export function DrawingSteps({ t, drawing }: { t: Translate; drawing: Drawing }) {
  const { canUndo, canRedo, isEmpty } = drawing;
  return (
    <div class="drawing-steps">
      <Step t={t} label="undo" icon="undo-2" isOn={canUndo.value} act={() => drawing.undo()} />
      <Step t={t} label="draw.redo" icon="redo-2" isOn={canRedo.value} act={() => drawing.redo()} />
      <Step t={t} label="draw.clear" icon="trash-2" isOn={!isEmpty.value} act={() => drawing.clear()} />
    </div>
  );
}

/** Says that it does nothing without losing the focus, so that keys can go on. */
function Step({ t, label, icon, isOn, act }: {
  t: Translate;
  label: TextKey;
  icon: IconName;
  isOn: boolean;
  act: () => void;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t(label)}
      title={t(label)}
      aria-disabled={ariaState(!isOn)}
      onClick={() => isOn && act()}
    >
      <Icon name={icon} />
    </button>
  );
}
