import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { FilesApi } from "../../lib/client/files/files_api.ts";
import { FilesPageModel } from "../../lib/client/files/files_page_model.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { FilesContext } from "./context.ts";
import type { FilesPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface FilesIslandProps {
  data: FilesPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's model, messages, and a fence around what breaks. */
export function FilesScope(
  { data, texts, language, children }: FilesIslandProps & { children: ComponentChildren },
) {
  const model = useMemo(() => {
    const { folders, shown, preview, trash } = data;
    return new FilesPageModel({
      folders,
      shown,
      preview,
      trash,
      api: new FilesApi(),
      toasts: new Toasts(browserClock),
      t: translateWith(texts),
      language,
      navigate: (href) => history.pushState(null, "", href),
      storage: storageOfBrowser(),
    });
  }, [data, texts, language]);
  return (
    <FilesContext.Provider value={model}>
      <ErrorBoundary t={model.t}>{children}</ErrorBoundary>
      <ToastList toasts={model.toasts} t={model.t} />
    </FilesContext.Provider>
  );
}

function storageOfBrowser(): Storage | undefined {
  if (typeof document === "undefined") return undefined;
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
