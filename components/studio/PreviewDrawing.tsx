import { useEffect, useMemo, useState } from "preact/hooks";
import { Drawing } from "../../lib/client/drawing/drawing.ts";
import { composeDrawing, loadPicture } from "../../lib/client/studio/preview/compose_drawing.ts";
import type { PreviewModel } from "../../lib/client/studio/preview/preview_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { DrawingCanvas } from "../drawing/DrawingCanvas.tsx";
import { DrawingModal } from "../drawing/DrawingModal.tsx";
import { DrawingTools } from "../drawing/DrawingTools.tsx";
import { Icon } from "../Icon.tsx";

/** What is drawn on where the page could not be pictured. */
const EMPTY = { naturalWidth: 1200, naturalHeight: 800 };
/** The drawing's units across; pens are made for about that. */
const UNITS = 1000;

/** A picture of the preview to draw on. */
export function PreviewDrawing({ t, model, onDone, onClose }: {
  t: Translate;
  model: PreviewModel;
  onDone: (picture: Blob) => void;
  onClose: () => void;
}) {
  const picture = usePicture(model);
  return (
    <DrawingModal t={t} id="preview-drawing-title" title={t("preview.draw.title")} onClose={onClose}>
      {picture === undefined
        ? <p class="preview__taking" role="status">{t("preview.draw.taking")}</p>
        : <Canvas t={t} picture={picture} onDone={onDone} onClose={onClose} />}
    </DrawingModal>
  );
}

function Canvas({ t, picture, onDone, onClose }: {
  t: Translate;
  picture: HTMLImageElement | null;
  onDone: (picture: Blob) => void;
  onClose: () => void;
}) {
  const drawing = useMemo(() => {
    const { naturalWidth, naturalHeight } = picture ?? EMPTY;
    return new Drawing(UNITS, Math.round(UNITS * naturalHeight / naturalWidth));
  }, [picture]);
  const use = () => composeDrawing(drawing, picture).then(onDone, reportError);
  return (
    <>
      <DrawingTools t={t} drawing={drawing} />
      {!picture && <p class="preview__taking">{t("preview.draw.noPicture")}</p>}
      <div class="preview__paper" style={picture ? { "--picture": `url("${picture.src}")` } : {}}>
        <DrawingCanvas t={t} drawing={drawing} background={picture ? "transparent" : "paper"} />
      </div>
      <footer class="drawing__foot">
        <button type="button" class="button" onClick={onClose}>{t("cancel")}</button>
        <button type="button" class="button button--primary" disabled={drawing.isEmpty.value} onClick={use}>
          <Icon name="check" />
          {t("preview.draw.done")}
        </button>
      </footer>
    </>
  );
}

/** Undefined until it is known whether there is one. */
function usePicture(model: PreviewModel): HTMLImageElement | null | undefined {
  const [picture, setPicture] = useState<HTMLImageElement | null | undefined>(undefined);
  useEffect(() => {
    let isOpen = true;
    const set = (taken: HTMLImageElement | null) => isOpen && setPicture(taken);
    model.takePicture()
      .then((source) => source === "" ? null : loadPicture(source))
      .then(set, () => set(null));
    return () => void (isOpen = false);
  }, []);
  return picture;
}
