import { contentHref } from "../../lib/client/files/addresses.ts";
import type { FilePreview } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { PdfShown } from "./PdfShown.tsx";

/** A file as it can be shown; what a browser would run is shown as text. */
export function FileShown() {
  const { file, t } = useFolder();
  const preview = file.preview.value;
  const error = file.error.value;
  if (error) {
    return (
      <div class="problem" role="alert">
        <Icon name="circle-alert" />
        <div>
          <p class="problem__message">{error.message}</p>
          {error.hint && <p class="problem__hint">{error.hint}</p>}
          <button type="button" class="button button--small" onClick={() => void file.loadAgain()}>
            {t("tryAgain")}
          </button>
        </div>
      </div>
    );
  }
  if (!preview) {
    return <p class="file-shown__note muted" role="status">{t("filesPage.loading")}</p>;
  }
  return (
    <>
      <Remark preview={preview} />
      <Content preview={preview} />
    </>
  );
}

function Remark({ preview: { kind, text, truncated, version } }: { preview: FilePreview }) {
  const { t } = useFolder();
  if (text === undefined) return null;
  const remark = kind === "pdf"
    ? undefined
    : truncated
    ? "filesPage.preview.truncated"
    : version === undefined
    ? "filesPage.preview.readOnly"
    : undefined;
  return remark ? <p class="file-shown__note muted">{t(remark)}</p> : null;
}

function Content({ preview }: { preview: FilePreview }) {
  const { folder: { folderId }, t } = useFolder();
  const { kind, name, path, text, html, problem, modifiedAt } = preview;
  // Another address where it was changed: what is shown is not taken from memory then.
  const src = `${contentHref(folderId, path, true)}&at=${modifiedAt}`;
  if (kind === "pdf") return <PdfShown key={src} preview={preview} src={src} />;
  if (problem) return <p class="file-shown__note muted">{problem}</p>;
  switch (kind) {
    case "image":
      return <img class="file-shown__image" src={src} alt={name} />;
    case "audio":
      return <audio class="file-shown__audio" controls preload="metadata" src={src} aria-label={name} />;
    case "markdown":
      if (html !== undefined) {
        return <div class="prose file-shown__prose" dangerouslySetInnerHTML={{ __html: html }} />;
      }
      break;
    case "none":
      return <p class="file-shown__note muted">{t("filesPage.preview.none")}</p>;
  }
  return <pre class="file-shown__text" tabIndex={0} aria-label={name}>{text}</pre>;
}
