import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { filesHref } from "../../lib/client/files/addresses.ts";
import type { PdfModel } from "../../lib/client/files/pdf/pdf_model.ts";
import type { FilePreview } from "../../lib/shared/mod.ts";
import { parentFilePath } from "../../lib/shared/files/mod.ts";
import { useFolder } from "./context.ts";
import { PdfPassword } from "./PdfPassword.tsx";
import { PdfText } from "./PdfText.tsx";
import { PdfTools } from "./PdfTools.tsx";
import { isPlainClick } from "./plain_click.ts";

/** A PDF: its pages, or its text, which is what there is without a script. */
export function PdfShown({ preview, src }: { preview: FilePreview; src: string }) {
  const { t } = useFolder();
  const [isText, setText] = useState(preview.text !== undefined || preview.problem !== undefined);
  const place = { folderId: preview.folderId, path: parentFilePath(preview.path), show: preview.name };
  const toOther = (
    <a
      class="button button--small"
      href={filesHref({ ...place, asText: !isText })}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        setText(!isText);
      }}
    >
      {t(isText ? "filesPage.pdf.asPages" : "filesPage.pdf.asText")}
    </a>
  );
  if (!isText) return <PdfPages name={preview.name} src={src}>{toOther}</PdfPages>;
  return (
    <div class="pdf">
      <div class="pdf__tools">{toOther}</div>
      <PdfText preview={preview} />
    </div>
  );
}

function PdfPages({ name, src, children }: { name: string; src: string; children: ComponentChildren }) {
  const { t } = useFolder();
  const host = useRef<HTMLDivElement>(null);
  const [model, setModel] = useState<PdfModel | null>(null);
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    let isLeft = false;
    let made: PdfModel | undefined;
    const make = ({ PdfModel }: typeof import("../../lib/client/files/pdf/pdf_model.ts")) => {
      if (isLeft || !host.current) return;
      made = new PdfModel({
        url: src,
        clock: browserClock,
        host: host.current,
        label: (page) => t("filesPage.pdf.page", { page }),
        damaged: t("filesPage.pdf.pageDamaged"),
      });
      setModel(made);
    };
    // Most files are no PDFs: what draws them comes with the first.
    import("../../lib/client/files/pdf/pdf_model.ts").then(make, () => setCut(true));
    return () => {
      isLeft = true;
      void made?.close().catch(reportError);
    };
  }, [src]);
  const state = model?.state.value ?? (isCut ? "unreachable" : "loading");
  return (
    <div class="pdf">
      <div class="pdf__tools">
        {children}
        {model && state === "ready" && <PdfTools model={model} />}
      </div>
      {model && state === "locked" && <PdfPassword model={model} />}
      {state === "loading" && (
        <p class="file-shown__note muted needs-script" role="status">{t("filesPage.pdf.loading")}</p>
      )}
      {(state === "damaged" || state === "missing" || state === "unreachable") && (
        <p class="file-shown__note" role="alert">{t(`filesPage.pdf.${state}`)}</p>
      )}
      <div
        ref={host}
        class="pdf__pages needs-script"
        role="region"
        tabIndex={0}
        aria-label={t("filesPage.pdf.pages", { name })}
        hidden={state !== "ready" && state !== "loading"}
      />
    </div>
  );
}
