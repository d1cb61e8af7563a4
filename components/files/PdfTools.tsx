import type { PdfFind } from "../../lib/client/files/pdf/pdf_find.ts";
import type { PdfModel } from "../../lib/client/files/pdf/pdf_model.ts";
import { ZOOMS } from "../../lib/client/files/pdf/zooms.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

/** What is done with a PDF that is shown: going to a page, its width, finding words. */
export function PdfTools({ model }: { model: PdfModel }) {
  const { t } = useFolder();
  const find = model.find.value;
  return (
    <>
      <PageField model={model} />
      <ZoomButtons model={model} />
      {find && <FindForm find={find} model={model} label={t("filesPage.pdf.find")} />}
    </>
  );
}

function PageField({ model }: { model: PdfModel }) {
  const { t } = useFolder();
  const pages = model.pages.value;
  return (
    <label class="pdf__page-field">
      <span>{t("filesPage.pdf.goTo")}</span>
      <input
        type="number"
        class="field__control"
        min={1}
        max={pages}
        value={model.page.value}
        onChange={(event) => {
          const page = event.currentTarget.valueAsNumber;
          if (Number.isFinite(page)) model.goTo(page);
          else event.currentTarget.value = String(model.page.peek());
        }}
      />
      <span class="muted">{t("filesPage.pdf.of", { count: pages })}</span>
    </label>
  );
}

function ZoomButtons({ model }: { model: PdfModel }) {
  const { t } = useFolder();
  const zoom = model.zoom.value;
  const button = (label: string, sign: string, isOff: boolean, onClick: () => void) => (
    <button
      type="button"
      class="icon-button icon-button--small"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div class="pdf__zoom">
      {button(t("filesPage.pdf.smaller"), "−", zoom <= ZOOMS[0], () => model.zoomBy(-1))}
      <button
        type="button"
        class="button button--small"
        title={t("filesPage.pdf.fit")}
        aria-label={`${Math.round(zoom * 100)} %, ${t("filesPage.pdf.fit")}`}
        onClick={() => model.setZoom(1)}
      >
        {Math.round(zoom * 100)} %
      </button>
      {button(t("filesPage.pdf.larger"), "+", zoom >= (ZOOMS.at(-1) ?? 1), () => model.zoomBy(1))}
    </div>
  );
}

function FindForm({ find, model, label }: { find: PdfFind; model: PdfModel; label: string }) {
  const { t } = useFolder();
  const found = find.found.value;
  const count = found?.hits.length ?? 0;
  const at = (found?.at ?? -1) + 1;
  return (
    <form
      role="search"
      class="pdf__find"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get("text");
        if (typeof text === "string") void find.find(text, model.page.peek());
      }}
    >
      <input
        type="search"
        name="text"
        class="field__control"
        aria-label={label}
        placeholder={label}
        maxLength={200}
        onInput={(event) => event.currentTarget.value === "" && find.clear()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.shiftKey) return;
          event.preventDefault();
          void find.step(-1);
        }}
      />
      {count > 0 && ([["previous", -1, "arrow-up"], ["next", 1, "arrow-down"]] as const).map((
        [name, by, icon],
      ) => (
        <button
          key={name}
          type="button"
          class="icon-button icon-button--small"
          aria-label={t(`filesPage.pdf.${name}`)}
          title={t(`filesPage.pdf.${name}`)}
          onClick={() => void find.step(by)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <span class="pdf__hits muted" role="status">
        {found && (count === 0
          ? found.isDone
            ? t("filesPage.pdf.none")
            : t("filesPage.pdf.of", { count: `${found.seen} / ${model.pages.value}` })
          : found.isDone
          ? t("filesPage.pdf.hits", { at, count })
          : t("filesPage.pdf.seen", { at, count, seen: found.seen, pages: model.pages.value }))}
      </span>
    </form>
  );
}
