import { useEffect, useRef, useState } from "preact/hooks";
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
    case "audio":
      return <Medium key={src} kind={kind} src={src} name={name} />;
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

/** What the browser shows by itself, as long as it can. */
function Medium({ kind, src, name }: { kind: "image" | "audio"; src: string; name: string }) {
  const { t } = useFolder();
  const image = useRef<HTMLImageElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const [isDamaged, setDamaged] = useState(false);
  // Rendered by the server, it may have failed before anybody listened.
  useEffect(() => {
    const isBroken = image.current?.complete && image.current.naturalWidth === 0;
    if (isBroken || audio.current?.error) setDamaged(true);
  }, []);
  if (isDamaged) return <p class="file-shown__note" role="alert">{t(`filesPage.preview.${kind}Damaged`)}</p>;
  const onError = () => setDamaged(true);
  return kind === "image"
    ? <img ref={image} class="file-shown__image" src={src} alt={name} onError={onError} />
    : (
      <audio
        ref={audio}
        class="file-shown__audio"
        controls
        preload="metadata"
        src={src}
        aria-label={name}
        onError={onError}
      />
    );
}
