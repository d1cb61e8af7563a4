import { useEffect, useState } from "preact/hooks";
import { type FilePreview, FreshetError } from "../../lib/shared/mod.ts";
import { useFolder } from "./context.ts";

/** The text of a PDF, as the server reads it when it is asked for. */
export function PdfText({ preview }: { preview: FilePreview }) {
  const model = useFolder();
  const { api, t } = model;
  const { folderId, path, name } = preview;
  const isRead = preview.text !== undefined || preview.problem !== undefined;
  const [read, setRead] = useState<Pick<FilePreview, "text" | "problem"> | null>(isRead ? preview : null);
  useEffect(() => {
    if (isRead) return;
    const abort = new AbortController();
    api.previewText(folderId, path, abort.signal).then(setRead, (error) => {
      if (abort.signal.aborted) return;
      if (error instanceof FreshetError) setRead({ problem: error.message });
      else model.report(error);
    });
    return () => abort.abort();
  }, [path]);
  if (!read) return <p class="file-shown__note muted" role="status">{t("filesPage.loading")}</p>;
  const { text = "", problem } = read;
  if (problem !== undefined) return <p class="file-shown__note" role="alert">{problem}</p>;
  if (!/\S/.test(text.replace(/^\[Page \d+\]$/gm, ""))) {
    return <p class="file-shown__note muted">{t("filesPage.pdf.noText")}</p>;
  }
  return <pre class="file-shown__text" tabIndex={0} aria-label={name}>{text}</pre>;
}
