import type { MutableRef } from "preact/hooks";
import { useMemo, useState } from "preact/hooks";
import { Drawing } from "../../lib/client/drawing/drawing.ts";
import { drawingToPng } from "../../lib/client/drawing/render_drawing.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { DrawingCanvas } from "./DrawingCanvas.tsx";
import { DrawingModal } from "./DrawingModal.tsx";
import { DrawingSteps } from "./DrawingSteps.tsx";
import { DrawingTools } from "./DrawingTools.tsx";

/** The paper's width in units, and px of the page that the dialog keeps beside and above it: on phones, and wider. */
const PAPER = {
  narrow: { units: 460, beside: 16, above: 236, most: Infinity },
  wide: { units: 1200, beside: 64, above: 212, most: 832 },
};
/** How high the paper may be for its width. */
const PROPORTIONS = { least: 0.4, most: 1.9 };

/** A wireframe is drawn on white paper; Escape and the cross leave it as it is for the next time. */
export function DrawingDialog({ t, drawing: kept, onUse, onClose, onError }: {
  t: Translate;
  /** Keeps the drawing between two openings. */
  drawing: MutableRef<Drawing | null>;
  onUse: (png: Blob) => void;
  onClose: () => void;
  onError: (error: unknown) => void;
}) {
  const [busy, setBusy] = useState(false);
  const drawing = useMemo(() => kept.current ??= emptyDrawing(), []);
  const use = async () => {
    setBusy(true);
    try {
      onUse(await drawingToPng(drawing, "paper"));
    } catch (error) {
      onError(new FreshetError("unsupported", t("draw.failed"), { cause: error }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <DrawingModal
      t={t}
      id="drawing-title"
      title={t("draw.title")}
      tools={<DrawingSteps t={t} drawing={drawing} />}
      onClose={onClose}
    >
      <DrawingTools t={t} drawing={drawing} hasSteps={false} />
      <DrawingCanvas t={t} drawing={drawing} background="paper" />
      <footer class="drawing__foot">
        <button type="button" class="button" onClick={onClose}>{t("cancel")}</button>
        <button
          type="button"
          class="button button--primary"
          disabled={busy || drawing.isEmpty.value}
          onClick={use}
        >
          <Icon name="check" />
          {t("draw.use")}
        </button>
      </footer>
    </DrawingModal>
  );
}

/** An empty paper in the proportions of the room there is for it. */
function emptyDrawing(): Drawing {
  const { units, beside, above, most } = innerWidth < 768 ? PAPER.narrow : PAPER.wide;
  const [width, height] = [Math.min(innerWidth, 1184) - beside, Math.min(innerHeight, most + 32) - above];
  const proportion = Math.min(PROPORTIONS.most, Math.max(PROPORTIONS.least, height / width));
  return new Drawing(units, Math.round(units * proportion));
}
