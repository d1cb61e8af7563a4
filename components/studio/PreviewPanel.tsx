import { useEffect, useMemo, useState } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import type { PickedElement } from "../../lib/client/studio/preview/messages.ts";
import { PreviewApi } from "../../lib/client/studio/preview/preview_api.ts";
import { PreviewModel } from "../../lib/client/studio/preview/preview_model.ts";
import { elementPrompt } from "../../lib/client/studio/preview/prompts.ts";
import type { Version } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PanelNotice } from "./PanelNotice.tsx";
import { PreviewConsole } from "./PreviewConsole.tsx";
import { PreviewDrawing } from "./PreviewDrawing.tsx";
import { PreviewStage } from "./PreviewStage.tsx";
import { PreviewTools } from "./PreviewTools.tsx";

/** What the preview is given. It needs the texts of the areas `preview`, `drawing` and `common`. */
export interface PreviewPanelProps {
  t: Translate;
  projectId: string;
  /** The version to show: the newest complete one, or the one that was chosen; null before the first. */
  version: Pick<Version, "id" | "number"> | null;
  /** Whether that version has an `index.html`; undefined while it is not known. */
  hasPage: boolean | undefined;
  /** Whether a newer version is being made. */
  generating?: boolean;
  /** Takes what asks a model to repair errors. */
  onFix: (text: string) => void;
  /** Takes what describes an element that was pointed at. */
  onPick: (text: string, element: PickedElement) => void;
  /** Takes a picture of the preview with what was drawn over it (PNG); without it nothing can be drawn. */
  onDrawing?: (picture: Blob) => void;
  api?: PreviewApi;
}

/** A version of a project that has a page, running in a frame that can reach nothing. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { t, version, hasPage, generating, onDrawing } = props;
  const model = usePreview(props);
  const [isDrawing, setDrawing] = useState(false);
  const hint = !version ? "none" : hasPage === false ? "noPage" : null;
  if (hint || !version) {
    return (
      <section class="preview" aria-label={t("preview.title")}>
        <PanelNotice
          icon="app-window"
          title={t(hint === "noPage" ? "preview.noPage" : "preview.none")}
          text={t(hint === "noPage" ? "preview.noPageText" : "preview.noneText")}
        />
      </section>
    );
  }
  return (
    <section class="preview" aria-label={t("preview.title")}>
      <PreviewTools t={t} model={model} onDraw={onDrawing && (() => setDrawing(true))} />
      {generating && <p class="preview__note">{t("preview.generating", { number: version.number })}</p>}
      {model.picking.value && <p class="preview__note">{t("preview.pick.hint")}</p>}
      <PickStatus t={t} model={model} />
      <PreviewStage t={t} model={model} number={version.number} />
      <PreviewConsole t={t} log={model.console} onFix={props.onFix} />
      {isDrawing && onDrawing && (
        <PreviewDrawing
          t={t}
          model={model}
          onClose={() => setDrawing(false)}
          onDone={(picture) => {
            setDrawing(false);
            onDrawing(picture);
          }}
        />
      )}
    </section>
  );
}

/** Says to screen readers what pointing has come to. It is there before it says anything: only changes are read out. */
function PickStatus({ t, model }: { t: Translate; model: PreviewModel }) {
  const pick = model.pick.value;
  const text = pick === null
    ? ""
    : pick === "on"
    ? t("preview.pick.hint")
    : pick === "off"
    ? t("preview.pick.off")
    : t("preview.pick.done", { selector: pick.selector });
  return <p class="visually-hidden" role="status">{text}</p>;
}

function usePreview({ t, projectId, version, hasPage, api, onPick }: PreviewPanelProps): PreviewModel {
  // What is called later calls what it is given then.
  const latest = useMemo(() => ({ onPick, t }), []);
  Object.assign(latest, { onPick, t });
  const model = useMemo(() =>
    new PreviewModel({
      projectId,
      api: api ?? new PreviewApi(),
      clock: browserClock,
      onPick: (element) => latest.onPick(elementPrompt(element, latest.t), element),
    }), [projectId]);
  const versionId = hasPage === false ? null : version?.id ?? null;
  useEffect(() => {
    // Until it is known whether the next version has a page, the one that is shown stays.
    if (hasPage !== undefined || versionId === null) model.show(versionId).catch(reportError);
  }, [model, versionId, hasPage]);
  useEffect(() => {
    const receive = (event: MessageEvent) => model.receive(event);
    addEventListener("message", receive);
    return () => {
      removeEventListener("message", receive);
      model.close();
    };
  }, [model]);
  return model;
}
