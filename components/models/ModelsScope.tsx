import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { DownloadList } from "../../lib/client/models/download_list.ts";
import { InstalledList } from "../../lib/client/models/installed_list.ts";
import { ModelsApi } from "../../lib/client/models/models_api.ts";
import { OpenModel } from "../../lib/client/models/open_model.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { ModelsContext, type ModelsScopeValue } from "./context.ts";
import type { ModelsPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface ModelsIslandProps<Data extends ModelsPageData = ModelsPageData> {
  data: Data;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's models, messages, and a fence around what breaks. */
export function ModelsScope(
  { data, texts, language, children }: ModelsIslandProps & { children: ComponentChildren },
) {
  const scope = useMemo(() => scopeOf({ data, texts, language }), [data, texts, language]);
  return (
    <ModelsContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </ModelsContext.Provider>
  );
}

function scopeOf({ data, texts, language }: ModelsIslandProps): ModelsScopeValue {
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const api = new ModelsApi();
  const installed = new InstalledList({ ...data, api });
  const downloads = new DownloadList({ downloads: data.downloads, api, onError: report });
  const open = new OpenModel({
    id: data.selected,
    details: data.details,
    deleting: data.deleting,
    api,
    onChange: () => installed.reload(),
    onError: report,
  });
  const { canManage, now } = data;
  return { t: translateWith(texts), language, canManage, installed, downloads, open, toasts, now, report };
}
